package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.JobProgress;
import io.lazuli.scheduler.event.ClusterStatus;
import io.lazuli.scheduler.event.RefusalCount;
import io.lazuli.scheduler.internal.core.SchedulerCore;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.wire.WorkerFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What a scheduler says of itself when it is asked. For whoever holds the shell's lock.
final class StatusReport {
    private final SchedulerCore core;
    private final int epoch;
    private final long startNanos = System.nanoTime();

    StatusReport(SchedulerCore core, int epoch) {
        this.core = core;
        this.epoch = epoch;
    }

    /// @param clientCount  without those that run nothing
    /// @param refusals    of connections
    ClusterStatus of(Iterable<WorkerPeer> workers, int clientCount, Iterable<ClusterJob> jobs,
            List<RefusalCount> refusals) {
        List<ClusterStatus.Worker> here = new ArrayList<>();
        for (WorkerPeer worker : workers) {
            if (worker.hasJoined()) {
                here.add(worker(worker));
            }
        }
        List<ClusterStatus.Job> roots = new ArrayList<>();
        for (ClusterJob job : jobs) {
            if (job.record().isRoot()) {
                roots.add(job(job));
            }
        }
        return new ClusterStatus(
                epoch, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos), here, clientCount, roots,
                core.recomputedCount(), refusals, core.staleCount());
    }

    private ClusterStatus.Worker worker(WorkerPeer worker) {
        WorkerFacts facts = worker.facts().orElseThrow();
        WorkerProfile profile = facts.profile();
        List<String> offers = new ArrayList<>();
        profile.resources().forEach((name, amount) -> offers.add(name + "=" + amount));
        offers.addAll(profile.labels());
        return new ClusterStatus.Worker(
                facts.name(), facts.host(), facts.processId(), core.workerState(worker.index()), profile.threads(),
                core.leasedCount(worker.index()), worker.sample().map(sample -> sample.reservedBytes()).orElse(0L),
                facts.memoryBytes(), worker.sample().map(sample -> sample.diskBytes()).orElse(0L), offers);
    }

    private static ClusterStatus.Job job(ClusterJob job) {
        JobProgress progress = job.progress();
        int finished = 0;
        int all = 0;
        for (JobProgress.LayerProgress layer : progress.layers()) {
            finished += layer.finishedCount();
            all += layer.taskCount();
        }
        return new ClusterStatus.Job(
                job.id(), job.record().options().name(), progress.state().name().toLowerCase(Locale.ROOT), finished,
                all);
    }
}
