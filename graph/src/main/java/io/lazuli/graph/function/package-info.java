/// Functions of a user's program: what they must be to run anywhere, and what they are by content.
@NullMarked
package io.lazuli.graph.function;

import org.jspecify.annotations.NullMarked;
