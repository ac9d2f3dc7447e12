package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.store.HostIdentity;
import io.lazuli.scheduler.internal.wire.FromWorker;
import io.lazuli.scheduler.internal.wire.ToWorker;
import io.lazuli.scheduler.internal.wire.Wire;
import io.lazuli.scheduler.internal.wire.WorkerFacts;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// A worker of a scheduler's shell that says what a test wants it to, and hears nothing.
final class ScriptedWorker {
    static final int PORT = 9001;
    static final long PROCESS = 4711;

    private final SchedulerShell scheduler;
    private final Conversation<FromWorker, ToWorker> conversation;
    /// The scheduler's end of the connection.
    private Link link;

    /// Joins.
    ScriptedWorker(SchedulerShell scheduler) {
        this.scheduler = scheduler;
        SessionId session = scheduler.greetWorker(Optional.empty(), false);
        conversation = new Conversation<>(session, ToWorker.class, System.nanoTime());
        connect();
        say(new FromWorker.Joined(new WorkerFacts(
                "worker", "127.0.0.1", PORT, PROCESS, 1 << 20, WorkerProfile.of(1),
                new HostIdentity("boot", "file", "nonce"))));
    }

    /// Goes on over another connection.
    void connect() {
        link = new Silent();
        scheduler.attachWorker(conversation.id(), link);
        conversation.attach(new Link() {
            @Override
            public void send(byte[] frame) {
                scheduler.receiveFromWorker((Packet<?>) Wire.decode(ByteBuffer.wrap(frame)));
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        });
    }

    /// Its connection is gone.
    void disconnect() {
        scheduler.disconnected(link);
    }

    void say(FromWorker message) {
        conversation.say(message);
        conversation.pump(System.nanoTime());
    }

    private static final class Silent implements Link {
        @Override
        public void send(byte[] frame) {
            // Nobody hears it.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
