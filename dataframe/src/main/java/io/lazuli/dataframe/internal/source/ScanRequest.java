package io.lazuli.dataframe.internal.source;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import java.util.List;
import java.util.Optional;

/// What a scan needs: columns by their index in the source's schema, and a predicate over *those columns* (input 0 is
/// `columns.get(0)`) that rows of interest satisfy.
public record ScanRequest(List<Integer> columns, Optional<BoundExpr> predicate) {
    public ScanRequest {
        columns = List.copyOf(columns);
    }
}
