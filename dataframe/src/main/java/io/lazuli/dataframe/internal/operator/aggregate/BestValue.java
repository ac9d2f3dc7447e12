package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Column;

/// The least or the greatest value of each group, which can say which rows brought it.
sealed interface BestValue extends ChosenValue permits Extreme, TextChoice {
    /// As [#update], of rows whose group is not `nowhere`; puts that in place of the groups of rows that were not better than all
    /// before them.
    void choose(int[] groups, Column values, int rowCount);
}
