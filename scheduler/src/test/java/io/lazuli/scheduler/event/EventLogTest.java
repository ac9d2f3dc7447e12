package io.lazuli.scheduler.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.EngineEvent.JobSubmitted;
import io.lazuli.scheduler.event.JobDescription.Input;
import io.lazuli.scheduler.event.JobDescription.LayerDescription;
import io.lazuli.scheduler.event.JobDescription.Pattern;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    static final Instant OPENED = Instant.parse("2026-11-21T10:15:30.123456789Z");
    private static final Pattern[] PATTERNS = Pattern.values();

    @TempDir
    Path directory;

    private static EventBlock block(long sequence, Random random) {
        TransitionBuffer buffer = new TransitionBuffer();
        Map<Long, JobDescription> jobs = new HashMap<>();
        Map<Long, String> failures = new HashMap<>();
        buffer.open(0);
        for (int i = random.nextInt(6); i >= 0; i--) {
            long job = 10 * sequence + i;
            buffer.at(random.nextLong(1L << 50));
            switch (random.nextInt(6)) {
                case 0 -> {
                    jobs.put(job, job(job, random));
                    buffer.jobSubmitted(job, random.nextInt(1_000), random.nextInt(-1, 5));
                }
                case 1 -> {
                    failures.put(job, "Größe \u4e2d \ud83d\ude80 " + random.nextInt());
                    buffer.jobFailed(job);
                }
                case 2 -> buffer.jobFinished(job, JobProgress.State.FAILED);
                case 3 -> buffer.resultsSpilled(
                        job, random.nextLong(), random.nextLong(), random.nextLong());
                case 4 -> buffer.workerSampled(
                        random.nextInt(100), random.nextInt(), random.nextInt(), random.nextLong(), random.nextLong(),
                        random.nextLong(), random.nextLong(), -1, random.nextLong(), random.nextLong());
                default -> buffer.workerJoined(random.nextInt(100), 4);
            }
        }
        return new EventBlock(sequence, buffer.take(), jobs, failures);
    }

    private static JobDescription job(long id, Random random) {
        List<LayerDescription> layers = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            List<Input> inputs = new ArrayList<>();
            for (int d = random.nextInt(3); d > 0; d--) {
                inputs.add(new Input(layers.size(), PATTERNS[random.nextInt(PATTERNS.length)], random.nextInt(17)));
            }
            layers.add(new LayerDescription(
                    new Token(random.nextLong(), random.nextLong()), "läyer " + i, random.nextInt(), random.nextInt(99),
                    random.nextBoolean(), inputs));
        }
        return new JobDescription(id, random.nextLong(), random.nextBoolean() ? "" : "job " + id, random.nextInt(),
                layers);
    }

    static List<EventBlock> blocks(long seed, int count) {
        Random random = new Random(seed);
        List<EventBlock> blocks = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            blocks.add(block(i, random));
        }
        return blocks;
    }

    static List<List<EngineEvent>> events(List<EventBlock> blocks) {
        return blocks.stream().map(EventBlock::events).toList();
    }

    static EventBlock end(long sequence) {
        return new EventBlock(sequence, new long[] {TransitionBuffer.ENGINE_CLOSED}, Map.of(), Map.of());
    }

    static Path write(Path file, List<EventBlock> blocks) {
        EventLog log = EventLog.create(file, OPENED);
        blocks.forEach(log::accept);
        log.end();
        assertThat(file).hasSize(log.byteCount());
        return file;
    }

    @Test
    void blockLargerThanAPiece_isReadToo() {
        long[] words = new long[300_000];
        Arrays.setAll(words, i -> TransitionBuffer.CLOCK | (long) i << 8);
        List<EventBlock> blocks = List.of(
                new EventBlock(1, words, Map.of(), Map.of()), end(2));
        Path file = write(directory.resolve("log"), blocks);
        List<EventBlock> read = new ArrayList<>();
        Replay.of(file).to(read::add);
        assertThat(read.getFirst().words()).isEqualTo(words);
    }

    @Test
    void aLogCutAnywhere_isReadUpToItsLastWholeBlock() throws IOException {
        List<EventBlock> blocks = blocks(5, 6);
        blocks.add(end(7));
        byte[] whole = Files.readAllBytes(write(directory.resolve("log"), blocks));
        List<Long> ends = new ArrayList<>();
        long end = LogFormat.HEADER_BYTES;
        for (EventBlock block : blocks) {
            end += LogFormat.frameBytes(block, LogFormat.describe(block));
            ends.add(end);
        }
        for (int length = LogFormat.HEADER_BYTES; length <= whole.length; length++) {
            Path file = Files.write(directory.resolve("cut"), Arrays.copyOf(whole, length));
            long limit = length;
            int wholeBlocks = (int) ends.stream().filter(e -> e <= limit).count();
            long start = wholeBlocks == 0 ? LogFormat.HEADER_BYTES : ends.get(wholeBlocks - 1);
            List<EventBlock> read = new ArrayList<>();
            assertThat(Replay.of(file).to(read::add)).as("cut at %d", length)
                    .isEqualTo(
                            new Replay.Outcome(wholeBlocks, length == whole.length, length - start, Optional.empty()));
            assertThat(events(read)).isEqualTo(events(blocks.subList(0, wholeBlocks)));
        }
    }

    @Test
    void aLogWithZerosForItsTail_isReadUpToThem() throws IOException {
        byte[] whole = Files.readAllBytes(write(directory.resolve("log"), blocks(6, 3)));
        Path file = Files.write(directory.resolve("zeros"), Arrays.copyOf(whole, whole.length + 100_000));
        assertThat(Replay.of(file).to()).isEqualTo(new Replay.Outcome(3, false, 100_000, Optional.empty()));
    }

    @Test
    void anyFlippedByte_isFound() throws IOException {
        byte[] whole = Files.readAllBytes(write(directory.resolve("log"), blocks(7, 4)));
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            Path file = Files.write(directory.resolve("flipped"), flipped);
            assertThatThrownBy(() -> Replay.of(file).to(_ -> {})).as("byte %d", i)
                    .isInstanceOfSatisfying(LazuliException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.DATA);
                        assertThat(e).hasMessageContaining(file.toString());
                    });
        }
    }

    @Test
    void whatComesBeforeTheDamage_isPassedOn() throws IOException {
        byte[] whole = Files.readAllBytes(write(directory.resolve("log"), blocks(8, 9)));
        whole[whole.length - 1] ^= 1;
        Path file = Files.write(directory.resolve("damaged"), whole);
        List<EventBlock> read = new ArrayList<>();
        List<Boolean> ends = new ArrayList<>();
        EventSubscriber reader = new EventSubscriber() {
            @Override
            public void accept(EventBlock block) {
                read.add(block);
            }

            @Override
            public void end() {
                ends.add(true);
            }
        };
        assertThatThrownBy(() -> Replay.of(file).to(reader)).hasMessageContaining("is damaged at byte");
        assertThat(read).hasSize(8);
        assertThat(ends).hasSize(1);
    }

    @Test
    void wellFormedNonsense_isRefused() throws IOException {
        List<long[]> nonsense = List.of(
                new long[] {31, 1},
                new long[] {0},
                new long[] {7 | 200 << 8, 1},
                new long[] {63},
                new long[] {TransitionBuffer.JOB_FINISHED | 9 << 8, 1},
                new long[] {TransitionBuffer.JOB_SUBMITTED, 77, 0},
                new long[] {TransitionBuffer.JOB_FAILED, 77});
        for (long[] words : nonsense) {
            Path file = write(directory.resolve("log"), List.of(new EventBlock(1, words, Map.of(), Map.of())));
            assertThatThrownBy(() -> Replay.of(file).to()).as(Arrays.toString(words))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA));
        }
    }

    @Test
    void foreignFiles_areRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "a text that is long enough to hold a header");
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThatThrownBy(() -> Replay.of(text)).hasMessage(
                "File %s is no event log: it starts with the bytes 61 20 74 65 78 74 20 74, expected 1a 0a 4c 5a 2d 4c 4f 47. Name a file that lazuli.event-log wrote.",
                text);
        assertThatThrownBy(() -> Replay.of(empty)).hasMessage(
                "File %s is no event log: it has 0 bytes, and a header has 28. Name a file that lazuli.event-log wrote.",
                empty);
        assertThatThrownBy(() -> Replay.of(directory.resolve("none")))
                .isInstanceOfSatisfying(LazuliException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE));
    }

    private static byte[] headerOfVersion(int version) {
        ByteBuffer header = LogFormat.header(OPENED);
        header.putInt(8, version);
        CRC32C checksum = new CRC32C();
        checksum.update(header.duplicate().limit(LogFormat.HEADER_BYTES - 4));
        header.putInt(LogFormat.HEADER_BYTES - 4, (int) checksum.getValue());
        return header.array();
    }

    /// A log of the version before, which had no samples: else the same bytes.
    @Test
    void aLogOfTheVersionBefore_isRead() throws IOException {
        List<EventBlock> blocks = blocks(8, 300).stream()
                .filter(block -> block.events().stream().noneMatch(e -> e instanceof EngineEvent.WorkerSampled))
                .toList();
        List<EventBlock> numbered = new ArrayList<>();
        blocks.forEach(b -> numbered.add(new EventBlock(numbered.size() + 1, b.words(), b.jobs(), b.failures())));
        byte[] bytes = Files.readAllBytes(write(directory.resolve("log"), numbered));
        System.arraycopy(headerOfVersion(2), 0, bytes, 0, LogFormat.HEADER_BYTES);
        List<EventBlock> read = new ArrayList<>();
        Replay.of(Files.write(directory.resolve("old"), bytes)).to(read::add);
        assertThat(events(read)).hasSizeGreaterThan(50).isEqualTo(events(numbered));
    }

    @Test
    void aLogOfAnotherVersion_isNotMisread() throws IOException {
        Path tooOld = Files.write(directory.resolve("older"), headerOfVersion(1));
        assertThatThrownBy(() -> Replay.of(tooOld)).hasMessageContaining("is of version 1, expected");
        Path file = Files.write(directory.resolve("newer"), headerOfVersion(LogFormat.VERSION + 1));
        assertThatThrownBy(() -> Replay.of(file)).hasMessage(
                "Event log %s is of version %d, expected %d. Replay it with the release of Lazuli that wrote it.", file,
                LogFormat.VERSION + 1, LogFormat.VERSION);
    }

    @Test
    void blocksThatDoNotFollowEachOther_areFound() {
        List<EventBlock> blocks = blocks(9, 5);
        long offset = LogFormat.HEADER_BYTES
                + blocks.subList(0, 2).stream().mapToLong(b -> LogFormat.frameBytes(b, LogFormat.describe(b))).sum();
        blocks.remove(2);
        Path file = write(directory.resolve("log"), blocks);
        List<EventBlock> read = new ArrayList<>();
        assertThatThrownBy(() -> Replay.of(file).to(read::add)).hasMessage(
                "Event log %s is damaged at byte %,d: block 4 follows block 2. What comes before was read; copy the file again from where it was written.",
                file, offset);
        assertThat(read).hasSize(2);
    }

    @Test
    void aDiskThatFillsUp_endsTheLogWithTheReason_whereverItDoes() throws IOException {
        List<EventBlock> blocks = blocks(12, 40);
        long whole = write(directory.resolve("log"), blocks).toFile().length();
        for (long room = LogFormat.HEADER_BYTES; room < whole; room++) {
            Path file = directory.resolve("full");
            EventLog log = new EventLog(file, new FullDiskLogFile(file, room, 0), OPENED);
            int[] accepted = {0};
            assertThatThrownBy(() -> {
                for (EventBlock block : blocks) {
                    log.accept(block);
                    log.pause();
                    accepted[0]++;
                }
            }).isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE));
            log.end();
            List<EventBlock> read = new ArrayList<>();
            Replay.Outcome outcome = Replay.of(file).to(read::add);
            assertThat(outcome.isComplete()).isFalse();
            assertThat(outcome.blockCount()).isEqualTo(accepted[0]);
            assertThat(events(read)).isEqualTo(events(blocks.subList(0, accepted[0])));
            assertThat(outcome.gap().orElseThrow())
                    .startsWith(outcome.endReason().isPresent() ? "The log is incomplete" : "The log ends after");
            outcome.endReason().ifPresent(reason -> assertThat(reason).isEqualTo("No space left on device"));
        }
    }

    @Test
    void aLogThatCannotBeOpened_isATypedError() {
        assertThatThrownBy(() -> EventLog.create(directory, OPENED))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                .hasMessageContaining("Cannot write to event log " + directory + " after 0 bytes");
    }

    @Test
    void aGapThatIsTold_isNoDamage() {
        TransitionBuffer buffer = new TransitionBuffer();
        buffer.open(0);
        buffer.gap(6, 60);
        EventBlock gap = new EventBlock(9, buffer.take(), Map.of(), Map.of());
        List<EventBlock> blocks = new ArrayList<>(blocks(5, 2));
        blocks.addAll(List.of(gap, end(10)));
        List<EventBlock> read = new ArrayList<>();
        assertThat(Replay.of(write(directory.resolve("log"), blocks)).to(read::add).isComplete()).isTrue();
        assertThat(events(read)).isEqualTo(events(blocks));
    }

    /// The version must go up with any of these codes: an old log would be read as something else.
    @Test
    void codes_areThoseOfThisVersion() {
        assertThat(LogFormat.VERSION).isEqualTo(5);
        assertThat(Arrays.toString(TaskTransition.values()))
                .isEqualTo(
                        "[SATISFIED, HELD, SKIPPED, ASSIGNED, RETURNED, REVOKED, RETRIED, STALLED, EXPANDED, RESTARTED, FINISHED, FAILED, LOST, REVIVED, RELEASED, ABANDONED]");
        assertThat(Arrays.toString(TaskStatus.values()))
                .isEqualTo("[WAITING, READY, LEASED, EXPANDED, IN_MEMORY, RELEASED, FAILED, DROPPED]");
        assertThat(Arrays.toString(PATTERNS)).isEqualTo("[ONE_TO_ONE, BROADCAST, EXCHANGE, TREE, EXPLICIT]");
    }

    @Test
    void submittedJob_isDescribedInItsBlock() {
        EventBlock block = blocks(11, 200).stream().filter(b -> !b.jobs().isEmpty()).findFirst().orElseThrow();
        assertThat(block.events())
                .filteredOn(event -> event instanceof JobSubmitted)
                .extracting(event -> ((JobSubmitted) event).job())
                .containsExactlyInAnyOrderElementsOf(block.jobs().values());
    }
}
