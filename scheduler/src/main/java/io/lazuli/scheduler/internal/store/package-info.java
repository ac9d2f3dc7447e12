/// Keeps results by task id, in memory or in files of its own.
@NullMarked
package io.lazuli.scheduler.internal.store;

import org.jspecify.annotations.NullMarked;
