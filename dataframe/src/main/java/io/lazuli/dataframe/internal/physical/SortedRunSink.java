package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Gather;
import io.lazuli.dataframe.internal.operator.RowPicker;
import io.lazuli.dataframe.internal.operator.key.TextRecoder;
import io.lazuli.dataframe.internal.operator.sort.RowOrder;
import io.lazuli.dataframe.internal.operator.sort.RowSort;
import io.lazuli.dataframe.internal.operator.sort.RunMerger;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.FileUse;
import io.lazuli.graph.memory.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Sorts the rows of one partition. With a limit, only the first so many are kept: whenever there are twice as many and a few
/// thousand more, they are sorted and cut, and from then on rows that come after the last one kept are not even taken.
///
/// Collecting rows and sorting them takes up to four times their size. Where that much is refused, what has been collected is
/// sorted into a run of its exact size and collecting starts anew; in the end the runs are merged. All runs but the
/// first are in files, so that a partition may be larger than the memory. Texts that come as codes stay codes as long as few of
/// them differ.
///
/// Invariant: there is headroom to sort what has been collected.
final class SortedRunSink implements BatchSink {
    /// Rows that are collected before sorting is worth it.
    private static final int MANY_ROWS = 1 << 16;
    /// What sorting holds beside the rows: two prefixes and two indexes a row, and scratch.
    private static final int INDEX_BYTES = 24;
    private static final long SCRATCH_BYTES = 2 << 20;

    private final Reservation memory;
    private final List<DataType> types;
    private final RowOrder order;
    /// Negative for none.
    private final long limit;
    private final Scratch scratch;
    private final TextRecoder recoder;
    private final int[] picked = new int[Batch.ROWS];
    /// What did not fit together with what came later, each sorted; in the order of the rows.
    private final List<BlockBuilder> runs = new ArrayList<>();
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
        this.recoder = new TextRecoder(memory);
        this.rows = BlockBuilder.keepingCodes(memory, types, 0);
    }

    @Override
    public boolean wantsMore() {
        return limit != 0;
    }

    @Override
    public void accept(Batch batch) {
        // first, for its dictionary takes memory too
        Batch taken = recoder.recode(best.isPresent() ? before(best.get(), batch) : batch);
        if (limit < 0 && rows.rowCount() > 0 && !hasRoom(taken)) {
            runs.add(sorted(!runs.isEmpty()));
            rows = BlockBuilder.keepingCodes(memory, types, 0);
        }
        rows.append(taken);
        if (limit >= 0 && rows.rowCount() >= 2 * limit + MANY_ROWS) {
            prune();
        }
    }

    /// True if there is headroom to take more rows, and to sort all that has been collected then.
    private boolean hasRoom(Batch more) {
        long held = rows.buffers().stream().mapToLong(Buffer::byteSize).sum();
        long count = (long) rows.rowCount() + more.rowCount();
        // what is full moves to twice the room; how full the texts are is not known
        long growth = 2 * (count > rows.capacity() ? held : textBytes());
        long needed = growth + held + INDEX_BYTES * count + SCRATCH_BYTES;
        return leaves(needed);
    }

    private boolean leaves(long bytes) {
        return memory.headroomBytes() >= bytes || memory.tryGrow(bytes - memory.headroomBytes());
    }

    private long textBytes() {
        return rows.view().columns().stream().mapToLong(column -> column.data().byteSize()).sum();
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
        BlockBuilder kept = sorted(false);
        best = Optional.of(kept.view());
        rows = BlockBuilder.keepingCodes(memory, types, (int) limit);
        rows.append(best.get());
        previous.ifPresent(BlockBuilder::free);
        previous = Optional.of(kept);
    }

    @Override
    public OptionalLong keptRows(long rowCount) {
        return limit < 0 ? OptionalLong.of(rowCount) : OptionalLong.empty();
    }

    @Override
    public Block finish() {
        runs.add(sorted(false));
        Block result = runs.size() == 1 ? runs.getFirst().finish() : merged().finish();
        previous.ifPresent(BlockBuilder::free);
        return result;
    }

    /// The first rows in order; what was collected is given back.
    private BlockBuilder sorted(boolean inFiles) {
        Batch view = rows.view();
        Buffer sorted = RowSort.sort(memory, order, view);
        int count = limit < 0 ? view.rowCount() : (int) Math.min(limit, view.rowCount());
        FileUse before = memory.useFiles(inFiles ? FileUse.ALWAYS : FileUse.INSTEAD_OF_FAILING);
        BlockBuilder result = BlockBuilder.keepingCodes(memory, types, count);
        RowPicker.append(view, sorted.segment(), count, result, scratch);
        memory.useFiles(before);
        memory.free(sorted);
        rows.free();
        return result;
    }

    private BlockBuilder merged() {
        int rowCount = runs.stream().mapToInt(BlockBuilder::rowCount).reduce(0, Math::addExact);
        long byteSize = runs.stream().flatMap(run -> run.buffers().stream()).mapToLong(Buffer::byteSize).sum();
        if (!leaves(byteSize) && !memory.canOverflow()) {
            throw RowErrors.sortDoesNotFit(memory.owner(), rowCount, byteSize);
        }
        List<RunMerger.Run> views =
                runs.stream().map(run -> new RunMerger.Run(run.view(), 0, run.rowCount())).toList();
        RunMerger merger = new RunMerger(memory, order, views);
        BlockBuilder result = BlockBuilder.keepingCodes(memory, types, rowCount);
        scratch.reset();
        for (Batch batch = merger.next(scratch); batch.rowCount() > 0; batch = merger.next(scratch)) {
            result.append(batch);
            scratch.reset();
        }
        runs.forEach(BlockBuilder::free);
        return result;
    }
}
