/// The half of the engine that works: one worker's threads, what they run, and the shell around the worker's core. The same in an
/// engine of one process and in a worker of a cluster.
@NullMarked
package io.lazuli.scheduler.internal.compute;

import org.jspecify.annotations.NullMarked;
