package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.code.CodeHash;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Jobs that a leader goes on with whose clients have not come yet, and the code that it keeps for them. Guarded by the shell's lock.
final class RecoveredJobs {
    private final Set<Long> waiting = new HashSet<>();
    private final IncomingCode code;
    private final long endNanos;

    /// Ownership: takes over the code.
    ///
    /// @param endNanos until when clients may come
    RecoveredJobs(IncomingCode code, long endNanos) {
        this.code = code;
        this.endNanos = endNanos;
    }

    void add(long job) {
        waiting.add(job);
    }

    /// True if the job's client has not come yet.
    boolean has(long job) {
        return waiting.contains(job);
    }

    /// Its client has come, or will not. False if it was none of these jobs.
    boolean remove(long job) {
        return waiting.remove(job);
    }

    /// Jobs whose clients are late.
    List<Long> late(long nanos) {
        return nanos - endNanos >= 0 ? List.copyOf(waiting) : List.of();
    }

    Optional<Path> codeFile(CodeHash bundle) {
        return Optional.ofNullable(code.known(bundle)).flatMap(lease -> lease.file(bundle));
    }

    /// Gives the code back once no job waits. Returns the bundles.
    List<CodeHash> releaseCode() {
        if (!waiting.isEmpty()) {
            return List.of();
        }
        List<CodeHash> bundles = code.bundles();
        code.close();
        return bundles;
    }

    void close() {
        waiting.clear();
        code.close();
    }
}
