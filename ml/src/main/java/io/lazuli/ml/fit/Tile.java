package io.lazuli.ml.fit;

/// Some rows by column: few enough that all of it stays in a cache. Borrowed until the next one comes, in the same arrays.
///
/// Arrays may be longer than [#length]; what is behind it means nothing. A missing value is NaN.
public interface Tile {
    /// Rows that are there.
    int length();

    default int featureCount() {
        return features().length;
    }

    /// The values of a feature. May be written to.
    default double[] feature(int index) {
        return features()[index];
    }

    /// All features. May be written to.
    double[][] features();

    /// What is to be predicted; a class by its index. Empty if there is none.
    double[] target();

    /// What each row counts; 1 where no weights were given. Not to be written to.
    double[] weights();

    /// Which rows belong together: equal numbers. Empty if there are no groups.
    double[] groups();
}
