package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Gather;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.internal.operator.join.JoinProbe;
import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.List;

/// Makes the batches of a join from the row numbers that matched.
final class JoinedRows {
    private final Pipeline.Matching matching;
    private final boolean mayMissRight;

    JoinedRows(Pipeline.Matching matching) {
        this.matching = matching;
        this.mayMissRight = matching.kind().left() == JoinKind.Alone.UNMATCHED;
    }

    /// The first `count` results of a probe of `left` in a table of `right`.
    Batch matches(Batch left, JoinProbe probe, int count, Batch right, Scratch scratch) {
        List<Column> columns = new ArrayList<>();
        boolean isWhole = probe.isWholeBatch(count);
        for (int c : matching.leftColumns()) {
            Column column = left.column(c);
            columns.add(isWhole ? column : Gather.take(column, probe.left(), 0, count, scratch));
        }
        for (int c : matching.rightColumns()) {
            columns.add(
                    mayMissRight
                            ? Gather.takeOrNull(right.column(c), probe.right(), 0, count, scratch)
                            : Gather.take(right.column(c), probe.right(), 0, count, scratch));
        }
        return new Batch(count, columns);
    }

    /// Right rows without a left one.
    Batch alone(List<DataType> leftTypes, Batch right, int[] rows, int count, Scratch scratch) {
        List<Column> columns = new ArrayList<>();
        for (int c : matching.leftColumns()) {
            columns.add(Gather.nulls(leftTypes.get(c), count, scratch));
        }
        for (int c : matching.rightColumns()) {
            columns.add(Gather.take(right.column(c), rows, 0, count, scratch));
        }
        return new Batch(count, columns);
    }
}
