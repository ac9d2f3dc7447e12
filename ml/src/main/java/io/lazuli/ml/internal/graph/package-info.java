/// Graphs in the making.
@NullMarked
package io.lazuli.ml.internal.graph;

import org.jspecify.annotations.NullMarked;
