package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.scheduler.Graphs;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.code.Distribution;
import io.lazuli.scheduler.internal.wire.CodePiece;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a leader writes, the next one reads; and whatever the journal does, nobody waits for it who tells it something.
@Timeout(60)
class BackgroundJournalTest {
    private static final ValueCodec CODEC = ValueCodec.of(BackgroundJournalTest.class.getClassLoader(), _ -> true);
    private static final long PLENTY = 64 << 20;
    private static final int PARTITIONS = 10_000;

    private final FakeJournal journal = new FakeJournal();
    private final AtomicInteger stored = new AtomicInteger();

    @TempDir
    Path folder;

    private CodeStore store;
    private CodeStore storeOfNext;

    @BeforeEach
    void openStores() {
        store = CodeStore.under(folder, 1 << 30, Distribution.ofThisProcess());
        storeOfNext = CodeStore.under(folder, 1 << 30, Distribution.ofThisProcess());
    }

    @AfterEach
    void closeStores() {
        store.close();
        storeOfNext.close();
    }

    private BackgroundJournal open(long limitBytes) {
        return new BackgroundJournal(journal, store, limitBytes, Inheritance.nothing(store));
    }

    private Inheritance read() {
        return Inheritance.of(journal, storeOfNext);
    }

    private static JobSpec spec(String... bundles) {
        TaskGraph graph = TaskGraph.of(List.of(Graphs.layer("numbers", PARTITIONS, 1)));
        return new JobSpec(
                ShippedGraph.of(graph, CODEC), JobOptions.DEFAULTS, Map.of(), Map.of(), List.of(bundles));
    }

    private static BitSet bits(int... partitions) {
        BitSet bits = new BitSet();
        IntStream.of(partitions).forEach(bits::set);
        return bits;
    }

