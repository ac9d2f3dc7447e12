package io.lazuli.scheduler.internal.membership;

import io.lazuli.scheduler.internal.transport.ClusterSecret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A scheduler in a process of its own, which says what happens to it. The one who leads reads what is known of the job `stream` and then
/// appends numbers to it for ever.
///
/// Arguments: the cluster's token, seconds of silence, seeds.
final class MemberMain {
    static final String JOB = "stream";
    private static final int BATCH = 20;
    /// Appends that are on their way at once.
    private static final int WINDOW = 10;

    private MemberMain() {}

    public static void main(String[] arguments) throws IOException {
        List<Endpoint> seeds = Stream.of(arguments).skip(2).map(Endpoint::parse).toList();
        MembershipOptions options = MembershipOptions
                .of(Role.SCHEDULER, ClusterSecret.of(arguments[0], "the first argument"),
                        new Endpoint("127.0.0.1", 9000 + seeds.size()), "0.1")
                .withSilence(Duration.ofSeconds(Integer.parseInt(arguments[1])))
                .withSeeds(seeds);
        try (ClusterMembership membership = ClusterMembership.open(options)) {
            say("link " + membership.link());
            membership.listen(new MembershipListener() {
                @Override
                public void joined(ClusterMember member) {
                    say("joined");
                }

                @Override
                public void left(ClusterMember member) {
                    say("left");
                }
            });
            membership.listen(new LeadershipListener() {
                @Override
                public void elected(Leader self) {
                    say("elected " + self.epoch());
                    Thread.ofPlatform().daemon().start(() -> lead(membership.journal(), self.epoch()));
                }

                @Override
                public void following(Leader leader) {
                    say("following " + leader.epoch());
                }

                @Override
                public void lost() {
                    say("lost");
                }
            });
            Thread.ofPlatform().daemon().start(() -> {
                Members.await("a backup", membership::isBackedUp);
                say("backed up");
            });
            // Until whoever started it closes its end, or is gone.
            while (System.in.read() >= 0) {
                // nothing is said to it
            }
        }
    }

    private static void lead(Journal journal, int epoch) {
        List<byte[]> known = journal.read(JOB).facts();
        boolean inOrder = IntStream.range(0, known.size()).allMatch(i -> ByteBuffer.wrap(known.get(i)).getInt() == i);
        say("read " + known.size() + " " + inOrder);
        JournalWriter writer = journal.writer(epoch);
        Deque<CompletableFuture<Void>> window = new ArrayDeque<>();
        for (int next = known.size();; next += BATCH) {
            int last = next + BATCH;
            if (window.size() == WINDOW) {
                window.removeFirst().join();
            }
            window.addLast(writer.append(JOB, IntStream.range(next, last)
                    .mapToObj(number -> ByteBuffer.allocate(Integer.BYTES).putInt(number).array()).toList())
                    .thenRun(() -> say("acknowledged " + last)));
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
