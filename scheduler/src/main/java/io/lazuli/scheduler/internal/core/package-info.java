/// Decides what runs next: a deterministic state machine without clock, thread, disk or random number.
@NullMarked
package io.lazuli.scheduler.internal.core;

import org.jspecify.annotations.NullMarked;
