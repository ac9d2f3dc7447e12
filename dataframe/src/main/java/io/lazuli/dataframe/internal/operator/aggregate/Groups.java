package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.GroupIndex;
import io.lazuli.dataframe.internal.operator.key.KeyBatch;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The groups of one task: an index of keys and, by group id, the state of each aggregate.
///
/// A batch is either rows ([#update]) or partial groups ([#merge]: keys first, then states), after [#tryReserveRows] or
/// [#tryReservePartial] said that there is room.
public final class Groups {
    private static final Column NO_ROWS = new Column(DataType.BOOL, 0, Column.NO_NULLS, MemorySegment.NULL);

    /// An aggregate and the column it reads, -1 for none.
    public record Aggregate(Accumulator accumulator, int input) {}

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
        if (keyCount == 0 && !groups.tryReserveStates(1, Collections.nCopies(aggregates.size(), NO_ROWS))) {
            throw Errors.groupsDoNotFit(task, 0);
        }
        return groups;
    }

    /// Number of groups. Without keys there is always one.
    public int count() {
        return keyCount == 0 ? 1 : index.count();
    }

    /// Bytes of the long texts among the keys.
    public long textBytes() {
        return index.textBytes();
    }

    /// Makes room for a batch of rows as if each were a new group. False if that cannot be had with what is held: the memory is
    /// refused, or keys so far are packed without nulls. After [#clear] it is worth asking again.
    public boolean tryReserveRows(List<Column> keys, Batch rows) {
        return tryReserve(keys, rows.rowCount(), aggregates.stream().map(a -> input(a, rows)).toList());
    }

    /// As [#tryReserveRows], for a batch of partial groups.
    public boolean tryReservePartial(Batch partial) {
        return tryReserve(keysOf(partial), partial.rowCount(), statesOf(partial).stream().map(List::getFirst).toList());
    }

    private boolean tryReserve(List<Column> keys, int rowCount, List<Column> firstColumns) {
        return keyCount == 0
                ? tryReserveStates(1, firstColumns)
                : index.tryReserve(keys, rowCount) && tryReserveStates(count() + rowCount, firstColumns);
    }

    private boolean tryReserveStates(int groupCount, List<Column> firstColumns) {
        if (!rows.tryReserve(groupCount)) {
            return false;
        }
        for (int a = 0; a < aggregates.size(); a++) {
            if (!aggregates.get(a).accumulator.tryReserve(firstColumns.get(a))) {
                return false;
            }
        }
        return true;
    }

    /// Adds at most [Batch#ROWS] rows.
    public void update(List<Column> keys, Batch rows) {
        assign(keys, rows.rowCount());
        aggregates.forEach(aggregate -> aggregate.accumulator.update(ids, input(aggregate, rows)));
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

    private static Column input(Aggregate aggregate, Batch rows) {
        return aggregate.input < 0 ? NO_ROWS : rows.column(aggregate.input);
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

    /// Gives the memory back before the task ends.
    public void free() {
        aggregates.forEach(aggregate -> aggregate.accumulator.free());
        index.free();
    }
}
