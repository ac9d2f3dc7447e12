package io.lazuli.scheduler.internal;

import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.nio.file.Path;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Every message of this module.
public final class Errors {
    private Errors() {}

    /// A task failed: says which, and keeps what it threw as the cause.
    public static LazuliException taskFailed(Layer layer, Key key, int attempt, Throwable cause) {
        String what = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        String hint =
                switch (cause) {
                    case OutOfMemoryError _ -> " The Java heap is full: raise -Xmx, or use more partitions.";
                    case StackOverflowError _ -> " The operation recursed too deep.";
                    default -> "";
                };
        return new LazuliException(
                code(cause),
                "Operation %s failed in task %s of layer '%s' (attempt %d of partition %d): %s%s"
                        .formatted(layer.operation().name(), key, layer.label(), attempt + 1, key.partition(), what,
                                hint),
                cause);
    }

    private static ErrorCode code(Throwable cause) {
        return switch (cause) {
            case LazuliException typed -> typed.code();
            case OutOfMemoryError _ -> ErrorCode.RESOURCE;
            default -> ErrorCode.INTERNAL;
        };
    }

    public static LazuliException nullResult() {
        return internal("it returned null instead of a block.");
    }

    public static LazuliException wrongSliceCount(int found, int expected, String consumer) {
        return internal(
                "it returned a block of %d slices, but layer '%s' exchanges it into %d partitions. Cut it with Block.partitioned."
                        .formatted(found, consumer, expected));
    }

    public static LazuliException rowsLost(String layer, long produced, long taken) {
        return internal(
                "Layer '%s' took %,d rows from its exchange, but its producers made %,d. Rows must be conserved; please report this."
                        .formatted(layer, taken, produced));
    }

    public static LazuliException cancelled(String job) {
        return new LazuliException(ErrorCode.CANCELLED, "Job '%s' was cancelled.".formatted(job));
    }

    public static LazuliException interrupted(String job) {
        return new LazuliException(
                ErrorCode.CANCELLED,
                "The thread that waited for job '%s' was interrupted; the job goes on.".formatted(job));
    }

    public static LazuliException engineBroken(Throwable cause) {
        return new LazuliException(
                ErrorCode.INTERNAL,
                "The engine met a defect of its own and stopped: " + cause.getMessage() + " Please report this.",
                cause);
    }

    public static LazuliException engineClosed() {
        return new LazuliException(ErrorCode.USER,
                "The engine is closed. Open a new one, or close it after its last job.");
    }

    public static LazuliException notHeld(Token token, Collection<Token> held) {
        return new LazuliException(
                ErrorCode.USER,
                "This engine does not hold %s. Persist it on this engine, and close it after its last use. Held are: %s."
                        .formatted(token, held));
    }

    public static LazuliException heldDiffers(Token token, int found, int expected) {
        return new LazuliException(
                ErrorCode.USER,
                "Persisted %s has %d partitions, but the graph expects %d.".formatted(token, found, expected));
    }

    public static LazuliException cannotSpill(Path directory, long bytes, Throwable cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Cannot spill %,d bytes to %s: %s. Free space there, or set lazuli.spill-directory to a directory that is writable and large enough."
                        .formatted(bytes, directory, cause.getMessage()),
                cause);
    }

    public static LazuliException spillLost(Path file, Key key, String why, @Nullable Throwable cause) {
        return new LazuliException(
                ErrorCode.DATA,
                "Result %s was spilled to %s and cannot be read back: %s. Check that disk, and that nothing else writes there; then run the job again."
                        .formatted(key, file, why),
                cause);
    }

    public static LazuliException memoryLimitTooSmall(long limit, long heap, long overhead, long least) {
        return new LazuliException(
                ErrorCode.USER,
                "Memory limit of %,d bytes leaves %,d for data after %,d of Java heap and %,d of JVM overhead; at least %,d are needed. Raise lazuli.memory-limit to %,d, or lower -Xmx."
                        .formatted(limit, limit - heap - overhead, heap, overhead, least, heap + overhead + least));
    }

    public static LazuliException cannotLog(Path file, long bytes, Throwable cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Cannot write to event log %s after %,d bytes: %s. Free space there, or set lazuli.event-log to a file that can be written."
                        .formatted(file, bytes, cause),
                cause);
    }

    public static LazuliException cannotReadLog(Path file, Throwable cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Cannot read event log %s: %s. Check that the file exists and can be read.".formatted(file, cause),
                cause);
    }

    public static LazuliException noEventLog(Path file, String why) {
        return new LazuliException(
                ErrorCode.DATA,
                "File %s is no event log of this version: %s. Name a file that lazuli.event-log wrote.".formatted(file,
                        why));
    }

    public static LazuliException eventLogDamaged(Path file, long offset, String why) {
        return new LazuliException(
                ErrorCode.DATA,
                "Event log %s is damaged at byte %,d: %s. What comes before was read; copy the file again from where it was written."
                        .formatted(file, offset, why));
    }

    public static LazuliException badSetting(String name, String value, String expected) {
        return new LazuliException(ErrorCode.USER, "Setting %s is '%s', expected %s.".formatted(name, value, expected));
    }

    private static LazuliException internal(String message) {
        return new LazuliException(ErrorCode.INTERNAL, message);
    }
}
