/// How fits run: passes over partitions whose sums are merged, again and again until one is done.
@NullMarked
package io.lazuli.ml.internal.fit;

import org.jspecify.annotations.NullMarked;
