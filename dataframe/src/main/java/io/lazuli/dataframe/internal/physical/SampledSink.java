package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.BatchCursor;
import io.lazuli.dataframe.internal.operator.key.DistinctEstimate;
import io.lazuli.dataframe.internal.operator.key.KeyHasher;
import io.lazuli.dataframe.internal.operator.partition.SlicedRows;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Holds the first rows of a partition back until it is known whether reducing them by their keys pays before they are sent to their
/// slices; then one sink gets all rows.
///
/// It does not pay where there are so many groups that each row would cost a cache miss: in its slice, with few groups, it costs
/// none. Where the first dictionaries leave room for few groups only, nothing is held back. What is decided depends on the rows
/// alone.
final class SampledSink implements BatchSink {
    private static final int SAMPLE_ROWS = 4 * Batch.ROWS;
    /// Groups whose state is about what the second cache of a core holds.
    private static final int MANY_GROUPS = 1 << 14;

    private final Reservation memory;
    private final List<Integer> columns;
    private final List<Integer> keys;
    private final Supplier<BatchSink> reducing;
    private final Supplier<BatchSink> plain;
    private final KeyHasher hasher = new KeyHasher();
    private final int[] hashes = new int[Batch.ROWS];
    private final DistinctEstimate groups = new DistinctEstimate();
    private final SlicedRows sample;
    private @Nullable BatchSink chosen;

    /// @param columns  what the sinks get of each batch
    /// @param types    of `columns`
    /// @param keys     which of `columns` are keys
    /// @param reducing the sink for rows that keys make fewer
    /// @param plain    the sink for others
    private SampledSink(
            Reservation memory, List<Integer> columns, List<DataType> types, List<Integer> keys,
            Supplier<BatchSink> reducing, Supplier<BatchSink> plain) {
        this.memory = memory;
        this.columns = columns;
        this.keys = keys;
        this.reducing = reducing;
        this.plain = plain;
        this.sample = new SlicedRows(memory, types, keys, 1);
    }

    /// Partial groups, or rows in a marked block.
    static BatchSink of(Pipeline.PartialGroups sink, Reservation memory) {
        if (sink.sliceCount() == 1 || !sink.aggregation().takesRows()) {
            return new PartialGroupsSink(sink.aggregation(), sink.sliceCount(), memory);
        }
        Aggregation aggregation = sink.aggregation().ofColumns();
        List<DataType> types = aggregation.columnTypes();
        return new SampledSink(
                memory, sink.aggregation().columns(), types, aggregation.keys(),
                () -> new PartialGroupsSink(aggregation, sink.sliceCount(), memory),
                () -> new HashSlicesSink(memory, types, aggregation.keys(), sink.sliceCount()).marked());
    }

    /// The first or last rows of each group, or all rows.
    static BatchSink of(Pipeline.TopRows sink, Reservation memory) {
        if (sink.sliceCount() == 1 || !sink.isPartial()) {
            return new TopRowsSink(sink, memory);
        }
        return new SampledSink(
                memory, IntStream.range(0, sink.types().size()).boxed().toList(), sink.types(), sink.keys(),
                () -> new TopRowsSink(sink, memory),
                () -> new HashSlicesSink(memory, sink.types(), sink.keys(), sink.sliceCount()));
    }

    @Override
    public void accept(Batch batch) {
        Batch selected = batch.select(columns);
        if (chosen != null) {
            chosen.accept(selected);
            return;
        }
        if (groups.rowCount() == 0 && mostGroups(selected.columns(keys)) <= MANY_GROUPS) {
            choose(false).accept(selected);
            return;
        }
        sample.append(selected);
        hasher.hash(selected.columns(keys), selected.rowCount(), hashes);
        groups.add(hashes, selected.rowCount());
        if (groups.rowCount() >= SAMPLE_ROWS) {
            choose(groups.expected() > MANY_GROUPS);
        }
    }

    /// Upper bound of the groups in rows whose keys have these dictionaries; where one has none, there is no bound.
    private static double mostGroups(List<Column> keys) {
        double most = 1;
        for (Column key : keys) {
            most *= key.isCoded() ? key.dictionary().size() + 1 : Double.POSITIVE_INFINITY;
        }
        return most;
    }

    private BatchSink choose(boolean areMany) {
        BatchSink sink = (areMany ? plain : reducing).get();
        chosen = sink;
        Block rows = sample.finish();
        try {
            Scratch scratch = new Scratch(memory);
            for (BatchCursor cursor = new BatchCursor(ColumnBlocks.view(rows)); cursor.hasNext(); ) {
                scratch.reset();
                sink.accept(cursor.next(scratch));
            }
            scratch.free();
        } finally {
            rows.release();
        }
        return sink;
    }

    @Override
    public OptionalLong keptRows(long rowCount) {
        return chosen == null ? OptionalLong.empty() : chosen.keptRows(rowCount);
    }

    @Override
    public Block finish() {
        // with all rows known, there is no guess
        BatchSink sink = chosen != null ? chosen : choose(2 * groups.seen() > groups.rowCount());
        return sink.finish();
    }
}
