package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.join.AloneRows;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.internal.operator.join.JoinPass;
import io.lazuli.dataframe.internal.operator.join.JoinProbe;
import io.lazuli.dataframe.internal.operator.join.JoinTable;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.util.List;
import java.util.Optional;

/// Joins what this task reads of two dependencies. The right rows become a table; where they do not fit into memory, several, one
/// after the other, and for each of them all left rows are gone through again. So a slice of any size, or a key that half of all rows
/// have, costs time and not memory.
///
/// ```
///   right | rows 0 .. a | rows a .. b | rows b .. |
///              table 1       table 2      table 3        one at a time
///   left    all rows    > all rows    > all rows
/// ```
final class JoinedSlicesOrigin implements BatchOrigin {
    private final Pipeline.JoinedSlices join;
    private final Pipeline.Matching matching;
    private final TaskContext context;
    private final TaskInputs inputs;
    private final Reservation memory;
    private final BuildSide right;
    private final int leftCount;
    private final JoinedRows joined;
    /// The left batch that is being looked up, and its keys.
    private final Scratch leftScratch;
    private final Scratch keyScratch;
    private final int[] aloneRows = new int[Batch.ROWS];
    /// A bit for each left row that had a match; empty if there is one pass.
    private Optional<Buffer> matchedRows = Optional.empty();
    private Optional<Pass> current = Optional.empty();

    JoinedSlicesOrigin(Pipeline.JoinedSlices join, TaskContext context, TaskInputs inputs) {
        this.join = join;
        this.matching = join.matching();
        this.context = context;
        this.inputs = inputs;
        this.memory = context.memory();
        this.right = new BuildSide(context, inputs, join.right(), matching.rightKeys());
        this.leftCount = BlockOrigin.rowCount(inputs, join.left());
        this.joined = new JoinedRows(matching);
        this.leftScratch = new Scratch(memory);
        this.keyScratch = new Scratch(memory);
    }

    @Override
    public Optional<Batch> next(Scratch scratch) {
        if (current.isEmpty()) {
            if (isEmpty()) {
                return Optional.empty();
            }
            current = Optional.of(new Pass());
        }
        Optional<Batch> batch = current.get().next(scratch);
        while (batch.isEmpty() && !right.isDone()) {
            current.get().free();
            current = Optional.of(new Pass());
            batch = current.get().next(scratch);
        }
        return batch;
    }

    @Override
    public int expectedRows() {
        return matching.kind().givesPairs() ? leftCount : 0;
    }

    /// Whether one side has no rows and the other has none to stand alone.
    private boolean isEmpty() {
        return leftCount == 0 && matching.kind().right() != JoinKind.Alone.UNMATCHED
                || right.rowCount() == 0 && matching.kind().left() != JoinKind.Alone.UNMATCHED;
    }

    /// One table, and all left rows.
    private final class Pass {
        private final JoinTable table;
        private final JoinPass pass;
        private final JoinProbe probe;
        private final BlockOrigin leftRows;
        private final AloneRows alone;
        /// What is being looked up; empty before the first batch and after the last.
        private Optional<Batch> left = Optional.empty();
        /// Left rows read so far.
        private int leftPosition;

        Pass() {
            table = right.next();
            if (!right.isDone() && matchedRows.isEmpty() && matching.kind().left() != JoinKind.Alone.NONE) {
                matchedRows = Optional.of(JoinPass.zeroBits(memory, leftCount));
            }
            pass = JoinPass.of(memory, matching.kind(), table, right.isDone(), matchedRows);
            probe = new JoinProbe(table, matching.kind(), pass);
            leftRows = BlockOrigin.whole(inputs, join.left());
            alone = pass.aloneRows(table);
        }

        Optional<Batch> next(Scratch scratch) {
            while (true) {
                context.checkCancelled();
                int count = left.isPresent() ? probe.next() : 0;
                if (count > 0) {
                    return Optional.of(joined.matches(left.get(), probe, count, table.columns(), scratch));
                }
                leftScratch.reset();
                left = leftRows.next(leftScratch);
                if (left.isEmpty()) {
                    return nextAlone(scratch);
                }
                start(left.get());
            }
        }

        private void start(Batch batch) {
            keyScratch.reset();
            List<Column> keys = batch.columns(matching.leftKeys());
            probe.start(keys, leftPosition, batch.rowCount(), keyScratch);
            leftPosition += batch.rowCount();
        }

        private Optional<Batch> nextAlone(Scratch scratch) {
            int count = alone.next(aloneRows);
            return count == 0
                    ? Optional.empty()
                    : Optional.of(joined.alone(join.leftTypes(), table.columns(), aloneRows, count, scratch));
        }

        void free() {
            pass.free(memory);
            table.free(memory);
        }
    }
}
