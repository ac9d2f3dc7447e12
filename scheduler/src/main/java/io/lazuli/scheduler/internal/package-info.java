/// What all parts of the scheduler share: its messages.
@NullMarked
package io.lazuli.scheduler.internal;

import org.jspecify.annotations.NullMarked;
