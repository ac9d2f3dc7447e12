package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Gather;
import io.lazuli.dataframe.internal.operator.RowPicker;
import io.lazuli.dataframe.internal.operator.sort.RowOrder;
import io.lazuli.dataframe.internal.operator.sort.RowSort;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.util.List;
import java.util.Optional;

/// Sorts the rows of one partition. With a limit, only the first so many are kept: whenever there are twice as many and a few
/// thousand more, they are sorted and cut, and from then on rows that come after the last one kept are not even taken.
final class SortedRunSink implements BatchSink {
    /// Rows that are collected before sorting is worth it.
    private static final int MANY_ROWS = 1 << 16;

    private final Reservation memory;
    private final List<DataType> types;
    private final RowOrder order;
    /// Negative for none.
    private final long limit;
    private final Scratch scratch;
    private final int[] picked = new int[Batch.ROWS];
    private BlockBuilder rows;
    /// Where `best` lives.
    private Optional<BlockBuilder> previous = Optional.empty();
    /// The best rows so far, the last of which is the threshold; empty until there are as many as the limit says.
    private Optional<Batch> best = Optional.empty();

    SortedRunSink(Pipeline.SortedRun sink, Reservation memory) {
        this.memory = memory;
        this.types = sink.types();
        this.order = SortKeys.rowOrder(sink.order());
        this.limit = sink.limit();
        this.scratch = new Scratch(memory);
        this.rows = new BlockBuilder(memory, types, 0);
    }

    @Override
    public boolean wantsMore() {
        return limit != 0;
    }

    @Override
    public void accept(Batch batch) {
        rows.append(best.isPresent() ? before(best.get(), batch) : batch);
        if (limit >= 0 && rows.rowCount() >= 2 * limit + MANY_ROWS) {
            prune();
        }
    }

    /// The rows that come before the last of the best; equal ones do not, for they are later.
    private Batch before(Batch best, Batch batch) {
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            if (order.compare(batch, row, best, best.rowCount() - 1) < 0) {
                picked[count++] = row;
            }
        }
        scratch.reset();
        return Gather.take(batch, picked, 0, count, scratch);
    }

    private void prune() {
        BlockBuilder kept = sorted();
        best = Optional.of(kept.view());
        rows = new BlockBuilder(memory, types, (int) limit);
        rows.append(best.get());
        previous.ifPresent(BlockBuilder::free);
        previous = Optional.of(kept);
    }

    @Override
    public Block finish() {
        Block result = sorted().finish();
        previous.ifPresent(BlockBuilder::free);
        return result;
    }

    /// The first rows in order; what was collected is given back.
    private BlockBuilder sorted() {
        Batch view = rows.view();
        Buffer sorted = RowSort.sort(memory, order, view);
        int count = limit < 0 ? view.rowCount() : (int) Math.min(limit, view.rowCount());
        BlockBuilder result = new BlockBuilder(memory, types, count);
        RowPicker.append(view, sorted.segment(), count, result, scratch);
        memory.free(sorted);
        rows.free();
        return result;
    }
}
