package io.lazuli.scheduler.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// A journal against a list: what was appended is read, in order, whoever wrote it and however it was cut; what is damaged is told.
class JournalTest {
    private static HazelcastInstance hazelcast;
    private static IMap<String, byte[]> map;

    @BeforeContainer
    static void open() {
        SystemLogging.install();
        Endpoint endpoint = new Endpoint("127.0.0.1", 9);
        Config config = MemberConfig.of(
                MembershipOptions.of(Role.SCHEDULER, ClusterSecret.random(), endpoint, "0.1"),
                new ClusterMember(UUID.randomUUID(), Role.SCHEDULER, endpoint, 1, "0.1", true));
        hazelcast = Hazelcast.newHazelcastInstance(config);
        map = hazelcast.getMap(MemberConfig.JOURNAL);
    }

    @AfterContainer
    static void close() {
        hazelcast.shutdown();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(List<byte[]> facts) {
        return facts.stream().map(fact -> new String(fact, StandardCharsets.UTF_8)).toList();
    }

    /// One thing that a leader does, or that a new one comes.
    sealed interface Step {
        record Append(int job, List<Integer> lengths) implements Step {}

        record Checkpoint(int job, int length) implements Step {}

        record Remove(int job) implements Step {}

        record Elect() implements Step {}

        record Flush() implements Step {}
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> jobs = Arbitraries.integers().between(0, 2);
        Arbitrary<Integer> lengths = Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.integers().between(0, 50)),
                Tuple.of(1, Arbitraries.of(Segment.LONGEST_VALUE - 13, Segment.LONGEST_VALUE - 9,
                        Segment.LONGEST_VALUE, 2_500_000)));
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                Tuple.of(8,
                        Combinators.combine(jobs, lengths.list().ofMaxSize(4)).as(Step.Append::new)),
                Tuple.of(2, Combinators.combine(jobs, lengths).as(Step.Checkpoint::new)),
                Tuple.of(1, jobs.map(Step.Remove::new)),
                Tuple.of(1, Arbitraries.create(Step.Elect::new)),
                Tuple.of(1, Arbitraries.create(Step.Flush::new)));
        return step.list().ofMaxSize(25);
    }

    /// What should be known of a job.
    private static final class Model {
        private Optional<byte[]> checkpoint = Optional.empty();
        private final List<byte[]> facts = new ArrayList<>();
    }

    @Property(tries = 100)
    void whateverIsDone_readsAsAListWould(@ForAll("steps") List<Step> steps) {
        map.clear();
        TreeMap<String, Model> expected = new TreeMap<>();
        Random random = new Random(steps.size());
        try (Journal journal = new Journal(map)) {
            JournalWriter writer = journal.writer(1);
            CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
            int epoch = 1;
            for (Step step : steps) {
                last = switch (step) {
                    case Step.Append append -> {
                        List<byte[]> facts = append.lengths().stream().map(length -> bytes(random, length)).toList();
                        if (!facts.isEmpty()) {
                            expected.computeIfAbsent(job(append.job()), _ -> new Model()).facts.addAll(facts);
                        }
                        yield writer.append(job(append.job()), facts);
                    }
                    case Step.Checkpoint checkpoint -> {
                        byte[] state = bytes(random, checkpoint.length());
                        Model model = new Model();
                        model.checkpoint = Optional.of(state);
                        expected.put(job(checkpoint.job()), model);
                        yield writer.checkpoint(job(checkpoint.job()), state);
                    }
                    case Step.Remove remove -> {
                        expected.remove(job(remove.job()));
                        yield writer.remove(job(remove.job()));
                    }
                    case Step.Elect _ -> {
                        last.join();
                        writer = journal.writer(++epoch);
                        yield last;
                    }
                    case Step.Flush _ -> writer.flush();
                };
            }
            last.join();
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThat(journal.jobs()).isEqualTo(List.copyOf(expected.keySet()));
                expected.forEach((job, model) -> {
                    JournalContent content = journal.read(job);
                    assertThat(content.checkpoint().map(Arrays::hashCode))
                            .isEqualTo(model.checkpoint.map(Arrays::hashCode));
                    assertThat(content.facts()).usingElementComparator(Arrays::compare).isEqualTo(model.facts);
                });
            }
            assertThat(map.values()).allMatch(value -> value.length <= Segment.LONGEST_VALUE);
        }
    }

    /// Names that mean something to who takes keys apart.
    private static String job(int number) {
        return List.of("plain", "a.b@c", "é/1.0.f@").get(number);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Example
    void aJobThatIsNotKnownHasNothing() {
        try (Journal journal = new Journal(map)) {
            assertThat(journal.read("nobody").facts()).isEmpty();
            assertThat(journal.read("nobody").checkpoint()).isEmpty();
        }
    }

    @Example
    void segmentsThatAreMissingOrDamagedAreNamed() {
        map.clear();
        try (Journal journal = new Journal(map)) {
            JournalWriter writer = journal.writer(7);
            for (String fact : List.of("a", "b", "c")) {
                writer.append("job", List.of(bytes(fact))).join();
            }
            String middle = "7.1.f@job";
            byte[] value = map.get(middle);
            for (int i = 0; i < value.length; i++) {
                byte[] damaged = value.clone();
                damaged[i] ^= 4;
                map.set(middle, damaged);
                assertDamaged(journal, "Segment 7.1 of the journal of job 'job' is damaged: ");
            }
            map.set(middle, Arrays.copyOf(value, 3));
            assertDamaged(journal, "Segment 7.1 of the journal of job 'job' is damaged: ");
            map.set(middle, map.get("7.2.f@job"));
            assertDamaged(journal, "its checksum is wrong");
            map.delete(middle);
            assertDamaged(journal, "Segment 7.2 of the journal of job 'job' is damaged: the segment before it is");
            map.set(middle, value);
            assertThat(texts(journal.read("job").facts())).containsExactly("a", "b", "c");
            map.delete("7.0.f@job");
            assertDamaged(journal, "Segment 7.1 of the journal of job 'job' is damaged: the segment before it is");
        }
    }

    @Example
    void aLargeSpecOrCheckpointWithoutItsBeginningIsNamed() {
        map.clear();
        try (Journal journal = new Journal(map)) {
            JournalWriter writer = journal.writer(1);
            writer.append("job", List.of(new byte[3_000_000])).join();
            assertThat(map.keySet()).containsExactlyInAnyOrder("1.0.p@job", "1.1.p@job", "1.2.f@job");
            writer.checkpoint("job", new byte[3_000_000]).join();
            assertThat(map.keySet()).containsExactlyInAnyOrder("1.3.p@job", "1.4.p@job", "1.5.c@job");
            byte[] first = map.remove("1.3.p@job");
            assertDamaged(journal, "Segment 1.4 of the journal of job 'job' is damaged: the 1 segments that it goes");
            map.set("1.3.p@job", first);
            map.delete("1.4.p@job");
            assertDamaged(journal, "Segment 1.5 of the journal of job 'job' is damaged: the 2 segments that it goes");
        }
    }

    /// It was never acknowledged.
    @Example
    void whatALeaderWasWritingWhenItDiedIsLeftOut() {
        map.clear();
        try (Journal journal = new Journal(map)) {
            journal.writer(1).append("job", List.of(bytes("kept"))).join();
            JournalWriter next = journal.writer(2);
            next.append("job", List.of(new byte[3_000_000])).join();
            map.delete("2.2.f@job");
            assertThat(texts(journal.read("job").facts())).containsExactly("kept");
            JournalWriter third = journal.writer(3);
            third.append("job", List.of(bytes("later"))).join();
            assertThat(texts(journal.read("job").facts())).containsExactly("kept", "later");
            third.remove("job").join();
            assertThat(journal.jobs()).isEmpty();
            assertThat(map.keySet()).isEmpty();
        }
    }

    @Example
    void factsOfAnOldLeaderStandBeforeThoseOfTheNew() {
        map.clear();
        try (Journal old = new Journal(map); Journal now = new Journal(map)) {
            JournalWriter stale = old.writer(4);
            JournalWriter fresh = now.writer(5);
            fresh.append("job", List.of(bytes("new"))).join();
            stale.append("job", List.of(bytes("old"))).join();
            assertThat(texts(now.read("job").facts())).containsExactly("old", "new");
            fresh.checkpoint("job", bytes("all")).join();
            stale.append("job", List.of(bytes("late"))).join();
            assertThat(texts(now.read("job").facts())).isEmpty();
            assertThat(now.read("job").checkpoint()).contains(bytes("all"));
        }
    }

    @Example
    void manyFactsBecomeFewSegments() {
        map.clear();
        try (Journal journal = new Journal(map)) {
            JournalWriter writer = journal.writer(1);
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                all.add(writer.append("job", List.of(bytes(Integer.toString(i)))));
            }
            all.forEach(CompletableFuture::join);
            assertThat(map.size()).isBetween(10, 200);
            List<byte[]> facts = journal.read("job").facts();
            for (int i = 0; i < facts.size(); i++) {
                assertThat(facts.get(i)).isEqualTo(bytes(Integer.toString(i)));
            }
            assertThat(facts).hasSize(10_000);
            map.clear();
        }
    }

    @Example
    void anEpochIsWrittenOnce() {
        map.clear();
        try (Journal journal = new Journal(map)) {
            JournalWriter first = journal.writer(3);
            assertThatThrownBy(() -> journal.writer(3)).isInstanceOf(LazuliException.class)
                    .hasMessageContaining("epoch 3");
            journal.writer(4);
            assertThatThrownBy(() -> first.append("job", List.of(new byte[1])))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE));
        }
    }

    @Example
    void keysAreReadAsTheyAreWritten() {
        for (String job : Set.of("plain", "a.b@c", "@", "", "1.2.c@x")) {
            for (SegmentKey.Kind kind : SegmentKey.Kind.values()) {
                SegmentKey key = new SegmentKey(12, 345, kind, job);
                assertThat(SegmentKey.parse(key.toString())).isEqualTo(key);
            }
        }
    }

    private static void assertDamaged(Journal journal, String message) {
        assertThatThrownBy(() -> journal.read("job"))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessageContaining(message);
    }
}
