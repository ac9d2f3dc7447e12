/// Values of a user's program as bytes, and how large they are.
@NullMarked
package io.lazuli.graph.codec;

import org.jspecify.annotations.NullMarked;
