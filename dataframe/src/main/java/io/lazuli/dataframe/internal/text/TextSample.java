package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.internal.column.Layouts;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Some bytes of a file, padded as scanners want them; the last line of the file has a line break.
///
/// @param start position in the file of the first
/// @param size  of what counts of `bytes`
public record TextSample(TextFile file, long start, MemorySegment bytes, int size) {
    /// At most `length` bytes from `start`.
    public static TextSample at(TextFile file, long start, int length) {
        try (TextInput input = file.open(start, file.end())) {
            byte[] bytes = input.readUpTo(length);
            boolean isEnd = bytes.length < length || input.isAtEnd();
            return of(file, start, bytes, isEnd);
        } catch (IOException e) {
            throw TextErrors.unreadable(file.path(), e);
        }
    }

    private static TextSample of(TextFile file, long start, byte[] bytes, boolean isEnd) {
        // off the heap as windows are: loops that see both kinds are slower with either
        MemorySegment padded = Arena.ofAuto().allocate(bytes.length + (long) TextWindow.PADDING);
        MemorySegment.copy(bytes, 0, padded, Layouts.BYTE, 0, bytes.length);
        int size = bytes.length;
        if (isEnd && size > 0 && bytes[size - 1] != file.lineEnd()) {
            padded.set(Layouts.BYTE, size++, file.lineEnd());
        }
        return new TextSample(file, start, padded, size);
    }

    /// At most `length` bytes from the first line that starts after `from`.
    public static TextSample fromLineAfter(TextFile file, long from, int length) {
        TextSample sample = at(file, from, length);
        long next = Lines.after(sample.bytes, 0, sample.size, file.lineEnd(), sample.size);
        byte[] rest = sample.bytes.asSlice(next, sample.size - next).toArray(Layouts.BYTE);
        boolean isEnd = from + sample.size >= file.end();
        return of(file, from + next, rest, isEnd);
    }
}
