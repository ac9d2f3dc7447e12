package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.JoinErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.join.JoinTable;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Reservation;
import java.util.List;
import java.util.Optional;

/// What one task reads of the right side of a join, as join tables: one of all rows if memory allows, else one after the other, each
/// of as many of the next rows as fit.
///
/// How many fit is found by trying: half as many after each refusal, down to a batch, which gets files where memory is refused. A
/// table must leave half as much memory again for what comes after it in the task.
final class BuildSide {
    private final TaskContext context;
    private final TaskInputs inputs;
    private final int dependency;
    private final List<Integer> keys;
    private final List<DataType> types;
    private final int rowCount;
    /// Rows that are in tables so far.
    private int position;
    /// Rows to try next.
    private int tried;

    BuildSide(TaskContext context, TaskInputs inputs, int dependency, List<Integer> keys) {
        this.context = context;
        this.inputs = inputs;
        this.dependency = dependency;
        this.keys = keys;
        this.types = ColumnBlocks.types(inputs.blocks(dependency).getFirst());
        this.rowCount = BlockOrigin.rowCount(inputs, dependency);
        this.tried = rowCount;
    }

    int rowCount() {
        return rowCount;
    }

    /// True if all rows are in tables.
    boolean isDone() {
        return position == rowCount;
    }

    /// A table of the next rows. Errors: RESOURCE if not even a batch of them fits.
    ///
    /// Ownership: the table belongs to the task; it is freed before the next one is asked for.
    JoinTable next() {
        while (true) {
            int wanted = Math.min(tried, rowCount - position);
            boolean isLeast = wanted <= Batch.ROWS;
            Optional<JoinTable> table =
                    tryTable(wanted, isLeast).or(() -> isLeast ? tableInFiles(wanted) : Optional.empty());
            if (table.isPresent()) {
                position += wanted;
                return table.get();
            }
            if (isLeast) {
                throw JoinErrors.tableDoesNotFit(context.memory().owner(), wanted);
            }
            tried = Math.max(Batch.ROWS, wanted / 2);
        }
    }

    /// A table for which there is no memory.
    private Optional<JoinTable> tableInFiles(int count) {
        StateMemory state = new StateMemory(context.memory());
        state.insist(true);
        Optional<JoinTable> table = tryTable(count, true);
        state.insist(false);
        return table;
    }

    private Optional<JoinTable> tryTable(int count, boolean isLeast) {
        Reservation memory = context.memory();
        BlockBuilder rows = new BlockBuilder(memory, types, 0);
        Optional<JoinTable> table =
                tryCollect(rows, count)
                        ? JoinTable.tryBuild(memory, rows.view(), rows.buffers(), keys)
                        : Optional.empty();
        if (table.isEmpty()) {
            rows.free();
        } else if (!isLeast && !hasRoom(memory, table.get().byteSize() / 2)) {
            table.get().free(memory);
            return Optional.empty();
        }
        return table;
    }

    private boolean tryCollect(BlockBuilder rows, int count) {
        if (!rows.tryReserve(count)) {
            return false;
        }
        BlockOrigin origin = BlockOrigin.from(context, inputs, dependency, position);
        Scratch scratch = new Scratch(context.memory());
        boolean fits = true;
        while (fits && rows.rowCount() < count) {
            context.checkCancelled();
            scratch.reset();
            Batch next = origin.next(scratch).orElseThrow();
            Batch batch = next.slice(0, Math.min(next.rowCount(), count - rows.rowCount()), scratch);
            fits = rows.tryReserve(batch);
            if (fits) {
                rows.append(batch);
            }
        }
        scratch.free();
        return fits;
    }

    private static boolean hasRoom(Reservation memory, long bytes) {
        boolean fits = memory.tryGrow(bytes);
        if (fits) {
            memory.shrink(bytes);
        }
        return fits;
    }
}
