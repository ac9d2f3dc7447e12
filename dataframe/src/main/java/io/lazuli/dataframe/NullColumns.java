package io.lazuli.dataframe;

import java.util.List;

/// Conditions on whether columns are null.
final class NullColumns {
    private NullColumns() {}

    /// A tree rather than a chain, whose depth the number of columns would be.
    static Expr areNotNull(List<String> names) {
        int half = names.size() / 2;
        return half == 0
                ? Expressions.col(names.getFirst()).isNotNull()
                : areNotNull(names.subList(0, half)).and(areNotNull(names.subList(half, names.size())));
    }
}
