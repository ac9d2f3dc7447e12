/// The shell around the core: worker threads, jobs and admission to memory.
@NullMarked
package io.lazuli.scheduler.internal.local;

import org.jspecify.annotations.NullMarked;
