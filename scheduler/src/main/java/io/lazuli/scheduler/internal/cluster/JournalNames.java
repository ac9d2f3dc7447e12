package io.lazuli.scheduler.internal.cluster;

import java.util.Optional;

/// Under which names jobs and bundles of code stand in the journal.
final class JournalNames {
    private static final String CODE = "code.";

    private JournalNames() {}

    static String ofJob(long job) {
        return Long.toString(job);
    }

    static String ofBundle(String hash) {
        return CODE + hash;
    }

    /// Hash of the bundle that is named; empty if that is a job.
    static Optional<String> bundle(String name) {
        return name.startsWith(CODE) ? Optional.of(name.substring(CODE.length())) : Optional.empty();
    }
}
