package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.user.FoldFunction;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.stream.IntStream;

/// An aggregate of the user's program, whose state is words of the group like any other; so it is reserved, exchanged and spilled
/// like any other.
final class Fold implements Accumulator {
    private final GroupRows rows;
    private final FoldFunction function;
    /// Byte of the state in a group.
    private final long start;
    private final int wordCount;
    /// Of the rows at hand, the byte of their group's state.
    private final long[] places = new long[Batch.ROWS];

    Fold(GroupRows rows, FoldFunction function) {
        this.rows = rows;
        this.function = function;
        long[] initial = function.initial();
        this.start = rows.add(initial);
        this.wordCount = initial.length;
    }

    @Override
    public void update(GroupIds ids, List<Column> inputs) {
        locate(ids);
        function.add(new Batch(ids.rowCount(), inputs), places, rows.segment());
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        locate(ids);
        function.merge(new Batch(ids.rowCount(), partial), places, rows.segment());
    }

    private void locate(GroupIds ids) {
        long stride = rows.stride();
        for (int row = 0; row < ids.rowCount(); row++) {
            places[row] = ids.ids()[row] * stride + start;
        }
    }

    @Override
    public int stateCount() {
        return wordCount;
    }

    @Override
    public List<Column> partial(int first, int length, Scratch scratch) {
        return IntStream.range(0, wordCount)
                .mapToObj(word -> rows.word(start + word * 8L, DataType.LONG, first, length, scratch))
                .toList();
    }

    @Override
    public Column finish(int first, int length, Scratch scratch) {
        return function.finish(rows.segment(), first * rows.stride() + start, rows.stride(), length, scratch);
    }
}
