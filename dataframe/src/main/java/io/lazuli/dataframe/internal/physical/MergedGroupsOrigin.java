package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Gather;
import io.lazuli.dataframe.internal.operator.aggregate.Groups;
import io.lazuli.dataframe.internal.operator.key.KeyHasher;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.IntStream;

/// Merges all partial groups of a dependency (this task's slice of them) and then gives out the finished ones.
///
/// When the groups do not fit in memory, the rest of them is left for later: the keys are divided by their hash, and the inputs,
/// which stay where they are, are gone through once for each part.
///
/// ```
///   all keys ──refused after a third of the rows──▶ | part 0 | part 1 | part 2 |     one after the other, divided again if need be
/// ```
///
/// Groups that are themselves too large, as those of all values of a median may be, are merged all the same, into files.
final class MergedGroupsOrigin implements BatchOrigin {
    private final TaskContext context;
    private final TaskInputs inputs;
    private final int dependency;
    private final int keyCount;
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
    /// Partial groups that were merged, of all ranges that are done.
    private long mergedRows;

    MergedGroupsOrigin(Pipeline.MergedGroups origin, TaskContext context, TaskInputs inputs) {
        this.context = context;
        this.inputs = inputs;
        this.dependency = origin.dependency();
        this.keyCount = origin.aggregation().keys().size();
        this.resultBytes = origin.aggregation().resultTypes().stream().mapToInt(type -> Kind.of(type).width() + 1)
                .sum();
        this.inputRows = BlockOrigin.views(inputs, dependency).mapToLong(BlockOrigin.Rows::count).sum();
        boolean hasNullKeys = BlockOrigin.views(inputs, dependency)
                .anyMatch(rows -> IntStream.range(0, keyCount).anyMatch(key -> rows.view().column(key).mayHaveNulls()));
        this.state = new StateMemory(context.memory());
        this.groups = Aggregates.groups(origin.aggregation(), state, hasNullKeys);
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
            RowConservation.checkTaken(context, inputRows, mergedRows);
            return Optional.empty();
        }
        Batch batch = groups.finish(position, length, scratch);
        position += length;
        return Optional.of(batch);
    }

    /// Merges the groups of these keys, or divides the keys if they are too many.
    private void merge(HashRange keys, Scratch scratch) {
        state.insist(false);
        groups.clear();
        position = 0;
        count = 0;
        long seen = 0;
        long taken = 0;
        BlockOrigin origin = BlockOrigin.whole(context, inputs, dependency);
        for (Optional<Batch> batch = origin.next(scratch); batch.isPresent(); batch = origin.next(scratch)) {
            context.checkCancelled();
            seen += batch.get().rowCount();
            Batch partial = keys.isAll() ? batch.get() : only(keys, batch.get(), scratch);
            if (!merge(partial)) {
                if (isDivisible(keys, seen)) {
                    divide(keys, seen);
                    return;
                }
                insist(partial);
            }
            taken += partial.rowCount();
            scratch.reset();
        }
        mergedRows += taken;
        count = groups.count();
    }

    /// Merges these groups, and all that follow up to the next range of keys, into files where there is no memory.
    private void insist(Batch partial) {
        state.insist(true);
        if (!merge(partial)) {
            throw Errors.groupsDoNotFit(context.memory().owner(), groups.count());
        }
    }

    private boolean merge(Batch partial) {
        long rows = (long) groups.count() + partial.rowCount();
        state.keepFree(3 * rows * resultBytes + groups.outputBytes(partial.rowCount()));
        boolean fits = groups.tryReservePartial(partial);
        if (fits) {
            groups.merge(partial);
        }
        return fits;
    }

    private Batch only(HashRange keys, Batch batch, Scratch scratch) {
        hasher.hash(batch.columns().subList(0, keyCount), batch.rowCount(), hashes);
        int length = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            picked[length] = row;
            length += keys.contains(hashes[row]) ? 1 : 0;
        }
        return Gather.take(batch, picked, 0, length, scratch);
    }

    /// What was seen had room; so it should have in each part.
    private long parts(long seen) {
        return 2 * inputRows / seen;
    }

    /// Whether it is good to divide. Not into more parts than there are groups: where a few of these take all the memory, they
    /// are too large by themselves.
    private boolean isDivisible(HashRange keys, long seen) {
        boolean areLarge = groups.count() > 0 && groups.count() < parts(seen) && context.memory().canOverflow();
        return keyCount > 0 && keys.canSplit() && !areLarge;
    }

    private void divide(HashRange keys, long seen) {
        groups.free();
        keys.split(parts(seen)).reversed().forEach(left::push);
    }
}
