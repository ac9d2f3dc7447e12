package io.lazuli.scheduler.event;

import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.event.JobDescription.Input;
import io.lazuli.scheduler.event.JobDescription.LayerDescription;
import io.lazuli.scheduler.event.JobDescription.Pattern;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// The bytes of an event log: a header, then blocks. Little endian; the checksums are CRC-32C.
///
/// ```
///   header   magic (8), version (4), seconds (8) and nanos (4) of when the engine was opened, checksum of these (4)
///   block    magic (4), payload bytes (4), payload checksum (4), checksum of these (4)
///            payload: sequence (8), words (4), words, then jobs, failures, and since version 4 workers, departures and attempts that failed
///   end      as a block with another magic; the payload says in UTF-8 why the log ends before its engine
/// ```
final class LogFormat {
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final int HEADER_BYTES = 28;
    static final int FRAME_BYTES = 16;
    /// Changes with every code in [TransitionBuffer], [TaskTransition] and [TaskStatus], and with the layout.
    static final int VERSION = 5;
    /// The oldest that is read too: later ones only added to it.
    static final int OLDEST_VERSION = 2;
    private static final long MAGIC = 0x474f4c2d5a4c0a1aL;
    private static final int BLOCK_MAGIC = 0x4b4c4245;
    private static final int END_MAGIC = 0x444e4545;
    /// No jobs, no failures, no workers, no departures, no attempts that failed.
    private static final byte[] NOTHING_DESCRIBED = new byte[5 * Integer.BYTES];
    private static final int PAYLOAD_START = 12;
    private static final int STATE_COUNT = JobProgress.State.values().length;
    private static final Pattern[] PATTERNS = Pattern.values();

    private LogFormat() {}