    /// Bytes of three pieces.
    private static byte[] code() {
        byte[] bytes = new byte[(2 << 20) + 100];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static CodeHash hash(byte[] bytes) {
        try {
            return new CodeHash(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(IncomingCode to, byte[] bytes) {
        to.lacking(List.of(hash(bytes)));
        to.accept(new CodePiece(hash(bytes).hex(), bytes.length, bytes, true));
    }

    private void awaitWritten(String what) {
        ScriptedClient.await(what + " in " + journal.written(), () -> journal.written().contains(what));
    }

    @Test
    void whatIsWrittenIsRead() {
        try (BackgroundJournal writer = open(PLENTY)) {
            assertThat(writer.begin(1, spec(), stored::incrementAndGet)).isFalse();
            assertThat(writer.begin(2, spec(), stored::incrementAndGet)).isFalse();
            writer.goOn(3, spec(), bits(0, 5_000));
            writer.took(1, 7);
            writer.took(3, 8);
            writer.took(1, 9);
            writer.end(2);
            writer.took(2, 1);
        }
        assertThat(stored).hasValue(2);
        List<JournalledJob> jobs = read().jobs();
        assertThat(jobs).extracting(JournalledJob::id).containsExactly(1L, 3L);
        assertThat(jobs).extracting(JournalledJob::taken).containsExactly(bits(7, 9), bits(0, 8, 5_000));
        assertThat(jobs.getFirst().spec().graph().skeleton().output())
                .isEqualTo(spec().graph().skeleton().output());
    }

    @Test
    void aJobOfWhichAllWasTakenIsNotGoneOnWith() {
        try (BackgroundJournal writer = open(PLENTY)) {
            writer.begin(1, spec(), stored::incrementAndGet);
            IntStream.range(0, PARTITIONS).forEach(partition -> writer.took(1, partition));
        }
        Inheritance found = read();
        assertThat(found.jobs()).isEmpty();
        assertThat(found.useless()).containsExactly("1");
    }

    @Test
    void aJournalDoesNotGrowWithTheLifeOfAJob() {
        try (BackgroundJournal writer = open(PLENTY)) {
            writer.begin(1, spec(), stored::incrementAndGet);
            for (int i = 0; i < 2_000; i++) {
                int before = journal.written().size();
                writer.took(1, i);
                ScriptedClient.await("a fact", () -> journal.written().size() > before);
            }
        }
        BitSet expected = new BitSet();
        expected.set(0, 2_000);
        assertThat(read().jobs().getFirst().taken()).isEqualTo(expected);
        assertThat(journal.written()).contains("checkpoint 1");
        assertThat(journal.read("1").facts().size()).isLessThan(1_000);
    }

    @Test
    void aJobIsStoredWhenTheJournalSaysSo_andAskedForAtOnce() {
        journal.fallSilent();
        try (BackgroundJournal writer = open(PLENTY)) {
            writer.begin(1, spec(), stored::incrementAndGet);
            awaitWritten("flush");
            assertThat(journal.written()).containsExactly("append 1", "flush");
            assertThat(stored).hasValue(0);
            journal.answer();
            assertThat(stored).hasValue(1);
        }
    }

    @Test
    void nobodyWaitsForAJournalThatIsStuck() {
        journal.getStuck();
        try (BackgroundJournal writer = open(PLENTY)) {
            for (int job = 0; job < 1_000; job++) {
                assertThat(writer.begin(job, spec(), stored::incrementAndGet)).isFalse();
                writer.took(job, 1);
                writer.end(job);
            }
            writer.dropCode(List.of("ab"));
            assertThat(journal.written()).isEmpty();
        }
    }

    @Test
    void jobsGoOnWithoutAJournalThatIsBroken() {
        journal.fallSilent();
        try (BackgroundJournal writer = open(PLENTY)) {
            writer.begin(1, spec(), stored::incrementAndGet);
            awaitWritten("append 1");
            writer.begin(2, spec(), stored::incrementAndGet);
            journal.breakDown();
            ScriptedClient.await("both are told", () -> stored.get() == 2);
            assertThat(writer.begin(3, spec(), stored::incrementAndGet)).as("nothing to wait for").isTrue();
            writer.took(1, 1);
            writer.end(1);
        }
        assertThat(stored).hasValue(2);
    }

    @Test
    void whatHasNoRoomIsLeftOut() {
        try (BackgroundJournal writer = open(10)) {
            writer.begin(1, spec(), stored::incrementAndGet);
            ScriptedClient.await("nobody waits for it", () -> stored.get() == 1);
            writer.goOn(2, spec(), bits());
            writer.took(1, 1);
            writer.end(1);
        }
        assertThat(journal.written()).as("of another leader").containsExactly("remove 2");
    }

    @Test
    void codeStandsThereBeforeTheJob_onceAndUntilNobodyHasIt() {
        byte[] bytes = code();
        String hash = hash(bytes).hex();
        try (IncomingCode client = new IncomingCode(store); BackgroundJournal writer = open(PLENTY)) {
            send(client, bytes);
            writer.begin(1, spec(hash), stored::incrementAndGet);
            writer.begin(2, spec(hash), stored::incrementAndGet);
            awaitWritten("append 2");
            assertThat(journal.written().stream().filter(what -> !what.equals("flush"))).containsExactly(
                    "append code." + hash, "append code." + hash, "append code." + hash, "append 1", "append 2");

            Inheritance found = read();
            assertThat(found.jobs()).hasSize(2);
            assertThat(found.bundles()).containsOnlyKeys(hash);
            assertThat(found.code().known(hash(bytes)).file(hash(bytes)).orElseThrow()).hasBinaryContent(bytes);
            found.code().close();
            writer.dropCode(List.of(hash, "other"));
        }
        assertThat(journal.jobs()).containsExactly("1", "2");
        assertThat(read().jobs()).as("without their code").isEmpty();
    }

    @Test
    void whatIsDamagedIsLeftOut_andNothingElse() {
        byte[] bytes = code();
        String hash = hash(bytes).hex();
        try (IncomingCode client = new IncomingCode(store); BackgroundJournal writer = open(PLENTY)) {
            send(client, bytes);
            writer.begin(1, spec(), stored::incrementAndGet);
            writer.begin(2, spec(), stored::incrementAndGet);
            writer.begin(3, spec(hash), stored::incrementAndGet);
        }
        journal.put("2", new byte[] {1, 2, 3});
        journal.put("no number", journal.read("1").facts().getFirst());
        List<byte[]> pieces = journal.read("code." + hash).facts();
        journal.put("code." + hash, pieces.getFirst(), pieces.getLast());
        Inheritance found = read();
        assertThat(found.jobs()).extracting(JournalledJob::id).containsExactly(1L);
        assertThat(found.useless()).containsExactlyInAnyOrder("2", "no number", "3", "code." + hash);
        assertThat(found.code().bundles()).allMatch(of -> found.code().known(of).file(of).isEmpty());
        found.code().close();

        new BackgroundJournal(journal, store, PLENTY, found).close();
        assertThat(journal.jobs()).containsExactly("1");
    }
}
