package io.lazuli.dataframe.internal.operator.top;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.operator.sort.RowOrder;

/// Rows that compete for the first places: those kept of earlier batches, numbered from 0, and after them those that were picked
/// of the batch at hand.
final class Contenders {
    private final RowOrder order;
    /// Whether rows of equal prefix are equal.
    private final boolean isExact;
    /// Whether of equal rows the one with the higher number comes first.
    private final boolean prefersLater;
    private final int[] picked = new int[Batch.ROWS];
    private int count;
    /// Both set by [#open].
    @SuppressWarnings("NullAway.Init")
    private Batch kept;
    @SuppressWarnings("NullAway.Init")
    private Batch batch;

    Contenders(RowOrder order, boolean isExact, boolean prefersLater) {
        this.order = order;
        this.isExact = isExact;
        this.prefersLater = prefersLater;
    }

    void open(Batch newKept, Batch newBatch) {
        kept = newKept;
        batch = newBatch;
        count = 0;
    }

    /// Picks a row of the batch; returns its number.
    int pick(int row) {
        picked[count] = row;
        return kept.rowCount() + count++;
    }

    /// The picked rows of the batch, of which the first [#count] are valid.
    int[] rows() {
        return picked;
    }

    int count() {
        return count;
    }

    /// Whether a row of the batch, of which the prefix is equal to that of contender `other`, comes before it; the row is later.
    boolean comesBefore(int row, long other) {
        int compared = isExact ? 0 : compare(batch, row, other);
        return compared != 0 ? compared < 0 : prefersLater;
    }

    /// Whether one contender comes after another of equal prefix.
    boolean isAfter(long contender, long other) {
        int compared = isExact ? 0 : compare(rowsOf(contender), rowOf(contender), other);
        return compared != 0 ? compared > 0 : contender > other != prefersLater;
    }

    private int compare(Batch rows, int row, long other) {
        return order.compare(rows, row, rowsOf(other), rowOf(other));
    }

    private Batch rowsOf(long contender) {
        return contender < kept.rowCount() ? kept : batch;
    }

    private int rowOf(long contender) {
        return contender < kept.rowCount() ? (int) contender : picked[(int) contender - kept.rowCount()];
    }
}
