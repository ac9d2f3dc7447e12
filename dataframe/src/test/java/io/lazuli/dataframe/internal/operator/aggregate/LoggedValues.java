package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Lanes of one group as they arrive at a merge: in several pieces, by reference.
final class LoggedValues implements AutoCloseable {
    private final TestColumns columns = TestColumns.open();
    private final ValueLog merged = new ValueLog(new StateMemory(columns.memory()));

    private LoggedValues() {}

    /// @param pieceLength values of a piece; the last one may be shorter
    static LoggedValues of(long[] values, int pieceLength) {
        LoggedValues logged = new LoggedValues();
        GroupIds ids = new GroupIds();
        ids.setRowCount(1);
        List<ValueLog> pieces = new ArrayList<>();
        for (int start = 0; start < values.length; start += pieceLength) {
            pieces.add(logged.piece(Arrays.copyOfRange(values, start, Math.min(values.length, start + pieceLength))));
        }
        for (ValueLog piece : pieces) {
            Column partial = piece.gather(0, 1, Optional.empty(), new Scratch(logged.columns.memory()));
            if (!logged.merged.tryReserve(1)) {
                throw new IllegalStateException("memory is refused");
            }
            logged.merged.appendGathered(ids, partial);
        }
        return logged;
    }

    private ValueLog piece(long[] values) {
        ValueLog piece = new ValueLog(new StateMemory(columns.memory()));
        if (!piece.tryReserve(values.length)) {
            throw new IllegalStateException("memory is refused");
        }
        piece.appendLanes(new int[values.length], values, values.length, -1);
        return piece;
    }

    ValueLog.Arranged arranged() {
        return merged.arrange();
    }

    @Override
    public void close() {
        columns.close();
    }
}
