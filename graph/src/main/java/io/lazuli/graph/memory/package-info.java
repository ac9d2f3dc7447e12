/// What flows between tasks: blocks and buffers outside the Java heap, and the accounts that limit them.
@NullMarked
package io.lazuli.graph.memory;

import org.jspecify.annotations.NullMarked;
