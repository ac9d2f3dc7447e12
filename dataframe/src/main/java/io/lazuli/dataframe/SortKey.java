package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Arguments;

/// What to sort by, and in which direction; made by [Expr#asc] and [Expr#desc]. Nulls come last in both directions unless
/// [#nullsFirst]; NaN is above every number.
public record SortKey(Expr expression, boolean descending, boolean areNullsFirst) {
    public SortKey {
        Arguments.given(expression, "expression");
    }

    public SortKey nullsFirst() {
        return new SortKey(expression, descending, true);
    }

    @Override
    public String toString() {
        return expression + (descending ? ".desc()" : ".asc()") + (areNullsFirst ? ".nullsFirst()" : "");
    }
}
