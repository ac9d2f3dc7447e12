package io.lazuli.ml.fit;

import java.util.List;

/// How rows are put into folds: each partition is looked at, then what all of them have decides about each.
///
/// ```
///   count, count, count --> plan --> assign, assign, assign
///   one a partition                  one a partition
/// ```
///
/// The rows that it is given have a target, weights and groups, as far as there are any, and no features. Implemented by records, as a
/// [Fit] is.
///
/// @param <C> what there is in a partition
/// @param <P> what a partition needs to know
public interface FoldRule<C, P> {
    /// For plans, progress and errors, such as `KFold`.
    String name();

    C count(Rows rows);

    /// For each partition what it needs to know. **Errors.** What it throws fails all fits on these folds.
    List<P> plan(List<C> counts);

    /// For each row the fold that it is in; below 0 for rows that take no part.
    short[] assign(P known, Rows rows);
}
