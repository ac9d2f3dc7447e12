/// The engine of this process: [io.lazuli.scheduler.LocalEngine] and its options.
@NullMarked
package io.lazuli.scheduler;

import org.jspecify.annotations.NullMarked;
