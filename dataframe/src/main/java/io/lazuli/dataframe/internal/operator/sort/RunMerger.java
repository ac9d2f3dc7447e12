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
/// A tree of losers: each inner node holds the run that lost the comparison there, so after a row has been taken, one comparison a
/// level finds the run that has the next. Runs are compared by the prefix of their next row, computed a batch of a run at a time.
///
/// ```
///                 next: run 2
///             losers[1] = 0                  a node's children are 2i and 2i + 1, the leaf of run r is runs + r
///       losers[2] = 1     losers[3] = 3
///      run 0    run 1    run 2    run 3
/// ```
///
/// Source: Knuth, The Art of Computer Programming, volume 3, section 5.4.1.
public final class RunMerger {
    /// Rows `start` to `end` of a sorted batch.
    public record Run(Batch rows, int start, int end) {}

    private final RowOrder order;
    private final SortPrefix prefix;
    private final boolean isExact;
    private final List<Batch> batches;
    private final Cursor[] cursors;
    private final List<MergedColumn> columns;
    private final Scratch scratch;
    /// By run, the prefix of its next row, so that signed order is that of rows; greatest where it has none left.
    private final long[] nexts;
    private final int[] losers;
    /// The run that has the next row, if any has.
    private int winner;
    private final int[] fromRun = new int[Batch.ROWS];
    private final int[] fromRow = new int[Batch.ROWS];

    /// @param runs at least one
    public RunMerger(Reservation memory, RowOrder order, List<Run> runs) {
        this.order = order;
        this.batches = runs.stream().map(Run::rows).toList();
        this.columns = MergedColumn.of(memory, batches);
        this.scratch = new Scratch(memory);
        this.prefix = new SortPrefix(
                order.keys(),
                order.keys().stream().map(key -> batches.getFirst().column(key.column()).type()).toList(),
                order.keys().stream().map(key -> mayHaveNulls(key.column())).toList());
        this.isExact = prefix.isExact();
        this.nexts = new long[runs.size()];
        this.losers = new int[runs.size()];
        this.cursors = runs.stream().map(Cursor::new).toArray(Cursor[]::new);
        for (int run = 0; run < cursors.length; run++) {
            nexts[run] = cursors[run].next();
        }
        winner = play(1);
    }

    private boolean mayHaveNulls(int column) {
        return batches.stream().map(batch -> batch.column(column)).anyMatch(Column::mayHaveNulls);
    }

    /// The run that wins below a node.
    private int play(int node) {
        if (node >= losers.length) {
            return node - losers.length;
        }
        int left = play(2 * node);
        int right = play(2 * node + 1);
        boolean leftWins = comesBefore(left, right);
        losers[node] = leftWins ? right : left;
        return leftWins ? left : right;
    }

    /// The next rows, in `scratch`; none at the end.
    public Batch next(Scratch scratch) {
        int count = 0;
        while (count < Batch.ROWS && cursors[winner].hasRow()) {
            fromRun[count] = winner;
            fromRow[count++] = cursors[winner].row;
            nexts[winner] = cursors[winner].advance();
            replay();
        }
        List<Column> merged = new ArrayList<>(columns.size());
        for (MergedColumn column : columns) {
            merged.add(column.take(fromRun, fromRow, count, scratch));
        }
        return new Batch(count, merged);
    }

    /// Finds the winner after the last one has another row.
    private void replay() {
        int best = winner;
        for (int node = best + losers.length >>> 1; node > 0; node >>>= 1) {
            int other = losers[node];
            if (comesBefore(other, best)) {
                losers[node] = best;
                best = other;
            }
        }
        winner = best;
    }

    private boolean comesBefore(int run, int other) {
        long left = nexts[run];
        long right = nexts[other];
        return left != right ? left < right : comesBeforeEqual(run, other);
    }

    /// Of runs with equal prefixes.
    private boolean comesBeforeEqual(int run, int other) {
        Cursor left = cursors[run];
        Cursor right = cursors[other];
        if (!left.hasRow() || !right.hasRow()) {
            return left.hasRow();
        }
        int byRow = isExact ? 0 : order.compare(batches.get(run), left.row, batches.get(other), right.row);
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
        }

        boolean hasRow() {
            return row < end;
        }

        long advance() {
            row++;
            return next();
        }

        /// The prefix of the next row.
        long next() {
            if (!hasRow()) {
                return Long.MAX_VALUE;
            }
            if (row == batches.position()) {
                prefixStart = row;
                scratch.reset();
                prefix.write(batches.next(scratch), prefixes);
            }
            return prefixes[row - prefixStart] ^ Long.MIN_VALUE;
        }
    }
}
