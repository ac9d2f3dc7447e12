package io.lazuli.scheduler.internal.wire;

import java.util.List;

/// What a scheduler says to a worker, in order and once.
public sealed interface ToWorker {
    /// What it is to do.
    ///
    /// @param words packed entries, see [io.lazuli.scheduler.internal.worker.WorkerEventBuffer#packed]
    /// @param jobs  that are announced, in the order of the entries that say so
    record Ordered(long[] words, List<JobSpec> jobs) implements ToWorker {
        public Ordered {
            jobs = List.copyOf(jobs);
        }
    }

    /// Where another worker is. Comes before the first order that speaks of it.
    record Introduced(int worker, int incarnation, WorkerFacts facts) implements ToWorker {}

    /// The next piece of a bundle, before the first job that needs it is announced.
    record SentCode(CodePiece piece) implements ToWorker {}

    /// Nobody's program has these bundles any more.
    record DroppedCode(List<String> hashes) implements ToWorker {
        public DroppedCode {
            hashes = List.copyOf(hashes);
        }
    }
}
