package io.lazuli.dataframe.internal.parquet;

import java.util.Arrays;

/// Rows of a row group, as ranges that ascend and do not touch: `[bounds[0], bounds[1])`, `[bounds[2], bounds[3])`, ...
record RowRanges(long[] bounds) {
    static final RowRanges NONE = new RowRanges(new long[0]);

    static RowRanges all(long rowCount) {
        return rowCount == 0 ? NONE : new RowRanges(new long[] {0, rowCount});
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    /// The first row.
    long start() {
        return bounds[0];
    }

    /// Rows of the first range.
    long firstLength() {
        return bounds[1] - bounds[0];
    }

    /// Without the first `count` rows, which are all of the first range.
    RowRanges without(long count) {
        if (count == firstLength()) {
            return new RowRanges(Arrays.copyOfRange(bounds, 2, bounds.length));
        }
        long[] rest = bounds.clone();
        rest[0] += count;
        return new RowRanges(rest);
    }

    /// Rows that are in both.
    RowRanges and(RowRanges other) {
        return combine(other, 2);
    }

    /// Rows that are in either.
    RowRanges or(RowRanges other) {
        return combine(other, 1);
    }

    /// Rows that are in at least `depth` of both: a sweep over the bounds of both, at each of which one range opens or closes.
    private RowRanges combine(RowRanges other, int depth) {
        long[] result = new long[bounds.length + other.bounds.length];
        int length = 0;
        int open = 0;
        for (int i = 0, j = 0; i < bounds.length || j < other.bounds.length;) {
            long at = Math.min(
                    i < bounds.length ? bounds[i] : Long.MAX_VALUE,
                    j < other.bounds.length ? other.bounds[j] : Long.MAX_VALUE);
            int before = open;
            for (; i < bounds.length && bounds[i] == at; i++) {
                open += (i & 1) == 0 ? 1 : -1;
            }
            for (; j < other.bounds.length && other.bounds[j] == at; j++) {
                open += (j & 1) == 0 ? 1 : -1;
            }
            if (before < depth != open < depth) {
                result[length++] = at;
            }
        }
        return new RowRanges(Arrays.copyOf(result, length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowRanges ranges && Arrays.equals(bounds, ranges.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds);
    }
}
