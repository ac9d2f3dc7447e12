package io.lazuli.scheduler.internal.wire;

import io.lazuli.scheduler.event.RefusalCount;
import io.lazuli.scheduler.event.WorkerSample;
import io.lazuli.scheduler.internal.job.Measures;
import java.util.List;

/// What a worker says to its scheduler, in order and once.
public sealed interface FromWorker {
    /// The first message of an incarnation.
    record Joined(WorkerFacts facts) implements FromWorker {}

    /// What its core reports.
    ///
    /// @param words  packed entries, see [io.lazuli.scheduler.internal.core.EventBuffer#packed]
    /// @param graphs that tasks returned in place of a result, in the order of the entries that say so
    record Reported(long[] words, List<ShippedGraph> graphs) implements FromWorker {
        public Reported {
            graphs = List.copyOf(graphs);
        }
    }

    /// Why a task failed. Comes before the report that it did.
    record TaskBroke(int task, RemoteFailure why) implements FromWorker {}

    /// Why a result of the job is to be made again.
    record ResultBroke(long job, RemoteFailure why) implements FromWorker {}

    /// The worker has the result of that attempt, and can give it to nobody.
    record ResultStuck(int task, int attempt, RemoteFailure why) implements FromWorker {}

    /// What its tasks of a layer have measured so far. Comes before the report that the last of these has finished.
    record Measured(long job, int layer, Measures measures) implements FromWorker {}

    /// What the job has on this worker's disk, and has had.
    record Spilled(long job, long writtenBytes, long readBytes, long diskBytes) implements FromWorker {}

    /// All connections that its process has refused. Said when there are more.
    record Refused(List<RefusalCount> counts) implements FromWorker {
        public Refused {
            counts = List.copyOf(counts);
        }
    }

    /// What its process uses.
    record Sampled(WorkerSample sample) implements FromWorker {}
}
