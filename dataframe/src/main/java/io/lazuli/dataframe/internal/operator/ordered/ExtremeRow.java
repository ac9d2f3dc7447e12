package io.lazuli.dataframe.internal.operator.ordered;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.operator.key.Lanes;

/// Which row of a column has the least or greatest value so far, the first of equal ones; nulls are skipped. Values are
/// compared as ordered lanes, complemented where the least is wanted, or as texts.
final class ExtremeRow {
    /// In place of a row: no value yet but the one that was carried in, if any.
    static final int CARRIED = -1;

    private final boolean isMax;
    private final long[] lanes = new long[Batch.ROWS];
    /// The best row, [#CARRIED] before there is one.
    private int best = CARRIED;
    /// The best value, if there is one: its lane, or where its text is.
    private boolean hasValue;
    private long bestLane;
    private Column bestTexts;
    private int bestText;

    /// @param carries a column of values that were carried; may be null at `row`
    ExtremeRow(boolean isMax, Column carries, int row) {
        this.isMax = isMax;
        this.bestTexts = carries;
        this.bestText = row;
        hasValue = row < carries.length() && !carries.isNull(row);
        if (hasValue && carries.kind() != Kind.UTF8) {
            bestLane = lane(carries, row);
        }
    }

    private long lane(Column column, int row) {
        long lane =
                switch (column.kind()) {
                    case BOOL -> column.booleanAt(row) ? 1 : 0;
                    case INT -> column.intAt(row);
                    case LONG -> column.longAt(row);
                    case DOUBLE -> Lanes.ordered(column.doubleAt(row));
                    case UTF8 -> throw new IllegalArgumentException("a text has no lane");
                };
        return isMax ? lane : ~lane;
    }

    int best() {
        return best;
    }

    /// Looks at rows `start` and on of `whole`, which are `rows`; `picks[i]` becomes the best row up to row `start + i`.
    void update(Column whole, int start, Column rows, int[] picks) {
        if (rows.kind() == Kind.UTF8) {
            updateTexts(whole, start, rows.length(), picks);
        } else {
            Lanes.readOrdered(rows, lanes);
            updateLanes(start, rows, picks);
        }
    }

    private void updateLanes(int start, Column rows, int[] picks) {
        long flip = isMax ? 0 : -1;
        for (int row = 0; row < rows.length(); row++) {
            long lane = lanes[row] ^ flip;
            if ((!hasValue || lane > bestLane) && !rows.isNull(row)) {
                hasValue = true;
                bestLane = lane;
                best = start + row;
            }
            picks[row] = best;
        }
    }

    private void updateTexts(Column whole, int start, int length, int[] picks) {
        for (int row = start; row < start + length; row++) {
            if (!whole.isNull(row) && (!hasValue || comesFirst(whole, row))) {
                hasValue = true;
                bestTexts = whole;
                bestText = row;
                best = row;
            }
            picks[row - start] = best;
        }
    }

    private boolean comesFirst(Column texts, int row) {
        int order = Views.compare(
                texts.values(), row, texts.data(), bestTexts.values(), bestText, bestTexts.data());
        return isMax ? order > 0 : order < 0;
    }
}
