/// A reliable stream of messages over a network that is not: a pure state machine, without clock or socket.
@NullMarked
package io.lazuli.scheduler.internal.session;

import org.jspecify.annotations.NullMarked;
