/// Any function of a user's program as a lazy call, and graphs of such calls, computed or persisted: [io.lazuli.graph.delayed.Delayed].
@NullMarked
package io.lazuli.graph.delayed;

import org.jspecify.annotations.NullMarked;
