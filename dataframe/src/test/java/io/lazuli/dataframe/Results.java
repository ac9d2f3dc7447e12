package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.TestColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What frames compute, as Java values.
final class Results {
    private Results() {}

    /// The rows in the order of the result.
    static List<List<Object>> rows(DataFrame frame) {
        List<List<Object>> rows = new ArrayList<>();
        Execution.run("test", frame.plan(), frame.options(), (Batch batch) -> rows.addAll(TestColumns.rows(batch)));
        return rows;
    }

    /// The rows in an order of their own, for results without one.
    static List<List<Object>> sorted(DataFrame frame) {
        return sorted(rows(frame));
    }

    static List<List<Object>> sorted(List<List<Object>> rows) {
        return rows.stream().sorted(Comparator.comparing(Object::toString)).toList();
    }
}
