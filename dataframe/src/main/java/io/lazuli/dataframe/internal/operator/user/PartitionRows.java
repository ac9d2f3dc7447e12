package io.lazuli.dataframe.internal.operator.user;

import io.lazuli.dataframe.internal.column.Batch;
import java.util.List;
import java.util.stream.Stream;

/// What a function sees of a partition: its rows, and rows of others around it, all in row order. Batches have any number of rows.
///
/// ```
///   | before | before |      own      | after |
/// ```
public record PartitionRows(List<Batch> before, Batch own, List<Batch> after) {
    public PartitionRows {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    public Stream<Batch> all() {
        return Stream.of(before, List.of(own), after).flatMap(List::stream);
    }

    public int beforeCount() {
        return count(before);
    }

    public int afterCount() {
        return count(after);
    }

    private static int count(List<Batch> batches) {
        return batches.stream().mapToInt(Batch::rowCount).reduce(0, Math::addExact);
    }
}
