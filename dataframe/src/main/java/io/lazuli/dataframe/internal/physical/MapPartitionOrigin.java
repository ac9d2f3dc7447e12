package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.graph.TaskInputs;
import java.util.Optional;

/// Gives out what a function of the user's program makes of a partition.
final class MapPartitionOrigin implements BatchOrigin {
    private final BatchReader rows;

    MapPartitionOrigin(Pipeline.MapPartition map, int partition, TaskInputs inputs, Scratch scratch) {
        rows = map.function().apply(ColumnBlocks.view(inputs.block(0)), partition, scratch);
    }

    @Override
    public Optional<Batch> next(Scratch scratch) {
        return rows.next();
    }

    @Override
    public void close() {
        rows.close();
    }
}
