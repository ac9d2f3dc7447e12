/// What one worker does with the leases it is given: a pure state machine, beside the scheduler's.
@NullMarked
package io.lazuli.scheduler.internal.worker;

import org.jspecify.annotations.NullMarked;
