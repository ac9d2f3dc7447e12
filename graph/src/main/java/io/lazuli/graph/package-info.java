/// What to compute: keys, tasks, layers and graphs as data, what they start from, and the [io.lazuli.graph.Engine] that runs
/// them.
@NullMarked
package io.lazuli.graph;

import org.jspecify.annotations.NullMarked;
