package io.lazuli.scheduler.internal;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.FunctionFailedException;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every message of this module.
public final class Errors {
    private Errors() {}

    /// A task failed: says which, and keeps what it threw as the cause.
    ///
    /// @param count how often it has failed so far, this time included
    public static LazuliException taskFailed(Layer layer, Key key, int count, Throwable cause) {
        String what = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        String hint =
                switch (cause) {
                    case OutOfMemoryError _ -> " The Java heap is full: raise -Xmx, or use more partitions.";
                    case StackOverflowError _ -> " The operation recursed too deep.";
                    default -> "";
                };
        return new LazuliException(
                code(layer, cause),
                "Operation %s failed in task %s of layer '%s' (attempt %d of partition %d): %s%s"
                        .formatted(layer.operation().nameOf(key.partition()), key, layer.label(), count,
                                key.partition(), what,
                                hint),
                FunctionFailedException.thrown(cause));
    }

    private static ErrorCode code(Layer layer, Throwable cause) {
        return switch (cause) {
            case LazuliException typed -> typed.code();
            case FunctionFailedException _ -> ErrorCode.USER;
            case OutOfMemoryError _ -> ErrorCode.RESOURCE;
            default -> layer.operation().runsUserCode() ? ErrorCode.USER : ErrorCode.INTERNAL;
        };
    }

    public static LazuliException timedOut(Duration limit) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "it took longer than its timeout of %s. Raise the timeout, or give each task less to do."
                        .formatted(limit));
    }

    /// Its thread was given up.
    public static LazuliException abandoned(LazuliException reason) {
        return new LazuliException(
                reason.code(),
                reason.getMessage()
                        + " It did not end when it was interrupted, so its thread was given up and what it holds is lost until it ends: check TaskContext.checkCancelled, or let interrupts through.",
                reason);
    }

    public static LazuliException threadLost() {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "it waited for other tasks, and its thread, which helped to run them, was given up at one that did not end. See why that one did not.");
    }

    public static LazuliException unrunnable(Layer layer, WorkerProfile worker) {
        return new LazuliException(
                ErrorCode.USER,
                "No worker may run layer '%s': it asks for resources %s and workers %s, and there is one worker with resources %s and labels %s. Start such a worker, or change the layer's annotations."
                        .formatted(
                                layer.label(), layer.annotations().resources(), layer.annotations().workers(),
                                worker.resources(), worker.labels()));
    }

    public static LazuliException heldLost(String job) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "A task of job '%s' expanded to a graph that starts from a result which is gone by now. Let the task read all that its graph starts from."
                        .formatted(job));
    }

    /// @param cause what was found when the result was to be read
    public static LazuliException unreadable(String layer, Key key, int losses, @Nullable Throwable cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "The result of task %s of layer '%s' was made %d times and could not be read back once%s. Check the disk that spill files are on. If only results of a class of yours are lost, see whether an object of it can be written and read: ValueCodec tells."
                        .formatted(key, layer, losses, cause == null ? "" : ", at last because " + cause.getMessage()),
                cause);
    }

    public static LazuliException expansionStartsElsewhere(Token token, int count, List<Dependency> inputs) {
        return new LazuliException(
                ErrorCode.USER,
                "it expanded to a graph that starts from %s with %d partitions, which is none of its inputs. It may start from: %s."
                        .formatted(token, count, inputs));
    }

    public static LazuliException expansionIsExchanged() {
        return internal("it expanded to a graph, but its result is exchanged. Put a layer between that cuts it.");
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

    public static LazuliException sliceLost(String layer, int slice, long produced, long taken) {
        return internal(
                "Layer '%s' took %,d rows from slice %,d of its exchange, but its producers put %,d there. Rows must be conserved; please report this."
                        .formatted(layer, taken, slice, produced));
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

    public static LazuliException spillLimitReached(Path directory, long bytes, long used, long limit) {
        return resource(
                "Cannot spill %,d bytes to %s: %,d of the %,d bytes that lazuli.spill-limit allows are in use. Raise it, raise the memory limit, or use more partitions."
                        .formatted(bytes, directory, used, limit));
    }

    public static LazuliException spillDiskFull(Path directory, long bytes, long free, long rest) {
        return resource(
                "Cannot spill %,d bytes to %s: that disk has %,d bytes free, of which %,d are left to others. Free space there, or set lazuli.spill-directory to a directory that is large enough."
                        .formatted(bytes, directory, free, rest));
    }

    /// Values that stay on the heap whatever happens have outgrown their budget. `hint` is one more thing to do, or empty.
    public static LazuliException heapBudgetExceeded(Key key, String type, long bytes, long kept, long budget,
            String hint) {
        return resource(
                "Result %s (%s, about %,d bytes) cannot be kept: results that cannot be spilled would take %,d bytes of the Java heap, and the budget is %,d. Return smaller results%s, or raise -Xmx or lazuli.heap-budget."
                        .formatted(key, type, bytes, kept, budget, hint));
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
                "Cannot write to event log %s after %,d bytes: %s. The log ends there, jobs go on. Free space, or set lazuli.event-log to a file that can be written."
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
                "File %s is no event log: %s. Name a file that lazuli.event-log wrote.".formatted(file, why));
    }

    public static LazuliException eventLogVersion(Path file, int version, int expected) {
        return new LazuliException(
                ErrorCode.DATA,
                "Event log %s is of version %d, expected %d. Replay it with the release of Lazuli that wrote it."
                        .formatted(file, version, expected));
    }

    public static LazuliException eventLogDamaged(Path file, long offset, String why) {
        return new LazuliException(
                ErrorCode.DATA,
                "Event log %s is damaged at byte %,d: %s. What comes before was read; copy the file again from where it was written."
                        .formatted(file, offset, why));
    }

    public static LazuliException noViewer(String address) {
        return new LazuliException(
                ErrorCode.USER,
                "Setting lazuli.dashboard is '%s', but nothing on the class path shows engines. Add io.lazuli:lazuli-dashboard, or unset it."
                        .formatted(address));
    }

    public static LazuliException badSetting(String name, String value, String expected) {
        return new LazuliException(ErrorCode.USER, "Setting %s is '%s', expected %s.".formatted(name, value, expected));
    }

    private static LazuliException resource(String message) {
        return new LazuliException(ErrorCode.RESOURCE, message);
    }

    private static LazuliException internal(String message) {
        return new LazuliException(ErrorCode.INTERNAL, message);
    }
}
