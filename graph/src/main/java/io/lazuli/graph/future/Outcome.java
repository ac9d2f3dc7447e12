package io.lazuli.graph.future;

import io.lazuli.graph.error.LazuliException;
import org.jspecify.annotations.Nullable;

/// What one of many calls in a job came to. One that fails must not stop the others, so its failure is its result.
///
/// @param failure null if there is a value, which may be null too
record Outcome(@Nullable Object value, @Nullable LazuliException failure) {}
