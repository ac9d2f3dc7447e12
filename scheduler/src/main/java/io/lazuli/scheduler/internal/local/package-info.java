/// The engine of one process: both cores under one lock, its jobs, and what is persisted in it.
@NullMarked
package io.lazuli.scheduler.internal.local;

import org.jspecify.annotations.NullMarked;
