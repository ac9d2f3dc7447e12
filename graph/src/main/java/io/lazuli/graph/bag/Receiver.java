package io.lazuli.graph.bag;

import org.jspecify.annotations.Nullable;

/// Takes the elements of one partition, one after the other. Steps are chained by it: each hands on what it makes of an element
/// before it sees the next, so that nothing is collected in between.
///
/// ```
///   origin --accept--> map --accept--> filter --accept--> sink          and at last: end, end, end
/// ```
interface Receiver {
    /// Returns false if no more elements are wanted.
    boolean accept(@Nullable Object element);

    /// No more elements come: hands on what was held back. Called once.
    default void end() {}
}
