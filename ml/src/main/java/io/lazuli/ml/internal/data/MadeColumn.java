package io.lazuli.ml.internal.data;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.ColumnBlocks.Parts;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column in the making. Its memory belongs to the reservation.
sealed interface MadeColumn {
    /// The next rows.
    void append(double[] values, int length);

    /// All rows, once they are there.
    Parts parts();

    static MadeColumn ofNumbers(int rowCount, Reservation memory) {
        return new Numbers(memory.allocate((long) rowCount * Double.BYTES));
    }

    /// @param texts what values stand for; NaN is null
    static MadeColumn ofTexts(List<String> texts, int rowCount, Reservation memory) {
        return new Texts(texts, rowCount, memory);
    }

    /// Values as they are.
    final class Numbers implements MadeColumn {
        private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

        private final Buffer buffer;
        private long rows;

        private Numbers(Buffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public void append(double[] values, int length) {
            MemorySegment.copy(values, 0, buffer.segment(), DOUBLE, rows * Double.BYTES, length);
            rows += length;
        }

        @Override
        public Parts parts() {
            return new Parts(DataType.FLOAT64, null, null, buffer, null);
        }
    }

    /// Numbers of texts, of which there is a dictionary.
    final class Texts implements MadeColumn {
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

        private final Buffer validity;
        private final Buffer codes;
        private final Buffer views;
        private final @Nullable Buffer data;
        private long rows;

        private Texts(List<String> texts, int rowCount, Reservation memory) {
            List<byte[]> entries = texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
            long size = entries.stream().filter(Texts::isLong).mapToLong(entry -> entry.length).sum();
            this.validity = memory.allocate(Bits.byteSize(rowCount));
            this.codes = memory.allocate((long) rowCount * Integer.BYTES);
            this.views = memory.allocate((long) entries.size() * Views.WIDTH);
            this.data = size == 0 ? null : memory.allocate(size);
            write(entries);
        }

        private static boolean isLong(byte[] entry) {
            return entry.length > Views.INLINE;
        }

        private void write(List<byte[]> entries) {
            long offset = 0;
            for (int code = 0; code < entries.size(); code++) {
                byte[] entry = entries.get(code);
                if (data != null && isLong(entry)) {
                    MemorySegment.copy(entry, 0, data.segment(), ValueLayout.JAVA_BYTE, offset, entry.length);
                    Views.setReference(views.segment(), code, data.segment(), offset, entry.length);
                    offset += entry.length;
                } else {
                    Views.setInline(views.segment(), code, MemorySegment.ofArray(entry), 0, entry.length);
                }
            }
        }

        @Override
        public void append(double[] values, int length) {
            for (int row = 0; row < length; row++) {
                boolean isThere = values[row] == values[row];
                Bits.set(validity.segment(), rows + row, isThere);
                codes.segment().set(INT, (rows + row) * Integer.BYTES, isThere ? (int) values[row] : 0);
            }
            rows += length;
        }

        @Override
        public Parts parts() {
            return new Parts(DataType.UTF8, validity, codes, views, data);
        }
    }
}
