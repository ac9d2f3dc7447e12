package io.lazuli.dataframe.internal.column;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One column of [PlacedRows].
///
/// @param validity   null where no row is null
/// @param dictionary null unless all rows are codes of it; then `values` has an int a row
record PlacedColumn(Reservation memory, DataType type, @Nullable Buffer validity, Buffer values,
        @Nullable TextDictionary dictionary) {

    static PlacedColumn allocate(Reservation memory, DataType type, int rowCount, List<Column> parts) {
        TextDictionary dictionary = commonDictionary(parts);
        Kind stored = dictionary == null ? Kind.of(type) : Kind.INT;
        Buffer validity = parts.stream().anyMatch(Column::mayHaveNulls) ? bits(memory, rowCount) : null;
        Buffer values = stored == Kind.BOOL ? bits(memory, rowCount) : memory.allocate(stored.byteSize(rowCount));
        return new PlacedColumn(memory, type, validity, values, dictionary);
    }

    private static Buffer bits(Reservation memory, int count) {
        Buffer bits = memory.allocate(Bits.byteSize(count));
        bits.segment().fill((byte) 0);
        return bits;
    }

    /// The dictionary that all parts are coded in; null if there is none.
    static @Nullable TextDictionary commonDictionary(List<Column> parts) {
        if (parts.isEmpty() || !parts.stream().allMatch(Column::isCoded)) {
            return null;
        }
        TextDictionary first = parts.getFirst().dictionary();
        return first.size() > 0 && parts.stream().allMatch(part -> part.dictionary() == first) ? first : null;
    }

    void place(Column column, int[] positions) {
        int count = column.length();
        if (validity != null) {
            placeValidity(column, positions, validity.segment());
        }
        MemorySegment to = values.segment();
        if (dictionary != null) {
            placeInts(column.codes(), count, positions, to);
            return;
        }
        switch (column.kind()) {
            case BOOL -> placeBits(column.values(), count, positions, to);
            case INT -> placeInts(column.values(), count, positions, to);
            case LONG, DOUBLE -> placeLongs(column.values(), count, positions, to);
            case UTF8 -> placeViews(column.values(), count, positions, to);
        }
    }

    private static void placeValidity(Column column, int[] positions, MemorySegment to) {
        if (column.mayHaveNulls()) {
            placeBits(column.validity(), column.length(), positions, to);
        } else {
            for (int row = 0; row < column.length(); row++) {
                Bits.set(to, positions[row], true);
            }
        }
    }

    private static void placeBits(MemorySegment from, int count, int[] positions, MemorySegment to) {
        for (int row = 0; row < count; row++) {
            Bits.set(to, positions[row], Bits.get(from, row));
        }
    }

    private static void placeInts(MemorySegment from, int count, int[] positions, MemorySegment to) {
        for (int row = 0; row < count; row++) {
            to.set(Layouts.INT, positions[row] * 4L, from.get(Layouts.INT, row * 4L));
        }
    }

    private static void placeLongs(MemorySegment from, int count, int[] positions, MemorySegment to) {
        for (int row = 0; row < count; row++) {
            to.set(Layouts.LONG, positions[row] * 8L, from.get(Layouts.LONG, row * 8L));
        }
    }

    private static void placeViews(MemorySegment from, int count, int[] positions, MemorySegment to) {
        for (int row = 0; row < count; row++) {
            Views.set(to, positions[row], Views.head(from, row), Views.tail(from, row));
        }
    }

    ColumnBlocks.Parts finish() {
        return dictionary == null
                ? new ColumnBlocks.Parts(type, validity, null, values, null)
                : ColumnBlocks.coded(memory, type, validity, values, dictionary);
    }
}
