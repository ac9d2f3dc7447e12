package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/// Bytes of records on their way to a file.
final class CsvText {
    private static final int FULL = 1 << 16;
    private static final byte QUOTE = '"';

    private final byte delimiter;
    private byte[] bytes = new byte[2 * FULL];
    private int size;
    private byte[] field = new byte[256];

    CsvText(byte delimiter) {
        this.delimiter = delimiter;
    }

    boolean isFull() {
        return size >= FULL;
    }

    /// Begins the field of a column.
    void separate(int column) {
        if (column > 0) {
            makeRoom(1);
            bytes[size++] = delimiter;
        }
    }

    void endRecord() {
        makeRoom(1);
        bytes[size++] = '\n';
    }

    /// An ASCII text without special characters.
    void plain(String text) {
        makeRoom(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    void quotable(Column column, int row) {
        int length = Views.length(column.values(), row);
        if (field.length < length) {
            field = new byte[Math.max(length, 2 * field.length)];
        }
        boolean isInline = length <= Views.INLINE;
        MemorySegment from = isInline ? column.values() : column.data();
        long start = isInline ? row * (long) Views.WIDTH + 4 : Views.offset(Views.tail(column.values(), row));
        MemorySegment.copy(from, Layouts.BYTE, start, field, 0, length);
        quotable(field, length);
    }

    void quotable(byte[] text) {
        quotable(text, text.length);
    }

    private void quotable(byte[] text, int length) {
        makeRoom(2L * length + 2);
        if (!needsQuotes(text, length)) {
            System.arraycopy(text, 0, bytes, size, length);
            size += length;
            return;
        }
        bytes[size++] = QUOTE;
        for (int i = 0; i < length; i++) {
            if (text[i] == QUOTE) {
                bytes[size++] = QUOTE;
            }
            bytes[size++] = text[i];
        }
        bytes[size++] = QUOTE;
    }

    /// An empty text is quoted to tell it from null.
    private boolean needsQuotes(byte[] text, int length) {
        for (int i = 0; i < length; i++) {
            if (text[i] == delimiter || text[i] == QUOTE || text[i] == '\n' || text[i] == '\r') {
                return true;
            }
        }
        return length == 0;
    }

    private void makeRoom(long more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(size + more, Math.min(2L * bytes.length, Integer.MAX_VALUE - 8))));
        }
    }

    void writeTo(FileChannel channel) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, size);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        size = 0;
    }
}
