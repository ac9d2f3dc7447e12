package io.lazuli.dataframe.internal.operator.sort;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.BatchCursor;
import io.lazuli.graph.memory.Reservation;
import java.util.ArrayList;
import java.util.List;

/// Merges sorted runs into one order, batch by batch; of equal rows, those of the earlier run come first.
///
/// A binary heap of runs, ordered by the prefix of their next row. Prefixes are computed a batch of a run at a time.
public final class RunMerger {
    /// Rows `start` to `end` of a sorted batch.
    public record Run(Batch rows, int start, int end) {}

    private final RowOrder order;
    private final SortPrefix prefix;
    private final List<Cursor> cursors = new ArrayList<>();
    private final List<Batch> batches;
    private final Scratch scratch;
    /// A heap: `heap[0]` comes first, `heap[i]` not after `heap[2i + 1]` and `heap[2i + 2]`. Only runs with rows left.
    private final int[] heap;
    private int heapSize;
    private final int[] fromRun = new int[Batch.ROWS];
    private final int[] fromRow = new int[Batch.ROWS];

    /// @param runs at least one
    public RunMerger(Reservation memory, RowOrder order, List<Run> runs) {
        this.order = order;
        this.batches = runs.stream().map(Run::rows).toList();
        this.scratch = new Scratch(memory);
        this.heap = new int[runs.size()];
        this.prefix = new SortPrefix(
                order.keys(),
                order.keys().stream().map(key -> batches.getFirst().column(key.column()).type()).toList(),
                order.keys().stream().map(key -> mayHaveNulls(key.column())).toList());
        runs.forEach(run -> cursors.add(new Cursor(run)));
        for (int run = 0; run < cursors.size(); run++) {
            if (cursors.get(run).hasRow()) {
                heap[heapSize++] = run;
            }
        }
        for (int at = heapSize / 2 - 1; at >= 0; at--) {
            siftDown(at);
        }
    }

    private boolean mayHaveNulls(int column) {
        return batches.stream().map(batch -> batch.column(column)).anyMatch(Column::mayHaveNulls);
    }

    /// The next rows, in `scratch`; none at the end.
    public Batch next(Scratch scratch) {
        int count = 0;
        while (count < Batch.ROWS && heapSize > 0) {
            Cursor first = cursors.get(heap[0]);
            fromRun[count] = heap[0];
            fromRow[count++] = first.row;
            first.advance();
            if (!first.hasRow()) {
                heap[0] = heap[--heapSize];
            }
            siftDown(0);
        }
        return Interleave.take(batches, fromRun, fromRow, count, scratch);
    }

    private void siftDown(int start) {
        int at = start;
        while (2 * at + 1 < heapSize) {
            int child = 2 * at + 1;
            if (child + 1 < heapSize && comesBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (comesBefore(heap[at], heap[child])) {
                return;
            }
            int swapped = heap[at];
            heap[at] = heap[child];
            heap[child] = swapped;
            at = child;
        }
    }

    private boolean comesBefore(int run, int other) {
        Cursor left = cursors.get(run);
        Cursor right = cursors.get(other);
        int byPrefix = Long.compareUnsigned(left.prefix(), right.prefix());
        if (byPrefix != 0) {
            return byPrefix < 0;
        }
        int byRow = prefix.isExact() ? 0 : order.compare(batches.get(run), left.row, batches.get(other), right.row);
        return byRow != 0 ? byRow < 0 : run < other;
    }

    /// The next row of one run.
    private final class Cursor {
        private final BatchCursor batches;
        private final int end;
        private final long[] prefixes = new long[Batch.ROWS];
        /// The row of the run that `prefixes[0]` belongs to.
        private int prefixStart;
        private int row;

        Cursor(Run run) {
            this.batches = new BatchCursor(run.rows, run.start, run.end);
            this.end = run.end;
            this.row = run.start;
            load();
        }

        boolean hasRow() {
            return row < end;
        }

        long prefix() {
            return prefixes[row - prefixStart];
        }

        void advance() {
            row++;
            load();
        }

        private void load() {
            if (row == batches.position() && batches.hasNext()) {
                prefixStart = row;
                scratch.reset();
                prefix.write(batches.next(scratch), prefixes);
            }
        }
    }
}
