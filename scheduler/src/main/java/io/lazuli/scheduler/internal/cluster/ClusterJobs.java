package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Operation;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import io.lazuli.scheduler.internal.event.EventPublisher;
import io.lazuli.scheduler.internal.job.JobRecord;
import io.lazuli.scheduler.internal.job.Lineage;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/// The jobs that the core knows or is about to hear of, by id. Guarded by the shell's lock.
final class ClusterJobs {
    private final EventPublisher events;
    private final Map<Long, ClusterJob> jobs = new LinkedHashMap<>();
    /// Ids are of this epoch, so that no job of a scheduler before has the same.
    private long last;

    /// @param events hears of every job
    ClusterJobs(int epoch, EventPublisher events) {
        this.events = events;
        this.last = (long) epoch << Integer.SIZE;
    }

    Collection<ClusterJob> all() {
        return Collections.unmodifiableCollection(jobs.values());
    }

    boolean has(long job) {
        return jobs.containsKey(job);
    }

    Optional<ClusterJob> known(long job) {
        return Optional.ofNullable(jobs.get(job));
    }

    /// The job that a task is of.
    Optional<ClusterJob> with(int task) {
        return jobs.values().stream()
                .filter(job -> job.record().isAdmitted() && job.record().has(task))
                .findFirst();
    }

    long nextId() {
        return ++last;
    }

    /// A job that nobody waits for yet. Errors: USER if no keeper has what it starts from.
    ///
    /// @param keepers finds a job that is kept for who submits this one
    ClusterJob add(long id, JobSpec submitted, LongFunction<Optional<ClusterJob>> keepers) {
        Map<Token, Lineage> held = held(submitted, keepers);
        Map<Token, Operation> makers = new LinkedHashMap<>();
        held.forEach((token, lineage) -> makers.put(token, lineage.graph().outputLayer().operation()));
        JobSpec spec = submitted.withMakers(makers);
        JobRecord record = JobRecord.of(
                id, TransitionBuffer.NONE, spec.options(), spec.graph().skeleton(), spec.plan());
        return add(ClusterJob.of(record, spec, held));
    }

    /// How what the job starts from was made.
    private static Map<Token, Lineage> held(JobSpec spec, LongFunction<Optional<ClusterJob>> keepers) {
        Map<Token, Lineage> lineages = new LinkedHashMap<>();
        spec.graph().skeleton().held().forEach((token, partitionCount) -> {
            ClusterJob keeper = Optional.ofNullable(spec.held().get(token))
                    .flatMap(held -> keepers.apply(held.keeper()))
                    .filter(job -> job.lineage().graph().output().equals(token))
                    .orElseThrow(() -> Errors.notHeld(token, List.of()));
            if (keeper.record().partitionCount() != partitionCount) {
                throw Errors.heldDiffers(token, keeper.record().partitionCount(), partitionCount);
            }
            lineages.put(token, keeper.lineage());
        });
        return lineages;
    }

    /// A job for the graph that the task returned in place of a result.
    EventBuffer.Expanded.Child expand(int task, ShippedGraph graph) {
        long id = nextId();
        Optional<ClusterJob> parent = with(task);
        JobOptions terms = parent.map(job -> job.record().options()).orElse(JobOptions.DEFAULTS);
        List<String> bundles = parent.map(job -> job.spec().bundles()).orElse(List.of());
        Map<Token, Operation> makers =
                parent.map(job -> job.makersOf(graph.skeleton().held().keySet())).orElse(Map.of());
        JobSpec spec = JobSpec.of(graph, terms, bundles).withMakers(makers);
        JobPlan plan = spec.plan();
        // Without a parent, which is forgotten, the core will not hear of the task either.
        parent.ifPresent(job -> add(job.child(id, spec, plan)));
        return new EventBuffer.Expanded.Child(id, plan);
    }

    /// A job that makes a result again that this one started from.
    ClusterJob restorer(ClusterJob job, int task) {
        JobSpec spec = job.restorer(task);
        return add(job.child(nextId(), spec, spec.plan()));
    }

    private ClusterJob add(ClusterJob job) {
        jobs.put(job.id(), job);
        events.announce(job.id(), job.record()::description);
        return job;
    }

    void remove(ClusterJob job) {
        jobs.remove(job.id());
    }
}
