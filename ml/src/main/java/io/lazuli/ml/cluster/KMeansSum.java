package io.lazuli.ml.cluster;

import io.lazuli.ml.internal.numeric.ColumnMoments;

/// What a pass of [KMeansPhase] sums up.
sealed interface KMeansSum permits KMeansSum.Spread, RowSample, ClusterSums {
    /// The sum of both, of which this comes first in the order of rows. Changes neither.
    KMeansSum merge(KMeansSum right);

    record Spread(ColumnMoments moments, long rowCount) implements KMeansSum {
        @Override
        public Spread merge(KMeansSum right) {
            Spread other = (Spread) right;
            return new Spread(ColumnMoments.merge(moments, other.moments), rowCount + other.rowCount);
        }
    }
}
