package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.user.PartitionRows;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gives out what a function of the user's program makes of a partition.
///
/// ```
///   edges of 0, 1, ...    | a b | | c | | d e |        partition 3 and up to 4 rows before it: | b | c | d e | rows of 3 |
/// ```
final class MapPartitionOrigin implements BatchOrigin {
    private final BatchReader rows;

    MapPartitionOrigin(Pipeline.MapPartition map, int partition, TaskInputs inputs, Scratch scratch) {
        rows = map.function().apply(rows(map, partition, inputs, scratch), partition, scratch);
    }

    private static PartitionRows rows(Pipeline.MapPartition map, int partition, TaskInputs inputs, Scratch scratch) {
        int dependency = 1;
        List<Batch> before = List.of();
        if (map.before() > 0) {
            List<Block> edges = inputs.blocks(dependency++).subList(0, partition);
            before = nearest(edges.reversed(), map.before(), true, scratch).reversed();
        }
        List<Batch> after = List.of();
        if (map.after() > 0) {
            List<Block> edges = inputs.blocks(dependency);
            after = nearest(edges.subList(partition + 1, edges.size()), map.after(), false, scratch);
        }
        return new PartitionRows(before, ColumnBlocks.view(inputs.block(0)), after);
    }

    /// The `rowCount` rows that are nearest, or all if there are fewer.
    ///
    /// @param edges  the nearest first
    /// @param isLast whether the last rows of each are the nearest
    private static List<Batch> nearest(List<Block> edges, int rowCount, boolean isLast, Scratch scratch) {
        List<Batch> nearest = new ArrayList<>();
        int missing = rowCount;
        for (Block edge : edges) {
            int taken = (int) Math.min(missing, edge.rowCount());
            if (taken > 0) {
                Batch rows = ColumnBlocks.view(edge);
                nearest.add(rows.slice(isLast ? rows.rowCount() - taken : 0, taken, scratch));
                missing -= taken;
            }
            if (missing == 0) {
                break;
            }
        }
        return nearest;
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
