/// What tasks run: pipelines of an origin, steps and a sink, as operations of the graph.
@NullMarked
package io.lazuli.dataframe.internal.physical;

import org.jspecify.annotations.NullMarked;
