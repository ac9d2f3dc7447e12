package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import java.util.List;
import java.util.stream.Stream;

/// The value of the row in which another value is the least, or the greatest; of equal ones the first. Rows where one of both is
/// null are left out. State: that of two aggregates. Each row that is better than the best so far replaces the value.
///
/// ```
///   value, by    a 5 | b 3 | c 4 | d 3        by: 5 3 · ·  (better than all before)        value: a b
/// ```
final class BestRow implements Accumulator {
    private final GroupRows rows;
    private final BestValue by;
    /// Keeps the last value it is given.
    private final ChosenValue value;
    /// The groups of rows that are better than all before them.
    private final GroupIds better = new GroupIds();

    BestRow(GroupRows rows, BestValue by, ChosenValue value) {
        this.rows = rows;
        this.by = by;
        this.value = value;
    }

    @Override
    public boolean tryReserve(List<Column> inputs) {
        return value.tryReserve(inputs.subList(0, 1)) && by.tryReserve(inputs.subList(1, 2));
    }

    @Override
    public void update(GroupIds ids, List<Column> inputs) {
        int[] groups = ids.withoutNulls(inputs, rows.nowhere());
        System.arraycopy(groups, 0, better.ids(), 0, ids.rowCount());
        better.setRowCount(ids.rowCount());
        by.choose(better.ids(), inputs.get(1), ids.rowCount());
        value.update(better, inputs.subList(0, 1));
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        update(ids, partial);
    }

    @Override
    public int stateCount() {
        return 2;
    }

    @Override
    public List<Column> partial(int first, int length, Scratch scratch) {
        return Stream.of(value, by).flatMap(state -> state.partial(first, length, scratch).stream()).toList();
    }

    @Override
    public Column finish(int first, int length, Scratch scratch) {
        return value.finish(first, length, scratch);
    }

    @Override
    public long dataBytes() {
        return value.dataBytes() + by.dataBytes();
    }

    @Override
    public void clear() {
        value.clear();
        by.clear();
    }

    @Override
    public void free() {
        value.free();
        by.free();
    }
}
