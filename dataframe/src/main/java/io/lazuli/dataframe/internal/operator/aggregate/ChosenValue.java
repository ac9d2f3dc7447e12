package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import java.util.List;

/// An aggregate that is one of the values: first or last, least or greatest. Its partial state is its result so far, and is merged as
/// a value among others.
sealed interface ChosenValue extends Accumulator permits Boundary, BestValue {
    @Override
    default void merge(GroupIds ids, List<Column> partial) {
        update(ids, partial);
    }

    @Override
    default int stateCount() {
        return 1;
    }

    @Override
    default List<Column> partial(int first, int length, Scratch scratch) {
        return List.of(finish(first, length, scratch));
    }
}
