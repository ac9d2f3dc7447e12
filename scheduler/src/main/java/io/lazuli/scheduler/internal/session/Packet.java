package io.lazuli.scheduler.internal.session;

import java.util.List;
import java.util.Objects;

/// What goes over the network between the two ends of a [Session]: consecutive messages, or none.
///
/// @param acknowledged the sender has every message below this number
/// @param first        number of the first message; messages are numbered from 0 in each direction
public record Packet<M>(SessionId session, long acknowledged, long first, List<M> messages) {
    public Packet {
        Objects.requireNonNull(session, "session is null");
        messages = List.copyOf(messages);
        if (acknowledged < 0 || first < 0) {
            throw new IllegalArgumentException(
                    "message numbers must not be negative, found " + acknowledged + " and " + first);
        }
    }
}
