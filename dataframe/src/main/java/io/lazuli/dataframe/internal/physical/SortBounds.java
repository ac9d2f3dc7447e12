package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Gather;
import io.lazuli.dataframe.internal.operator.sort.RowOrder;
import io.lazuli.dataframe.internal.operator.sort.RowSort;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.FileUse;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Chooses `rangeCount - 1` rows that divide all sorted runs (dependency 0, every block) into ranges of about equal size; returns
/// their sort columns, then the run and the row where each stands, as a block of that many rows or fewer.
///
/// Every run is sampled at the same distance, so each sample stands for the same number of rows and the bounds are quantiles
/// of the samples. Equal keys are told apart by where they stand, so that no key is too frequent to be divided: no range gets
/// more than its share by more than one distance for each run.
public record SortBounds(SortOrder order, int rangeCount) implements Operation {
    /// Samples for each range: ranges differ by a few percent.
    private static final int SAMPLES = 64;

    @Override
    public String name() {
        return "bounds";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        context.memory().useFiles(FileUse.INSTEAD_OF_FAILING);
        List<Block> runs = inputs.blocks(0);
        List<DataType> runTypes = ColumnBlocks.types(runs.getFirst());
        List<DataType> types = new ArrayList<>();
        order.columns().forEach(column -> types.add(runTypes.get(column.index())));
        types.addAll(List.of(DataType.INT, DataType.INT));
        Scratch scratch = new Scratch(context.memory());
        return bounds(samples(runs, types, context, scratch), types, context.memory(), scratch);
    }

    private Batch samples(List<Block> runs, List<DataType> types, TaskContext context, Scratch scratch) {
        long rowCount = runs.stream().mapToLong(Block::rowCount).sum();
        long distance = Math.max(1, rowCount / ((long) SAMPLES * rangeCount));
        BlockBuilder samples = new BlockBuilder(context.memory(), types, 0);
        int[] picked = new int[Batch.ROWS];
        for (int run = 0; run < runs.size(); run++) {
            Batch view = sortColumns(runs.get(run));
            long position = distance / 2;
            while (position < view.rowCount()) {
                context.checkCancelled();
                int count = 0;
                for (; count < Batch.ROWS && position < view.rowCount(); position += distance) {
                    picked[count++] = (int) position;
                }
                scratch.reset();
                samples.append(withPositions(Gather.take(view, picked, 0, count, scratch), run, picked, scratch));
            }
        }
        return samples.view();
    }

    private Batch sortColumns(Block run) {
        Batch view = ColumnBlocks.view(run);
        List<Column> columns = order.columns().stream().map(column -> view.column(column.index())).toList();
        return new Batch(view.rowCount(), columns);
    }

    private static Batch withPositions(Batch samples, int run, int[] rows, Scratch scratch) {
        int count = samples.rowCount();
        MemorySegment runs = scratch.values(Kind.INT, count);
        MemorySegment positions = scratch.values(Kind.INT, count);
        for (int i = 0; i < count; i++) {
            runs.set(Layouts.INT, i * 4L, run);
            positions.set(Layouts.INT, i * 4L, rows[i]);
        }
        List<Column> columns = new ArrayList<>(samples.columns());
        columns.add(new Column(DataType.INT, count, Column.NO_NULLS, runs));
        columns.add(new Column(DataType.INT, count, Column.NO_NULLS, positions));
        return new Batch(count, columns);
    }

    /// Samples come in the order of runs and rows, and the sort is stable: no two of them are equal.
    private Block bounds(Batch samples, List<DataType> types, Reservation memory, Scratch scratch) {
        RowOrder rowOrder = SortKeys.rowOrderOfSortColumns(order);
        MemorySegment sorted = RowSort.sort(memory, rowOrder, samples).segment();
        int ranges = Math.min(rangeCount, samples.rowCount());
        BlockBuilder bounds = new BlockBuilder(memory, types, rangeCount);
        for (int range = 1; range < ranges; range++) {
            int sample = sorted.get(Layouts.INT, (long) range * samples.rowCount() / ranges * 4);
            scratch.reset();
            bounds.append(Gather.take(samples, new int[] {sample}, 0, 1, scratch));
        }
        return bounds.finish();
    }
}
