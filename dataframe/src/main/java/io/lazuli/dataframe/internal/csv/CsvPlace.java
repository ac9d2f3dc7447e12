package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.type.Field;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Says where in a file something is wrong. Lines are counted only when they are needed, from the start of the file.
final class CsvPlace {
    private final String path;
    private final FileChannel channel;
    /// Position in the file of offset 0 of the window.
    private long windowStart;

    CsvPlace(String path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    void moveTo(long windowStart) {
        this.windowStart = windowStart;
    }

    LazuliException strayQuote(long offset) {
        return Errors.strayCsvQuote(path, line(offset));
    }

    LazuliException textAfterQuote(long offset) {
        return Errors.textAfterCsvQuote(path, line(offset));
    }

    LazuliException openQuote(long offset) {
        return Errors.openCsvQuote(path, line(offset));
    }

    LazuliException tooFewFields(long offset, int found, int expected) {
        return Errors.raggedCsv(path, line(offset), "only " + found, expected);
    }

    LazuliException tooManyFields(long offset, int expected) {
        return Errors.raggedCsv(path, line(offset), "more than " + expected, expected);
    }

    LazuliException badValue(long offset, Field column, String text) {
        return Errors.badCsvValue(path, line(offset), column.name(), column.type().toString(), text);
    }

    /// The line, counted from 1, of an offset into the window.
    private long line(long offset) {
        long end = windowStart + offset;
        long line = 1;
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        try {
            for (long position = 0; position < end; position += bytes.limit()) {
                bytes.clear().limit((int) Math.min(bytes.capacity(), end - position));
                int count = channel.read(bytes, position);
                bytes.flip();
                for (int i = 0; i < count; i++) {
                    line += bytes.get(i) == '\n' ? 1 : 0;
                }
                if (count <= 0) {
                    return line;
                }
            }
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(path, e);
        }
        return line;
    }
}
