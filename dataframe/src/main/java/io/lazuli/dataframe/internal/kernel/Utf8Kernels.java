package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Whether bytes are UTF-8.
public final class Utf8Kernels {
    private Utf8Kernels() {}

    /// The first row whose bytes are none, or -1; rows that are null do not count.
    ///
    /// @param valid loses the bits of such rows; if it is [Column#NO_NULLS], the first ends the work
    public static int firstInvalid(Column bytes, MemorySegment valid) {
        int first = -1;
        for (int row = 0; row < bytes.length(); row++) {
            if (bytes.isNull(row) || isUtf8(bytes, row)) {
                continue;
            }
            first = first < 0 ? row : first;
            if (valid == Column.NO_NULLS) {
                return first;
            }
            Bits.set(valid, row, false);
        }
        return first;
    }

    private static boolean isUtf8(Column column, int row) {
        MemorySegment bytes = Views.bytes(column.values(), row, column.data());
        long start = Views.start(column.values(), row);
        int length = Views.length(column.values(), row);
        return Utf8.isAscii(bytes, start, start + length)
                || decodes(bytes.asSlice(start, length).toArray(Layouts.BYTE));
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
