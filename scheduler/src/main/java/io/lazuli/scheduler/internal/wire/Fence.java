package io.lazuli.scheduler.internal.wire;

import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;

/// Which leader speaks. Whoever has seen one listens to no lower one any more. In a cluster that is split two may lead with one
/// epoch: then the id decides.
///
/// @param epoch  of the leader
/// @param leader id of its process
public record Fence(int epoch, UUID leader) implements Comparable<Fence> {
    private static final Comparator<Fence> ORDER =
            Comparator.comparingInt(Fence::epoch).thenComparing(Fence::leader);

    public Fence {
        Objects.requireNonNull(leader, "leader is null");
    }

    @Override
    public int compareTo(Fence other) {
        return ORDER.compare(this, other);
    }
}
