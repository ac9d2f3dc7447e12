package io.lazuli.scheduler.internal.wire;

import java.util.Objects;

/// What a result is asked for by: an attempt of a task of one leader. Another leader's task of the same number is another one.
public record Ticket(Fence fence, int task, int attempt) {
    public Ticket {
        Objects.requireNonNull(fence, "fence is null");
    }
}
