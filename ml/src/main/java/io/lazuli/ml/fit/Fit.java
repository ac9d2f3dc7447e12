package io.lazuli.ml.fit;

/// How a model is made of rows that lie in partitions: passes over all of them, whose sums are merged, until a step is the last one.
///
/// ```
///   start --> state --> pass, pass, pass --> merge --> next --> Again(state) --> pass ...
///                       one a partition                    '--> Done(model)
/// ```
///
/// Implemented by records: a fit is told by content, and travels. States, sums and models are values that
/// [io.lazuli.graph.codec.ValueCodec] can write. The same code runs on one partition and on many; sums are merged in the order of
/// partitions, so that the result does not depend on how many workers there are.
///
/// **Errors.** What it throws fails this fit; in a search, this candidate.
///
/// @param <A> what a pass needs to know
/// @param <S> what a pass sums up
/// @param <M> the model
public interface Fit<A, S, M> {
    /// For plans, progress and errors, such as `LogisticRegression`.
    String name();

    /// Whether the first pass is the last one.
    default boolean isOnePass() {
        return false;
    }

    /// Whether features may be texts; else rows with some are refused.
    default boolean takesTexts() {
        return false;
    }

    /// The state before the first pass.
    A start(Shape shape);

    /// The sum of some rows, which may be none.
    S pass(A state, Rows rows);

    /// The sum of both, of which `left` comes first in the order of rows. Changes neither.
    S merge(S left, S right);

    /// What follows from the sum of all rows. Changes nothing that it is given.
    Step<A, M> next(A state, S sum);

    /// Whether there is another pass.
    sealed interface Step<A, M> {
        record Again<A, M>(A state) implements Step<A, M> {}

        record Done<A, M>(M model) implements Step<A, M> {}
    }
}
