package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.BatchCursor;
import io.lazuli.graph.Argument;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Reads the blocks of a dependency, or this task's slice of each, one after the other.
final class BlockOrigin implements BatchOrigin {
    private final Iterator<BatchCursor> cursors;
    private final int rowCount;
    private Optional<BatchCursor> current = Optional.empty();

    BlockOrigin(TaskInputs inputs, int dependency, List<Integer> columns) {
        this(views(inputs, dependency).toList(), view -> view.select(columns));
    }

    private BlockOrigin(List<Rows> all, UnaryOperator<Batch> selection) {
        rowCount = all.stream().mapToInt(Rows::count).reduce(0, Math::addExact);
        cursors = all.stream()
                .map(rows -> new BatchCursor(selection.apply(rows.view()), rows.start(), rows.end()))
                .iterator();
    }

    /// All columns.
    static BlockOrigin whole(TaskInputs inputs, int dependency) {
        return from(inputs, dependency, 0);
    }

    /// All columns of the rows from `firstRow` on.
    static BlockOrigin from(TaskInputs inputs, int dependency, int firstRow) {
        List<Rows> rest = new ArrayList<>();
        int toSkip = firstRow;
        for (Rows rows : views(inputs, dependency).toList()) {
            int skipped = Math.min(toSkip, rows.count());
            rest.add(new Rows(rows.block(), rows.view(), rows.start() + skipped, rows.end()));
            toSkip -= skipped;
        }
        return new BlockOrigin(rest, UnaryOperator.identity());
    }

    /// The number of rows that this task reads.
    static int rowCount(TaskInputs inputs, int dependency) {
        return views(inputs, dependency).mapToInt(Rows::count).reduce(0, Math::addExact);
    }

    /// A block's rows from `start` to `end`, which belong to this task.
    record Rows(Block block, Batch view, int start, int end) {
        int count() {
            return end - start;
        }

        BatchCursor cursor() {
            return new BatchCursor(view, start, end);
        }
    }

    /// What this task reads of each block of a dependency.
    static Stream<Rows> views(TaskInputs inputs, int dependency) {
        int slice = inputs.slice(dependency);
        return inputs.blocks(dependency).stream().map(block -> {
            long start = slice == Argument.WHOLE ? 0 : block.sliceStart(slice);
            long end = slice == Argument.WHOLE ? block.rowCount() : block.sliceEnd(slice);
            return new Rows(block, ColumnBlocks.view(block), Math.toIntExact(start), Math.toIntExact(end));
        });
    }

    @Override
    public int expectedRows() {
        return rowCount;
    }

    @Override
    public Optional<Batch> next(Scratch scratch) {
        while (current.isEmpty() || !current.get().hasNext()) {
            if (!cursors.hasNext()) {
                return Optional.empty();
            }
            current = Optional.of(cursors.next());
        }
        return Optional.of(current.get().next(scratch));
    }
}
