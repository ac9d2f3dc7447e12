package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Gather;
import io.lazuli.dataframe.internal.operator.BatchCursor;
import io.lazuli.dataframe.internal.operator.aggregate.Groups;
import io.lazuli.dataframe.internal.operator.key.KeyHasher;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Merges all partial groups of a dependency (this task's slice of them), groups the rows that come as such, and then gives out the
/// finished groups.
///
/// When the groups do not fit in memory, the rest of them is left for later: the keys are divided by their hash, and the inputs,
/// which stay where they are, are gone through once for each part.
///
/// ```
///   all keys ──refused after a third of the rows──▶ | part 0 | part 1 | part 2 |     one after the other, divided again if need be
/// ```
final class MergedGroupsOrigin implements BatchOrigin {
    private final TaskContext context;
    private final TaskInputs inputs;
    private final int dependency;
    private final int keyCount;
    /// The keys among the columns of rows that come as such.
    private final List<Integer> rowKeys;
    /// Bytes of a finished group, without what is of no fixed width.
    private final int resultBytes;
    private final long inputRows;
    private final StateMemory state;
    private final Groups groups;
    private final KeyHasher hasher = new KeyHasher();
    private final int[] hashes = new int[Batch.ROWS];
    private final int[] picked = new int[Batch.ROWS];
    /// Keys whose groups are still to be merged.
    private final Deque<HashRange> left = new ArrayDeque<>();
    /// Groups at hand, and how many of them were given out.
    private int count;
    private int position;

    MergedGroupsOrigin(Pipeline.MergedGroups origin, TaskContext context, TaskInputs inputs) {
        this.context = context;
        this.inputs = inputs;
        this.dependency = origin.dependency();
        this.keyCount = origin.aggregation().keys().size();
        this.resultBytes = origin.aggregation().resultTypes().stream().mapToInt(type -> Kind.of(type).width() + 1)
                .sum();
        this.inputRows = BlockOrigin.views(inputs, dependency).mapToLong(BlockOrigin.Rows::count).sum();
        Aggregation ofRows = origin.aggregation().ofColumns();
        this.rowKeys = ofRows.keys();
        boolean hasNullKeys = BlockOrigin.views(inputs, dependency)
                .anyMatch(rows -> keys(rows.view(), isPartial(rows)).stream().anyMatch(Column::mayHaveNulls));
        this.state = new StateMemory(context.memory());
        this.groups = Aggregates.groups(ofRows, state, hasNullKeys);
        left.add(HashRange.ALL);
    }

    @Override
    public Optional<Batch> next(Scratch scratch) {
        while (position == count && !left.isEmpty()) {
            merge(left.pop(), scratch);
            scratch.reset();
        }
        int length = Math.min(Batch.ROWS, count - position);
        if (length == 0) {
            return Optional.empty();
        }
        Batch batch = groups.finish(position, length, scratch);
        position += length;
        return Optional.of(batch);
    }

    /// Merges the groups of these keys, or divides the keys if they are too many.
    private void merge(HashRange keys, Scratch scratch) {
        groups.clear();
        position = 0;
        count = 0;
        long seen = 0;
        for (BlockOrigin.Rows rows : BlockOrigin.views(inputs, dependency).toList()) {
            boolean arePartial = isPartial(rows);
            for (BatchCursor cursor = rows.cursor(); cursor.hasNext(); ) {
                context.checkCancelled();
                scratch.reset();
                Batch batch = cursor.next(scratch);
                seen += batch.rowCount();
                if (!add(keys.isAll() ? batch : only(keys, batch, arePartial, scratch), arePartial)) {
                    split(keys, seen);
                    return;
                }
            }
        }
        count = groups.count();
    }

    private static boolean isPartial(BlockOrigin.Rows rows) {
        return !ColumnBlocks.isMarked(rows.block());
    }

    private boolean add(Batch batch, boolean isPartial) {
        long rows = (long) groups.count() + batch.rowCount();
        state.keepFree(3 * rows * resultBytes + groups.outputBytes(batch.rowCount()));
        List<Column> keys = keys(batch, isPartial);
        boolean fits = isPartial ? groups.tryReservePartial(batch) : groups.tryReserveRows(keys, batch);
        if (fits && isPartial) {
            groups.merge(batch);
        } else if (fits) {
            groups.update(keys, batch);
        }
        return fits;
    }

    private List<Column> keys(Batch batch, boolean isPartial) {
        return isPartial ? batch.columns().subList(0, keyCount) : batch.columns(rowKeys);
    }

    private Batch only(HashRange keys, Batch batch, boolean isPartial, Scratch scratch) {
        hasher.hash(keys(batch, isPartial), batch.rowCount(), hashes);
        int length = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            picked[length] = row;
            length += keys.contains(hashes[row]) ? 1 : 0;
        }
        return Gather.take(batch, picked, 0, length, scratch);
    }

    /// What was seen had room; so it should have in each part.
    private void split(HashRange keys, long seen) {
        if (keyCount == 0 || !keys.canSplit()) {
            throw Errors.groupsDoNotFit(context.memory().owner(), groups.count());
        }
        groups.free();
        keys.split(2 * inputRows / seen).reversed().forEach(left::push);
    }
}
