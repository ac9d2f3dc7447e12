package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;

/// Chooses between two columns row by row.
public final class SelectKernels {
    private SelectKernels() {}

    /// `then` where the bit of `condition` is set, else `otherwise`.
    public static Column select(MemorySegment condition, Column then, Column otherwise, Scratch scratch) {
        int rowCount = then.length();
        MemorySegment validity = validity(condition, then, otherwise, scratch);
        return switch (then.kind()) {
            case BOOL -> {
                MemorySegment result = scratch.bits(rowCount);
                BoolKernels.select(condition, then.values(), otherwise.values(), rowCount, result);
                yield new Column(then.type(), rowCount, validity, result);
            }
            case INT -> {
                MemorySegment result = scratch.values(then.kind(), rowCount);
                selectInts(condition, then.values(), otherwise.values(), rowCount, result);
                yield new Column(then.type(), rowCount, validity, result);
            }
            case LONG, DOUBLE -> {
                MemorySegment result = scratch.values(then.kind(), rowCount);
                selectLongs(condition, then.values(), otherwise.values(), rowCount, result);
                yield new Column(then.type(), rowCount, validity, result);
            }
            case UTF8 -> selectTexts(condition, then, otherwise, validity, scratch);
        };
    }

    private static MemorySegment validity(MemorySegment condition, Column then, Column otherwise, Scratch scratch) {
        if (!then.mayHaveNulls() && !otherwise.mayHaveNulls()) {
            return Column.NO_NULLS;
        }
        MemorySegment result = scratch.bits(then.length());
        for (int word = 0; word < Bits.wordCount(then.length()); word++) {
            long chosen = Bits.word(condition, word);
            long thenValid = then.mayHaveNulls() ? Bits.word(then.validity(), word) : -1L;
            long otherwiseValid = otherwise.mayHaveNulls() ? Bits.word(otherwise.validity(), word) : -1L;
            Bits.setWord(result, word, chosen & thenValid | ~chosen & otherwiseValid);
        }
        return result;
    }

    private static void selectInts(
            MemorySegment condition, MemorySegment then, MemorySegment otherwise, int rowCount, MemorySegment result) {
        for (int row = 0; row < rowCount; ) {
            long chosen = Bits.word(condition, row >>> 6);
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                int mask = -(int) (chosen >>> row & 1);
                int other = otherwise.get(Layouts.INT, row * 4L);
                result.set(Layouts.INT, row * 4L, other ^ (then.get(Layouts.INT, row * 4L) ^ other) & mask);
            }
        }
    }

    private static void selectLongs(
            MemorySegment condition, MemorySegment then, MemorySegment otherwise, int rowCount, MemorySegment result) {
        for (int row = 0; row < rowCount; ) {
            long chosen = Bits.word(condition, row >>> 6);
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                long mask = -(chosen >>> row & 1);
                long other = otherwise.get(Layouts.LONG, row * 8L);
                result.set(Layouts.LONG, row * 8L, other ^ (then.get(Layouts.LONG, row * 8L) ^ other) & mask);
            }
        }
    }

    /// Long texts are copied, since the two columns refer to different bytes.
    private static Column selectTexts(
            MemorySegment condition, Column then, Column otherwise, MemorySegment validity, Scratch scratch) {
        TextWriter writer = new TextWriter(then.length(), scratch);
        for (int row = 0; row < then.length(); row++) {
            Column from = Bits.get(condition, row) ? then : otherwise;
            int length = Views.length(from.values(), row);
            if (length <= Views.INLINE) {
                writer.setView(row, Views.head(from.values(), row), Views.tail(from.values(), row));
            } else if (from.isNull(row)) {
                writer.setEmpty(row);
            } else {
                writer.set(row, from.data(), Views.offset(Views.tail(from.values(), row)), length);
            }
        }
        return writer.finish(then.length(), validity).withType(then.type());
    }
}
