package io.lazuli.scheduler.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.scheduler.internal.transport.ClusterSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// A cluster of members in this process. Closing it closes them, the last to come first, and checks that no thread is left.
final class Members implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final ClusterSecret secret = ClusterSecret.random();
    private final Deque<ClusterMembership> open = new ArrayDeque<>();
    private final List<Endpoint> links = new ArrayList<>();

    ClusterSecret secret() {
        return secret;
    }

    ClusterMembership scheduler() {
        return open(Role.SCHEDULER, UnaryOperator.identity());
    }

    ClusterMembership worker() {
        return open(Role.WORKER, UnaryOperator.identity());
    }

    ClusterMembership open(Role role, UnaryOperator<MembershipOptions> change) {
        ClusterMembership opened = ClusterMembership.open(change.apply(options(role)));
        links.add(opened.link());
        open.push(opened);
        return opened;
    }

    /// Of the next member: knows of all that were opened, and calls its transport's port 9000, 9001 and so on.
    MembershipOptions options(Role role) {
        Endpoint transport = new Endpoint("127.0.0.1", 9000 + links.size());
        return MembershipOptions.of(role, secret, transport, "0.1")
                .withBind(new Endpoint("127.0.0.1", freePort()))
                .withSeeds(links);
    }

    /// Far from 5701, where members of other processes go on asking for those that were there: here strangers can be counted.
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close(ClusterMembership one) {
        one.close();
        open.remove(one);
    }

    /// Waits until `condition` holds, and fails after [#LIMIT].
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + ", in time").isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().matches("hz\\..*|lazuli-(leadership|journal)"))
                .map(Thread::getName)
                .toList();
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        await("threads that end", () -> threads().isEmpty());
    }
}
