/// Carries what the core packs to whoever listens.
@NullMarked
package io.lazuli.scheduler.internal.event;

import org.jspecify.annotations.NullMarked;
