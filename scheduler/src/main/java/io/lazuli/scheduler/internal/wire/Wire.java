package io.lazuli.scheduler.internal.wire;

import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.session.Packet;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;

/// Greetings, packets and facts of the journal as bytes. What is read is one of the records of this package and what these are
/// made of, or an error.
public final class Wire {
    private static final Set<String> PACKAGES = Set.of(
            "io.lazuli.graph", "io.lazuli.graph.error", "io.lazuli.scheduler.internal.job",
            "io.lazuli.scheduler.internal.session", "io.lazuli.scheduler.internal.wire");
    private static final Set<String> CLASSES = Set.of(
            "io.lazuli.scheduler.internal.core.WorkerProfile", "io.lazuli.scheduler.internal.core.JobPlan$Held",
            "io.lazuli.scheduler.internal.store.HostIdentity", "io.lazuli.scheduler.event.WorkerSample",
            "io.lazuli.scheduler.event.ClusterStatus", "io.lazuli.scheduler.event.ClusterStatus$Worker",
            "io.lazuli.scheduler.event.ClusterStatus$Job", "io.lazuli.scheduler.event.RefusalCount");
    private static final ValueCodec CODEC = ValueCodec.of(Wire.class.getClassLoader(), Wire::isAllowed);

    private Wire() {}

    private static boolean isAllowed(String name) {
        int end = name.lastIndexOf('.');
        return CLASSES.contains(name) || end > 0 && PACKAGES.contains(name.substring(0, end));
    }

    public static byte[] encode(Greeting greeting) {
        return CODEC.encode(greeting);
    }

    public static byte[] encode(DataMessage message) {
        return CODEC.encode(message);
    }

    public static byte[] encode(Packet<?> packet) {
        return CODEC.encode(packet);
    }

    public static byte[] encode(JournalFact fact) {
        return CODEC.encode(fact);
    }

    /// A [Greeting], a [Packet], a [DataMessage] or a [JournalFact]. Errors: DATA if the bytes are none.
    public static Object decode(ByteBuffer bytes) throws LazuliException {
        return Objects.requireNonNullElse(CODEC.decode(MemorySegment.ofBuffer(bytes)), "nothing");
    }
}
