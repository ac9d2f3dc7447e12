package io.lazuli.scheduler.internal.membership;

import io.lazuli.graph.error.LazuliException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who leads, and since which epoch. Epoch and id together are the fence: in a cluster that is split two may lead with one epoch, and
/// the order of leaders still says which of them is to be refused.
///
/// @param epoch    higher than that of every leader before
/// @param id       of the member, [ClusterMember#id]
/// @param endpoint where its transport listens
public record Leader(int epoch, UUID id, Endpoint endpoint) implements Comparable<Leader> {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Comparator<Leader> FENCE = Comparator.comparingInt(Leader::epoch).thenComparing(Leader::id);

    /// The epoch of a leader who knows of none before. It grows with time, faster than schedulers die, so that workers which saw a
    /// leader of before take orders of this one.
    public static int firstEpoch(Instant now) {
        return (int) Math.max(1, Duration.between(FIRST, now).toSeconds());
    }

    /// Orders by fence: a later leader is greater.
    @Override
    public int compareTo(Leader other) {
        return FENCE.compare(this, other);
    }

    byte[] encode() {
        byte[] text = endpoint.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES + text.length)
                .putInt(epoch)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(text)
                .array();
    }

    /// Null for what is no leader, as none is for null.
    static @Nullable Leader decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            int epoch = in.getInt();
            UUID id = new UUID(in.getLong(), in.getLong());
            return new Leader(epoch, id, Endpoint.parse(StandardCharsets.UTF_8.decode(in).toString()));
        } catch (BufferUnderflowException | LazuliException _) {
            return null;
        }
    }
}
