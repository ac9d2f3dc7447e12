/// The one exception of Lazuli and who can do something about it.
@NullMarked
package io.lazuli.graph.error;

import org.jspecify.annotations.NullMarked;
