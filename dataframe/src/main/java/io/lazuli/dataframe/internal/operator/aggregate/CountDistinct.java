package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.operator.key.GroupIndex;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.KeyBatch;
import io.lazuli.dataframe.internal.operator.key.Lanes;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// How many different values a group has; nulls do not count, NaN is one value and so is zero.
///
/// Updating keeps the pairs of group and value in an index of their own, and the new ones in a [ValueLog]; values that are not
/// texts as ordered lanes. Partial: the different values of a group in one text. Merging keeps references to these, and
/// finishing counts one group at a time through [DistinctValues], so that a group may be larger than the memory.
final class CountDistinct implements Accumulator {
    private static final Column NO_GROUPS = new Column(DataType.INT, 0, Column.NO_NULLS, MemorySegment.NULL);
    private static final Column NO_TEXTS = new Column(DataType.UTF8, 0, Column.NO_NULLS, MemorySegment.NULL);
    private static final Column NO_LANES = new Column(DataType.LONG, 0, Column.NO_NULLS, MemorySegment.NULL);
    /// The group of rows whose value is null.
    private static final int NOWHERE = -1;

    private final boolean isText;
    private final GroupIndex pairs;
    private final ValueLog log;
    private final DistinctValues values;
    private final Scratch scratch;
    private final KeyBatch keys = new KeyBatch();
    private final int[] pairIds = new int[Batch.ROWS];
    private final long[] lanes = new long[Batch.ROWS];
    /// The texts of all pairs, while groups are given out.
    private Optional<Column> texts = Optional.empty();

    CountDistinct(StateMemory memory, DataType type) {
        this.isText = Kind.of(type) == Kind.UTF8;
        this.pairs = GroupIndex.create(memory, 2, true, new GroupRows(memory));
        this.log = new ValueLog(memory);
        this.values = new DistinctValues(memory, isText);
        this.scratch = memory.scratch();
    }

    @Override
    public boolean tryReserve(List<Column> inputs) {
        Column input = inputs.getFirst();
        List<Column> pair = List.of(NO_GROUPS, isText ? input : NO_LANES);
        return log.byteSize() + bytes(input) <= Integer.MAX_VALUE
                && log.tryReserve(input.length())
                && pairs.tryReserve(pair, input.length());
    }

    /// Bytes that values take in a partial column if all are new.
    private long bytes(Column input) {
        if (!isText) {
            return input.length() * (long) ValueLog.LANE;
        }
        long bytes = 0;
        for (int row = 0; row < input.length(); row++) {
            bytes += ValueLog.TEXT_HEADER + (input.isNull(row) ? 0 : Views.length(input.values(), row));
        }
        return bytes;
    }

    @Override
    public boolean tryReservePartial(List<Column> partial) {
        return log.tryReserve(partial.getFirst().length());
    }

    @Override
    public void update(GroupIds ids, List<Column> inputs) {
        scratch.reset();
        texts = Optional.empty();
        Column input = inputs.getFirst();
        int[] groups = ids.withoutNulls(inputs, NOWHERE);
        Column value = isText ? input : orderedLanes(input);
        int next = pairs.count();
        pairs.assign(List.of(column(groups, ids.rowCount()), value), ids.rowCount(), keys, pairIds);
        for (int row = 0; row < ids.rowCount(); row++) {
            if (pairIds[row] == next) {
                append(groups[row], input, row, next);
                next++;
            }
        }
    }

    private void append(int group, Column input, int row, int pair) {
        if (group == NOWHERE) {
            return;
        }
        if (isText) {
            log.append(group, ValueLog.TEXT_HEADER + Views.length(input.values(), row), pair);
        } else {
            log.append(group, ValueLog.LANE, lanes[row]);
        }
    }

    /// One null value, so that there is only one pair of it.
    private Column orderedLanes(Column input) {
        Lanes.readOrdered(input, lanes);
        Lanes.replaceNulls(input, lanes, 0);
        MemorySegment ordered = scratch.values(Kind.LONG, input.length());
        MemorySegment.copy(lanes, 0, ordered, Layouts.LONG, 0, input.length());
        return new Column(DataType.LONG, input.length(), Column.NO_NULLS, ordered);
    }

    private Column column(int[] groups, int rowCount) {
        MemorySegment ints = scratch.values(Kind.INT, rowCount);
        MemorySegment.copy(groups, 0, ints, Layouts.INT, 0, rowCount);
        return new Column(DataType.INT, rowCount, Column.NO_NULLS, ints);
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        log.appendGathered(ids, partial.getFirst());
    }

    @Override
    public int stateCount() {
        return 1;
    }

    @Override
    public List<Column> partial(int first, int length, Scratch target) {
        if (isText && texts.isEmpty()) {
            scratch.reset();
            texts = Optional.of(pairs.count() == 0 ? NO_TEXTS : pairs.keys(0, pairs.count(), scratch).get(1));
        }
        return List.of(log.gather(first, length, texts, target));
    }

    @Override
    public Column finish(int first, int length, Scratch target) {
        ValueLog.Arranged arranged = log.arrange();
        MemorySegment counts = target.values(Kind.LONG, length);
        for (int row = 0; row < length; row++) {
            counts.set(Layouts.LONG, row * 8L, values.count(arranged, first + row));
        }
        return new Column(DataType.LONG, length, Column.NO_NULLS, counts);
    }

    @Override
    public long dataBytes() {
        return log.byteSize();
    }

    @Override
    public long outputBytes(int groupCount) {
        long textBytes = isText ? pairs.count() * (long) (Views.WIDTH + 8) : 0;
        return log.outputBytes(groupCount) + textBytes + DistinctValues.FEWEST_BYTES;
    }

    @Override
    public void clear() {
        pairs.clear();
        log.clear();
        values.free();
        texts = Optional.empty();
    }

    @Override
    public void free() {
        pairs.free();
        log.free();
        values.free();
        texts = Optional.empty();
    }
}
