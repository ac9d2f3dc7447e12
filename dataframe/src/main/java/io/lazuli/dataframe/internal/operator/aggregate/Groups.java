package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.GroupIndex;
import io.lazuli.dataframe.internal.operator.key.KeyBatch;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The groups of one task: an index of keys and, by group id, the state of each aggregate.
///
/// A batch is either rows ([#update]) or partial groups ([#merge]: keys first, then states), after [#tryReserveRows] or
/// [#tryReservePartial] said that there is room.
///
/// What happens for each batch is written as loops: streams would be most of the code that a short question has to have compiled.
public final class Groups {
    /// An aggregate and the columns it reads.
    public record Aggregate(Accumulator accumulator, List<Integer> inputs) {
        private List<Column> columns(Batch rows) {
            return rows.columns(inputs);
        }
    }

    private final GroupIndex index;
    private final GroupRows rows;
    private final List<Aggregate> aggregates;
    private final int keyCount;
    private final KeyBatch keyScratch = new KeyBatch();
    private final GroupIds ids = new GroupIds();

    private Groups(GroupIndex index, int keyCount, GroupRows rows, List<Aggregate> aggregates) {
        this.index = index;
        this.keyCount = keyCount;
        this.rows = rows;
        this.aggregates = aggregates;
    }

    /// @param task what errors call this task
    /// @param rows what the keys of `index`, then the accumulators of `aggregates`, and nothing else, were added to
    public static Groups create(
            String task, GroupIndex index, int keyCount, GroupRows rows, List<Aggregate> aggregates) {
        Groups groups = new Groups(index, keyCount, rows, List.copyOf(aggregates));
        if (keyCount == 0 && !rows.tryReserve(1)) {
            throw Errors.groupsDoNotFit(task, 0);
        }
        return groups;
    }

    /// Number of groups. Without keys there is always one.
    public int count() {
        return keyCount == 0 ? 1 : index.count();
    }

    /// Bytes that partial rows have beside their fixed width.
    public long dataBytes() {
        long bytes = index.textBytes();
        for (Aggregate aggregate : aggregates) {
            bytes += aggregate.accumulator.dataBytes();
        }
        return bytes;
    }

    /// Bytes that have to be left so that these and `moreGroups` groups can be given out.
    public long outputBytes(int moreGroups) {
        long bytes = 0;
        for (Aggregate aggregate : aggregates) {
            bytes += aggregate.accumulator.outputBytes(count() + moreGroups);
        }
        return bytes;
    }

    /// Makes room for a batch of rows as if each were a new group. False if that cannot be had with what is held: the memory is
    /// refused, or keys so far are packed without nulls. After [#clear] it is worth asking again.
    public boolean tryReserveRows(List<Column> keys, Batch batch) {
        boolean fits = tryReserveGroups(keys, batch.rowCount());
        for (int a = 0; fits && a < aggregates.size(); a++) {
            Aggregate aggregate = aggregates.get(a);
            fits = aggregate.accumulator.tryReserve(aggregate.columns(batch));
        }
        return fits;
    }

    /// As [#tryReserveRows], for a batch of partial groups.
    public boolean tryReservePartial(Batch partial) {
        if (!tryReserveGroups(keysOf(partial), partial.rowCount())) {
            return false;
        }
        List<List<Column>> states = statesOf(partial);
        return IntStream.range(0, states.size())
                .allMatch(a -> aggregates.get(a).accumulator.tryReservePartial(states.get(a)));
    }

    private boolean tryReserveGroups(List<Column> keys, int rowCount) {
        return keyCount == 0
                ? rows.tryReserve(1)
                : index.tryReserve(keys, rowCount) && rows.tryReserve(count() + rowCount);
    }

    /// Adds at most [Batch#ROWS] rows.
    public void update(List<Column> keys, Batch batch) {
        assign(keys, batch.rowCount());
        aggregates.forEach(aggregate -> aggregate.accumulator.update(ids, aggregate.columns(batch)));
    }

    /// Adds at most [Batch#ROWS] partial groups.
    public void merge(Batch partial) {
        assign(keysOf(partial), partial.rowCount());
        List<List<Column>> states = statesOf(partial);
        for (int a = 0; a < aggregates.size(); a++) {
            aggregates.get(a).accumulator.merge(ids, states.get(a));
        }
    }

    private void assign(List<Column> keys, int rowCount) {
        ids.setRowCount(rowCount);
        if (keyCount > 0) {
            index.assign(keys, rowCount, keyScratch, ids.ids());
        }
    }

    private List<Column> keysOf(Batch partial) {
        return partial.columns().subList(0, keyCount);
    }

    /// The state columns of each aggregate.
    private List<List<Column>> statesOf(Batch partial) {
        List<List<Column>> states = new ArrayList<>();
        int next = keyCount;
        for (Aggregate aggregate : aggregates) {
            int end = next + aggregate.accumulator.stateCount();
            states.add(partial.columns().subList(next, end));
            next = end;
        }
        return states;
    }

    /// Groups with ids from `start`, which are `length` many, as partial rows: keys, then states.
    public Batch partial(int start, int length, Scratch scratch) {
        List<Column> columns = new ArrayList<>(keys(start, length, scratch));
        aggregates.forEach(aggregate -> columns.addAll(aggregate.accumulator.partial(start, length, scratch)));
        return new Batch(length, columns);
    }

    /// Groups with ids from `start`, which are `length` many, as result rows: keys, then results.
    public Batch finish(int start, int length, Scratch scratch) {
        List<Column> columns = new ArrayList<>(keys(start, length, scratch));
        aggregates.forEach(aggregate -> columns.add(aggregate.accumulator.finish(start, length, scratch)));
        return new Batch(length, columns);
    }

    private List<Column> keys(int start, int length, Scratch scratch) {
        return keyCount == 0 ? List.of() : index.keys(start, length, scratch);
    }

    /// Forgets all groups and keeps the memory.
    public void clear() {
        aggregates.forEach(aggregate -> aggregate.accumulator.clear());
        if (keyCount == 0) {
            rows.clear(1);
        } else {
            index.clear();
        }
    }

    /// Forgets all groups and gives the memory back before the task ends. It can be used again.
    public void free() {
        aggregates.forEach(aggregate -> aggregate.accumulator.free());
        index.free();
    }
}
