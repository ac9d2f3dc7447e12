package io.lazuli.scheduler.internal;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.FunctionFailedException;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.error.RemoteException;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
                switch (typeOf(cause)) {
                    case "java.lang.OutOfMemoryError" ->
                        " The Java heap is full: raise -Xmx, or use more partitions.";
                    case "java.lang.StackOverflowError" -> " The operation recursed too deep.";
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

    /// Of what was thrown here or in another process.
    private static String typeOf(Throwable failure) {
        return failure instanceof RemoteException remote ? remote.type() : failure.getClass().getName();
    }

    private static ErrorCode code(Layer layer, Throwable cause) {
        return switch (cause) {
            case LazuliException typed -> typed.code();
            case FunctionFailedException _ -> ErrorCode.USER;
            case Throwable full when typeOf(full).equals("java.lang.OutOfMemoryError") -> ErrorCode.RESOURCE;
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

    public static LazuliException unrunnable(Layer layer, List<WorkerProfile> workers) {
        String there = workers.stream()
                .map(worker -> "resources %s and labels %s".formatted(worker.resources(), worker.labels()))
                .distinct()
                .collect(Collectors.joining("; "));
        return new LazuliException(
                ErrorCode.USER,
                "No worker may run layer '%s': it asks for resources %s and workers %s, and the workers that are there (%d) have: %s. Start such a worker, or change the layer's annotations."
                        .formatted(
                                layer.label(), layer.annotations().resources(), layer.annotations().workers(),
                                workers.size(), there.isEmpty() ? "nothing" : there));
    }

    /// The task was in hand, at last alone, whenever that many workers died.
    public static LazuliException deadly(String layer, Key key, int deaths) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Task %s of layer '%s' was running on %d workers when they died, the last time with nothing beside it. See why they died (`lazuli status` and their logs tell): most often it took more memory than the machine has, or native code crashed."
                        .formatted(key, layer, deaths));
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

    public static LazuliException cannotStartProcess(Throwable cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "A process of the cluster cannot be started: %s. See its messages on standard error, and whether memory and processes are left."
                        .formatted(cause.getMessage()),
                cause);
    }

    public static LazuliException noGreeting(long seconds) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "The scheduler took the connection and said nothing for %d seconds. See its log; it may be overloaded or stopped."
                        .formatted(seconds));
    }

    public static LazuliException schedulerSilent(long seconds) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "No scheduler of the cluster has answered for %d seconds. Start one at the same address, connect anew, and submit the job again."
                        .formatted(seconds));
    }

    public static LazuliException schedulerForgot(String scheduler) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "The scheduler at %s has forgotten this client: it was started anew, or has not heard the client for half a minute and ended its jobs. Connect anew, and submit the job again."
                        .formatted(scheduler));
    }

    public static LazuliException jobTaken(long job) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "The scheduler that took over runs another job %d already: the cluster was split, and two schedulers led. Submit the job again."
                        .formatted(job));
    }

    public static LazuliException workerGone(String worker, String why) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Worker %s does not give its results: %s. What it had is made again on others.".formatted(worker, why));
    }

    public static LazuliException noSuchJob(long job) {
        return new LazuliException(
                ErrorCode.USER,
                "The scheduler does not know job %d, or not any more. It forgets a job that is closed, and all jobs of a client that it has not heard for a while."
                        .formatted(job));
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

    public static LazuliException spillLost(String file, Key key, String why, @Nullable Throwable cause) {
        return new LazuliException(
                ErrorCode.DATA,
                "Result %s was spilled to %s and cannot be read back: %s. Check that disk, and that nothing else writes there; then run the job again."
                        .formatted(key, file, why),
                cause);
    }

    public static LazuliException copyLost(String place, Key key, String why, @Nullable Throwable cause) {
        return new LazuliException(
                ErrorCode.DATA,
                "Result %s was fetched as %s and cannot be read: %s. Check the disks and the network of both workers; then run the job again."
                        .formatted(key, place, why),
                cause);
    }

    /// Another worker needs a value that has no form as bytes. `cause` says what of it, and why.
    public static LazuliException valueCannotTravel(Key key, @Nullable Object value, Throwable cause) {
        String what = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new LazuliException(
                ErrorCode.USER,
                "Result %s (%s) is needed by a task on another worker and cannot be sent there: %s"
                        .formatted(key, value == null ? "null" : value.getClass().getName(), what),
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

    public static LazuliException folderTooLarge(Path folder, long mostBytes, int mostFiles) {
        return new LazuliException(
                ErrorCode.USER,
                "Folder %s is on the class path and would be sent to workers, but holds more than %,d bytes or %,d files. Keep classes and resources in a folder or jar of their own, and name that with -cp."
                        .formatted(folder, mostBytes, mostFiles));
    }

    public static LazuliException unreadableCode(Exception cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Code of the program cannot be read or stored: %s. Check that the jars and folders of the class path are there, and that the disk has room."
                        .formatted(cause),
                cause);
    }

    public static LazuliException layerCannotTravel(String layer, LazuliException why) {
        return new LazuliException(
                why.code(), "Layer '%s' cannot run on workers. %s".formatted(layer, why.getMessage()), why);
    }

    /// @param root where it is in the client's process, if it is
    public static LazuliException classMissing(String name, Optional<String> root, Throwable cause) {
        String found = root.map(
                "it is in %s here, which was not sent, because no code of the graph names a class of it. Name one in a function, such as by a .class constant"::formatted)
                .orElse("it is not on this process's class path either. Add the jar that holds it");
        return new LazuliException(
                ErrorCode.USER,
                "A worker needs class %s and does not have it: %s.".formatted(name, found),
                cause);
    }

    public static LazuliException codeStoreClosed() {
        return internal("The code of a program was asked for after it was given back.");
    }

    public static LazuliException noRoomForCode(Path directory, long bytes, long used, long limit) {
        return resource(
                "A program's code of %,d bytes cannot be stored in %s: %,d of the %,d bytes for code are in use. Close clients that are done, or allow more."
                        .formatted(bytes, directory, used, limit));
    }

    public static LazuliException codeUnwanted(String hash) {
        return new LazuliException(
                ErrorCode.USER,
                "Code %s was sent, but is no part of the program that it was sent for.".formatted(hash));
    }

    public static LazuliException codeLacking(Collection<?> hashes) {
        return internal("A program cannot run before its code has arrived; missing are %s.".formatted(hashes));
    }

    public static LazuliException classTooLarge(String name, Path jar, long most) {
        return new LazuliException(
                ErrorCode.DATA,
                "Class %s of %s has more than %,d bytes, and is not loaded. Take a jar that was not tampered with."
                        .formatted(name, jar.getFileName(), most));
    }

    public static LazuliException codeDamaged(String hash, String found) {
        return new LazuliException(
                ErrorCode.DATA,
                "Code that was announced as %s did not arrive: received were %s. It was damaged on its way, or has changed meanwhile; submit again."
                        .formatted(hash, found));
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

    public static LazuliException badEndpoint(String text) {
        return badSetting("address", text, "a host and a port such as 10.0.0.7:5701, an IPv6 address in brackets");
    }

    public static LazuliException openMemberLinks(String address) {
        return new LazuliException(
                ErrorCode.USER,
                "Links between members would listen on %s, which other machines can reach, without protection. Name a key store with the cluster's certificate, or listen on 127.0.0.1 and connect the machines by a tunnel (ssh -L, WireGuard)."
                        .formatted(address));
    }

    public static LazuliException badKeyStore(Path file, String why, @Nullable Throwable cause) {
        return new LazuliException(
                ErrorCode.USER,
                "Key store %s cannot protect links between members: %s. Name a PKCS12 file with one private key and its certificate, and the password of both."
                        .formatted(file, why),
                cause);
    }

    public static LazuliException cannotJoin(String address, String seeds, Throwable cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Cannot become a member of the cluster at %s (seeds: %s): %s. Check that the address is one of this machine and free, and that all members have the same secret, certificate and version."
                        .formatted(address, seeds, String.valueOf(cause.getMessage()).replaceAll("[.\\s]+$", "")),
                cause);
    }

    public static LazuliException membershipClosed() {
        return new LazuliException(ErrorCode.RESOURCE,
                "This process has left the cluster, so it reads and writes no more there. Join again.");
    }

    public static LazuliException noLeader(Duration limit, int schedulers) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Nobody leads the cluster after %s; %d schedulers are known. Start one, or check the addresses that are joined."
                        .formatted(limit, schedulers));
    }

    /// @param what was waited for
    public static LazuliException waitInterrupted(String what) {
        return new LazuliException(ErrorCode.CANCELLED,
                "The thread that waited for %s was interrupted.".formatted(what));
    }

    public static LazuliException journalDamaged(String job, String segment, String why) {
        return new LazuliException(
                ErrorCode.DATA,
                "Segment %s of the journal of job '%s' is damaged: %s. The job cannot go on from it: submit it again."
                        .formatted(segment, job, why));
    }

    public static LazuliException journalFailed(@Nullable Throwable cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "The journal could not be written: %s. Nothing more is written in this term."
                        .formatted(cause),
                cause);
    }

    public static LazuliException journalEntryTooLarge(String job, long bytes, long most) {
        return new LazuliException(
                ErrorCode.USER,
                "%,d bytes are too many to be kept at once in the journal of job '%s': at most %,d may be. Let functions load large values instead of capturing them."
                        .formatted(bytes, job, most));
    }

    public static LazuliException epochPassed(int epoch, int last) {
        return internal(
                "The journal was to be written in epoch %d, but this process has written in %d before. Please report this."
                        .formatted(epoch, last));
    }

    private static LazuliException resource(String message) {
        return new LazuliException(ErrorCode.RESOURCE, message);
    }

    private static LazuliException internal(String message) {
        return new LazuliException(ErrorCode.INTERNAL, message);
    }
}
