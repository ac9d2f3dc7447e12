/// Jobs as those know them who schedule them: in an engine of one process, and in the scheduler of a cluster.
@NullMarked
package io.lazuli.scheduler.internal.job;

import org.jspecify.annotations.NullMarked;
