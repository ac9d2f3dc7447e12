package io.lazuli.dataframe.internal.operator.sort;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.BatchCursor;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Sorts rows stably: a radix sort of their prefixes, byte by byte from the lowest, carrying the row indexes along; then a
/// merge sort by comparison of each stretch of equal prefixes, if these do not tell all.
///
/// Rows are sorted by index; nothing but two longs and two ints a row is moved or held.
public final class RowSort {
    private static final int RADIX = 256;

    private final Reservation memory;
    private final RowOrder order;
    private final Batch rows;
    private final SortPrefix prefix;
    private Buffer prefixes;
    private Buffer indexes;
    private Buffer otherPrefixes;
    private Buffer otherIndexes;

    private RowSort(Reservation memory, RowOrder order, Batch rows) {
        this.memory = memory;
        this.order = order;
        this.rows = rows;
        this.prefix = new SortPrefix(
                order.keys(),
                order.keys().stream().map(key -> rows.column(key.column()).type()).toList(),
                order.keys().stream().map(key -> rows.column(key.column()).mayHaveNulls()).toList());
        int rowCount = Math.max(1, rows.rowCount());
        this.prefixes = memory.allocate(rowCount * 8L);
        this.otherPrefixes = memory.allocate(prefixes.byteSize());
        this.indexes = memory.allocate(rowCount * 4L);
        this.otherIndexes = memory.allocate(indexes.byteSize());
    }

    /// The indexes of the rows in sorted order, as ints.
    ///
    /// Ownership: the buffer is the reservation's; the caller may free it early.
    public static Buffer sort(Reservation memory, RowOrder order, Batch rows) {
        return new RowSort(memory, order, rows).sort();
    }

    private Buffer sort() {
        writePrefixes();
        for (int shift = 0; shift < prefix.usedBits(); shift += 8) {
            sortByByte(shift);
        }
        if (!prefix.isExact()) {
            sortTies();
        }
        List.of(prefixes, otherPrefixes, otherIndexes).forEach(memory::free);
        return indexes;
    }

    private void writePrefixes() {
        Scratch scratch = new Scratch(memory);
        long[] values = new long[Batch.ROWS];
        for (BatchCursor cursor = new BatchCursor(rows); cursor.hasNext(); ) {
            int start = cursor.position();
            scratch.reset();
            Batch batch = cursor.next(scratch);
            prefix.write(batch, values);
            MemorySegment.copy(values, 0, prefixes.segment(), Layouts.LONG, start * 8L, batch.rowCount());
            for (int row = start; row < cursor.position(); row++) {
                indexes.segment().set(Layouts.INT, row * 4L, row);
            }
        }
    }

    private void sortByByte(int shift) {
        int[] next = count(prefixes.segment(), rows.rowCount(), shift);
        if (next.length == 0) {
            return;
        }
        scatter(prefixes.segment(), indexes.segment(), rows.rowCount(), shift, next, otherPrefixes.segment(),
                otherIndexes.segment());
        Buffer swapped = prefixes;
        prefixes = otherPrefixes;
        otherPrefixes = swapped;
        swapped = indexes;
        indexes = otherIndexes;
        otherIndexes = swapped;
    }

    /// Where the rows of each byte value go; empty if all rows have the same.
    private static int[] count(MemorySegment prefixes, int rowCount, int shift) {
        int[] next = new int[RADIX];
        for (int row = 0; row < rowCount; row++) {
            next[(int) (prefixes.get(Layouts.LONG, row * 8L) >>> shift) & RADIX - 1]++;
        }
        int sum = 0;
        for (int value = 0; value < RADIX; value++) {
            int count = next[value];
            if (count == rowCount) {
                return new int[0];
            }
            next[value] = sum;
            sum += count;
        }
        return next;
    }

    private static void scatter(
            MemorySegment prefixes, MemorySegment indexes, int rowCount, int shift, int[] next,
            MemorySegment toPrefixes, MemorySegment toIndexes) {
        for (int row = 0; row < rowCount; row++) {
            long value = prefixes.get(Layouts.LONG, row * 8L);
            long to = next[(int) (value >>> shift) & RADIX - 1]++;
            toPrefixes.set(Layouts.LONG, to * 8, value);
            toIndexes.set(Layouts.INT, to * 4, indexes.get(Layouts.INT, row * 4L));
        }
    }

    private void sortTies() {
        MemorySegment values = prefixes.segment();
        int start = 0;
        for (int row = 1; row <= rows.rowCount(); row++) {
            boolean ends = row == rows.rowCount()
                    || values.get(Layouts.LONG, row * 8L) != values.get(Layouts.LONG, start * 8L);
            if (ends) {
                mergeSort(indexes.segment(), otherIndexes.segment(), start, row);
                start = row;
            }
        }
    }

    private void mergeSort(MemorySegment indexes, MemorySegment spare, int start, int end) {
        if (end - start < 2) {
            return;
        }
        int middle = start + end >>> 1;
        mergeSort(indexes, spare, start, middle);
        mergeSort(indexes, spare, middle, end);
        if (compare(indexes, middle - 1, indexes, middle) > 0) {
            MemorySegment.copy(indexes, start * 4L, spare, start * 4L, (middle - start) * 4L);
            merge(indexes, spare, start, middle, end);
        }
    }

    /// Merges `spare[start .. middle]` with `indexes[middle .. end]` into `indexes[start .. end]`.
    private void merge(MemorySegment indexes, MemorySegment spare, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int to = start; left < middle; to++) {
            boolean takesLeft = right == end || compare(spare, left, indexes, right) <= 0;
            int taken = takesLeft ? spare.get(Layouts.INT, left++ * 4L) : indexes.get(Layouts.INT, right++ * 4L);
            indexes.set(Layouts.INT, to * 4L, taken);
        }
    }

    private int compare(MemorySegment left, int i, MemorySegment right, int j) {
        return order.compare(rows, left.get(Layouts.INT, i * 4L), rows, right.get(Layouts.INT, j * 4L));
    }
}
