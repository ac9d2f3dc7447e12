package io.lazuli.dataframe.internal.operator.key;

/// How many different keys rows have, guessed from the first of them.
///
/// Counting is linear: each hash sets one of `m` bits, and `z` bits that stay clear speak of `m ln(m / z)` keys (Whang, Vander-Zanden
/// and Taylor, 1990). Within a few percent as long as there are fewer rows than bits.
public final class DistinctEstimate {
    private static final int BIT_COUNT = 1 << 17;

    private final long[] bits = new long[BIT_COUNT / Long.SIZE];
    private long rowCount;

    public void add(int[] hashes, int count) {
        for (int row = 0; row < count; row++) {
            int bit = hashes[row] & BIT_COUNT - 1;
            bits[bit >>> 6] |= 1L << bit;
        }
        rowCount += count;
    }

    public long rowCount() {
        return rowCount;
    }

    /// Different keys among the rows so far.
    public double seen() {
        long clear = BIT_COUNT;
        for (long word : bits) {
            clear -= Long.bitCount(word);
        }
        return clear == 0 ? rowCount : Math.min(rowCount, BIT_COUNT * Math.log((double) BIT_COUNT / clear));
    }

    /// Different keys among any number of rows, if all keys are equally frequent: the `d` of which `rowCount` draws are expected to show
    /// [#seen], `seen = d (1 - exp(-rowCount / d))`. Infinite where nearly all rows so far differ.
    public double expected() {
        double seen = seen();
        if (seen > 0.99 * rowCount) {
            return rowCount == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        double low = seen;
        double high = 128.0 * rowCount;
        while (high - low > 0.01 * low) {
            double middle = (low + high) / 2;
            boolean isTooFew = middle * -Math.expm1(-rowCount / middle) < seen;
            low = isTooFew ? middle : low;
            high = isTooFew ? high : middle;
        }
        return high;
    }
}
