package io.lazuli.dataframe.internal.physical;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import java.util.stream.IntStream;

/// The rows of a partition (dependency 0) in fewer slices: each `width` neighbours become one. No row is copied.
///
/// ```
///   | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |    width 4:   |       0       |       1       |
/// ```
///
/// Slices by hash are ranges of hashes, so these are the slices that as many would have been made in the first place.
public record JoinCuts(int width) implements Operation {
    public JoinCuts {
        if (width < 2) {
            throw new IllegalArgumentException("at least two slices become one, found " + width);
        }
    }

    @Override
    public String name() {
        return "join slices";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        Block rows = inputs.block(0);
        long[] cuts = IntStream.rangeClosed(0, rows.sliceCount() / width)
                .mapToLong(slice -> slice == 0 ? 0 : rows.sliceEnd(slice * width - 1))
                .toArray();
        return rows.recut(cuts);
    }

    @Override
    public long grantBytes() {
        return 0;
    }
}
