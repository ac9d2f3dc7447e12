package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.scheduler.event.ClusterStatus;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.ToClient;
import io.lazuli.scheduler.internal.wire.Wire;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A client of a scheduler's shell that says what a test wants it to, and keeps what it hears.
final class ScriptedClient implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 30;
    private static final long GLANCE_NANOS = 100_000;

    private final ExecutorService wire = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("test-client").factory());
    private final SchedulerShell scheduler;
    /// The scheduler's way to it.
    private final Link link;
    private final Conversation<FromClient, ToClient> conversation;
    private final List<ToClient> heard = new CopyOnWriteArrayList<>();
    private long lastRequest;

    /// One direction, without waiting.
    private record To(Consumer<Packet<?>> receiver) implements Link {
        @Override
        public void send(byte[] frame) {
            receiver.accept((Packet<?>) Wire.decode(ByteBuffer.wrap(frame)));
        }

        @Override
        public void close() {}
    }

    ScriptedClient(SchedulerShell scheduler) {
        this.scheduler = scheduler;
        SessionId id = scheduler.greetClient(Optional.empty()).orElseThrow();
        conversation = new Conversation<>(id, ToClient.class, System.nanoTime());
        conversation.attach(new To(scheduler::receiveFromClient));
        link = new To(packet -> wire.execute(() -> hear(packet)));
        scheduler.attachClient(id, link);
    }

    private void hear(Packet<?> packet) {
        conversation.receive(packet, System.nanoTime(), heard::add);
        conversation.pump(System.nanoTime());
    }

    void say(FromClient message) {
        wire.execute(() -> {
            conversation.say(message);
            conversation.pump(System.nanoTime());
        });
    }

    List<ToClient> heard() {
        return List.copyOf(heard);
    }

    /// The first of that kind that fits, as soon as it is there.
    <T extends ToClient> T await(Class<T> kind, Predicate<T> condition) {
        await(kind.getSimpleName(), () -> find(kind, condition).isPresent());
        return find(kind, condition).orElseThrow();
    }

    private <T extends ToClient> Optional<T> find(Class<T> kind, Predicate<T> condition) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).filter(condition).findFirst();
    }

    /// How the cluster is now.
    ClusterStatus status() {
        long request = --lastRequest;
        say(new FromClient.AskedStatus(request));
        return await(ToClient.StatusIs.class, answer -> answer.request() == request).status();
    }

    /// Waits until a job is in that state, in the words of the status.
    void awaitState(long job, String state) {
        await(
                "job " + job + " " + state,
                () -> status().jobs().stream().anyMatch(of -> of.id() == job && of.state().equals(state)));
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + " in time").isLessThan(end);
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    @Override
    public void close() {
        scheduler.disconnected(link);
        wire.shutdown();
    }
}
