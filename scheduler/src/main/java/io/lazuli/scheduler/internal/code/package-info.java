/// The code of a user's program on its way to workers that have only Lazuli: which of it a graph reaches, and class loaders for
/// what has arrived.
@NullMarked
package io.lazuli.scheduler.internal.code;

import org.jspecify.annotations.NullMarked;
