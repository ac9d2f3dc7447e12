/// Groups of rows that lie near each other.
@NullMarked
package io.lazuli.ml.cluster;

import org.jspecify.annotations.NullMarked;