    static ByteBuffer header(Instant opened) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ORDER);
        header.putLong(MAGIC).putInt(VERSION).putLong(opened.getEpochSecond()).putInt(opened.getNano());
        return header.putInt(checksum(header, 0, header.position())).flip();
    }

    /// When the engine was opened, from the header of `file`.
    ///
    /// **Errors.** DATA if it is none, or of another version.
    static Instant opened(Path file, ByteBuffer header) {
        if (header.getLong() != MAGIC) {
            throw Errors.noEventLog(file, "it starts with the bytes " + HexFormat.ofDelimiter(" ")
                    .formatHex(header.array(), 0, Long.BYTES) + ", expected "
                    + HexFormat.ofDelimiter(" ").formatHex(header(Instant.EPOCH).array(), 0, Long.BYTES));
        }
        if (checksum(header, 0, HEADER_BYTES - 4) != header.getInt(HEADER_BYTES - 4)) {
            throw Errors.eventLogDamaged(file, 0, "the header does not match its checksum");
        }
        int version = header.getInt();
        if (version < OLDEST_VERSION || version > VERSION) {
            throw Errors.eventLogVersion(file, version, VERSION);
        }
        return Instant.ofEpochSecond(header.getLong(), header.getInt());
    }

    /// What [#putBlock] will take.
    static int frameBytes(EventBlock block, byte[] described) {
        return FRAME_BYTES + PAYLOAD_START + 8 * block.wordCount() + described.length;
    }

    /// Appends a whole block with its frame.
    ///
    /// @param described by [#describe]
    static void putBlock(EventBlock block, byte[] described, ByteBuffer into) {
        int start = into.position();
        into.position(start + FRAME_BYTES).putLong(block.sequence()).putInt(block.wordCount());
        into.slice().order(ORDER).asLongBuffer().put(block.words());
        into.position(into.position() + 8 * block.wordCount()).put(described);
        putFrame(BLOCK_MAGIC, start, into);
    }

    /// A whole block with its frame.
    static byte[] bytes(EventBlock block) {
        byte[] described = describe(block);
        ByteBuffer bytes = ByteBuffer.allocate(frameBytes(block, described)).order(ORDER);
        putBlock(block, described, bytes);
        return bytes.array();
    }

    /// The end of a log that is given up, with its frame.
    static ByteBuffer endMark(String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        ByteBuffer mark = ByteBuffer.allocate(FRAME_BYTES + text.length).order(ORDER);
        mark.position(FRAME_BYTES).put(text);
        putFrame(END_MAGIC, 0, mark);
        return mark.flip();
    }

    /// Writes the frame at `start` whose payload ends at the buffer's position.
    private static void putFrame(int magic, int start, ByteBuffer into) {
        int length = into.position() - start - FRAME_BYTES;
        into.putInt(start, magic).putInt(start + 4, length);
        into.putInt(start + 8, checksum(into, start + FRAME_BYTES, length));
        into.putInt(start + 12, checksum(into, start, FRAME_BYTES - 4));
    }

    /// Length of the payload that follows. Errors: IllegalArgumentException if this is no frame.
    static int payloadBytes(ByteBuffer frame) {
        int magic = frame.getInt(0);
        require(magic == BLOCK_MAGIC || magic == END_MAGIC, "no block starts there");
        require(checksum(frame, 0, 12) == frame.getInt(12), "the frame of a block does not match its checksum");
        return frame.getInt(4);
    }

    /// Why the log was given up, if this is what the frame is about. Errors: IllegalArgumentException if the payload is not what
    /// was written.
    static Optional<String> endReason(ByteBuffer frame, ByteBuffer payload) {
        require(checksum(payload, 0, payload.limit()) == frame.getInt(8), "a block does not match its checksum");
        return frame.getInt(0) == END_MAGIC
                ? Optional.of(StandardCharsets.UTF_8.decode(payload).toString())
                : Optional.empty();
    }

    /// What [#bytes] gave. Errors: IllegalArgumentException if it did not.
    static EventBlock block(byte[] bytes) {
        require(bytes.length >= FRAME_BYTES, "a block of " + bytes.length + " bytes");
        ByteBuffer frame = ByteBuffer.wrap(bytes, 0, FRAME_BYTES).slice().order(ORDER);
        ByteBuffer payload = ByteBuffer.wrap(bytes, FRAME_BYTES, bytes.length - FRAME_BYTES).slice().order(ORDER);
        require(payloadBytes(frame) == payload.limit(), "a block that is longer or shorter than it says");
        require(endReason(frame, payload).isEmpty(), "the end of a log in place of a block");
        return block(payload);
    }

    /// Errors: IllegalArgumentException if the payload is not that of a block.
    static EventBlock block(ByteBuffer payload) {
        require(payload.limit() >= PAYLOAD_START, "a block of " + payload.limit() + " bytes");
        long sequence = payload.getLong();
        int count = payload.getInt();
        require(count >= 0 && count <= payload.remaining() / 8, "a block of " + count + " words");
        long[] words = new long[count];
        payload.asLongBuffer().get(words);
        payload.position(payload.position() + 8 * count);
        byte[] described = new byte[payload.remaining()];
        payload.get(described);
        Map<Long, JobDescription> jobs = new LinkedHashMap<>();
        Map<Long, String> failures = new LinkedHashMap<>();
        Map<Integer, WorkerDescription> workers = new LinkedHashMap<>();
        Map<Integer, String> departures = new LinkedHashMap<>();
        List<AttemptFailure> attemptFailures = new ArrayList<>();
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(described));
            readJobs(in, jobs, failures);
            if (in.available() > 0) {
                readWorkers(in, workers, departures);
                readAttemptFailures(in, attemptFailures);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the jobs and workers of a block cannot be read", e);
        }
        EventBlock block = new EventBlock(sequence, words, jobs, failures, workers, departures, attemptFailures);
        check(block);
        return block;
    }

    /// Errors: IllegalArgumentException if an entry is not one that [EventCursor] can decode.
    private static void check(EventBlock block) {
        long[] words = block.words();
        int at = 0;
        while (at < words.length) {
            int length = TransitionBuffer.length(words[at]);
            require(length > 0 && length <= words.length - at, "an entry that is none");
            require(isEntry(block, at), "an entry with an unknown code");
            at += length;
        }
    }

    private static boolean isEntry(EventBlock block, int at) {
        long[] words = block.words();
        int code = (int) words[at] & TransitionBuffer.CODE;
        int small = (int) (words[at] >>> 8) & 0xff;
        return switch (code) {
            case TransitionBuffer.JOB_SUBMITTED -> block.jobs().containsKey(words[at + 1]);
            case TransitionBuffer.JOB_FAILED -> block.failures().containsKey(words[at + 1]);
            case TransitionBuffer.JOB_FINISHED -> small < STATE_COUNT;
            default -> code >= TransitionBuffer.CLOCK
                    || TaskTransition.isCode(code) && TaskStatus.isCode(small & TransitionBuffer.FROM);
        };
    }

    private static int checksum(ByteBuffer bytes, int start, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate().clear().position(start).limit(start + length));
        return (int) checksum.getValue();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /// The jobs, failures, workers, departures and attempts that failed of a block.
    static byte[] describe(EventBlock block) {
        if (block.jobs().isEmpty() && block.failures().isEmpty() && block.workers().isEmpty()
                && block.departures().isEmpty() && block.attemptFailures().isEmpty()) {
            return NOTHING_DESCRIBED;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeInt(block.jobs().size());
            for (JobDescription job : new TreeMap<>(block.jobs()).values()) {
                write(out, job);
            }
            out.writeInt(block.failures().size());
            for (Map.Entry<Long, String> failure : new TreeMap<>(block.failures()).entrySet()) {
                out.writeLong(failure.getKey());
                write(out, failure.getValue());
            }
            out.writeInt(block.workers().size());
            for (Map.Entry<Integer, WorkerDescription> worker : new TreeMap<>(block.workers()).entrySet()) {
                out.writeInt(worker.getKey());
                write(out, worker.getValue().name());
                write(out, worker.getValue().host());
                out.writeLong(worker.getValue().processId());
            }
            out.writeInt(block.departures().size());
            for (Map.Entry<Integer, String> departure : new TreeMap<>(block.departures()).entrySet()) {
                out.writeInt(departure.getKey());
                write(out, departure.getValue());
            }
            out.writeInt(block.attemptFailures().size());
            for (AttemptFailure failure : block.attemptFailures()) {
                out.writeInt(failure.task());
                write(out, failure.reason());
            }
        } catch (IOException e) {
            throw new IllegalStateException("an array takes all bytes", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, JobDescription job) throws IOException {
        out.writeLong(job.id());
        out.writeLong(job.parent());
        write(out, job.name());
        out.writeInt(job.priority());
        out.writeInt(job.layers().size());
        for (LayerDescription layer : job.layers()) {
            out.writeLong(layer.token().high());
            out.writeLong(layer.token().low());
            write(out, layer.label());
            out.writeInt(layer.firstTask());
            out.writeInt(layer.taskCount());
            out.writeBoolean(layer.isHeld());
            out.writeInt(layer.inputs().size());
            for (Input input : layer.inputs()) {
                out.writeInt(input.layer());
                out.writeByte(input.pattern().ordinal());
                out.writeInt(input.fanIn());
            }
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void readJobs(DataInputStream in, Map<Long, JobDescription> jobs, Map<Long, String> failures)
            throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            JobDescription job = readJob(in);
            jobs.put(job.id(), job);
        }
        for (int left = in.readInt(); left > 0; left--) {
            failures.put(in.readLong(), readText(in));
        }
    }

    private static void readWorkers(
            DataInputStream in, Map<Integer, WorkerDescription> workers, Map<Integer, String> departures)
            throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            workers.put(in.readInt(), new WorkerDescription(readText(in), readText(in), in.readLong()));
        }
        for (int left = in.readInt(); left > 0; left--) {
            departures.put(in.readInt(), readText(in));
        }
    }

    private static void readAttemptFailures(DataInputStream in, List<AttemptFailure> failures) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            failures.add(new AttemptFailure(in.readInt(), readText(in)));
        }
    }

    private static JobDescription readJob(DataInputStream in) throws IOException {
        long id = in.readLong();
        long parent = in.readLong();
        String name = readText(in);
        int priority = in.readInt();
        List<LayerDescription> layers = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            layers.add(readLayer(in));
        }
        return new JobDescription(id, parent, name, priority, layers);
    }

    private static LayerDescription readLayer(DataInputStream in) throws IOException {
        Token token = new Token(in.readLong(), in.readLong());
        String label = readText(in);
        int firstTask = in.readInt();
        int taskCount = in.readInt();
        boolean held = in.readBoolean();
        List<Input> inputs = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            int layer = in.readInt();
            int pattern = in.readUnsignedByte();
            require(pattern < PATTERNS.length, "a pattern that is none");
            inputs.add(new Input(layer, PATTERNS[pattern], in.readInt()));
        }
        return new LayerDescription(token, label, firstTask, taskCount, held, inputs);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        require(length >= 0 && length <= in.available(), "a text of " + length + " bytes");
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
