package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.Lanes;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// An exact quantile of doubles, interpolated between the two values next to it. State: all values as ordered lanes (see
/// [Lanes#readOrdered]); partial: those of a group in one text. Merging keeps references to the partial columns, and finishing
/// looks at one group at a time through [RankSelection], so that a group may be larger than the memory.
///
/// The value at fraction `q` of `n` values in order is at position `(n - 1) q`, counted from 0: definition 7 of Hyndman and Fan,
/// "Sample quantiles in statistical packages" (1996), which NumPy and SQL's `percentile_cont` use.
final class Quantile implements Accumulator {
    private final ValueLog log;
    private final double fraction;
    private final long[] lanes = new long[Batch.ROWS];
    private final RankSelection selection = new RankSelection();

    /// @param fraction from 0 to 1
    Quantile(StateMemory memory, double fraction) {
        this.log = new ValueLog(memory);
        this.fraction = fraction;
    }

    @Override
    public boolean tryReserve(List<Column> inputs) {
        int count = inputs.getFirst().length();
        return log.byteSize() + count * (long) ValueLog.LANE <= Integer.MAX_VALUE && log.tryReserve(count);
    }

    @Override
    public boolean tryReservePartial(List<Column> partial) {
        return log.tryReserve(partial.getFirst().length());
    }

    @Override
    public void update(GroupIds ids, List<Column> inputs) {
        Lanes.readOrdered(inputs.getFirst(), lanes);
        log.appendLanes(ids.withoutNulls(inputs, -1), lanes, ids.rowCount(), -1);
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
    public List<Column> partial(int first, int length, Scratch scratch) {
        return List.of(log.gather(first, length, Optional.empty(), scratch));
    }

    @Override
    public Column finish(int first, int length, Scratch scratch) {
        ValueLog.Arranged values = log.arrange();
        MemorySegment results = scratch.values(Kind.DOUBLE, length);
        MemorySegment validity = scratch.bits(length);
        for (int row = 0; row < length; row++) {
            selection.open(values, first + row);
            Bits.set(validity, row, selection.count() > 0);
            results.set(Layouts.DOUBLE, row * 8L, selection.count() > 0 ? quantile() : 0);
        }
        return new Column(DataType.FLOAT64, length, Validities.simplified(validity, length), results);
    }

    private double quantile() {
        double position = (selection.count() - 1) * fraction;
        long rank = (long) position;
        double rest = position - rank;
        double below = asDouble(selection.at(rank));
        if (rest == 0) {
            return below;
        }
        double above = asDouble(selection.after(rank));
        return below == above ? below : below * (1 - rest) + above * rest;
    }

    private static double asDouble(long lane) {
        return Double.longBitsToDouble(Lanes.flipNegative(lane));
    }

    @Override
    public long dataBytes() {
        return log.byteSize();
    }

    @Override
    public long outputBytes(int groupCount) {
        return log.outputBytes(groupCount);
    }

    @Override
    public void clear() {
        log.clear();
    }

    @Override
    public void free() {
        log.free();
    }
}
