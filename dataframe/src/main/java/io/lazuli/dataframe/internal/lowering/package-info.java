/// Turns an optimised plan into a graph of pipelines.
@NullMarked
package io.lazuli.dataframe.internal.lowering;

import org.jspecify.annotations.NullMarked;
