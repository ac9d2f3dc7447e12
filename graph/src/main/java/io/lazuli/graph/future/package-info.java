/// Calls that start at once and are waited for later: [io.lazuli.graph.future.Futures].
@NullMarked
package io.lazuli.graph.future;

import org.jspecify.annotations.NullMarked;
