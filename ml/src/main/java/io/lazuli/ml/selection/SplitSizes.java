package io.lazuli.ml.selection;

import io.lazuli.ml.internal.MlErrors;

/// How many rows to test on and to train on.
///
/// @param test  a share above 0 and below 1, or a number of rows
/// @param train as `test`; 0 for all rows that are not tested on
record SplitSizes(double test, double train) {
    SplitSizes {
        if (!(isSize(test) && test > 0)) {
            throw MlErrors.badParameter("the test size", test, "a share between 0 and 1, or a whole number of rows");
        }
        if (!isSize(train) || test < 1 && train < 1 && test + train > 1) {
            throw MlErrors.badParameter(
                    "the train size", train, "a share that the test size leaves, or a whole number of rows");
        }
    }

    private static boolean isSize(double size) {
        return size >= 0 && size < 1 || size >= 1 && size == Math.rint(size);
    }

    /// **Errors.** DATA if there are too few rows.
    Counts of(long rows) {
        long tested = (long) (test < 1 ? Math.ceil(test * rows) : test);
        long trained = train == 0 ? rows - tested : (long) (train < 1 ? Math.floor(train * rows) : train);
        if (tested < 1 || trained < 1 || tested + trained > rows) {
            throw MlErrors.emptySplit(trained, tested, rows);
        }
        return new Counts(trained, tested);
    }

    /// Rows.
    record Counts(long train, long test) {}
}
