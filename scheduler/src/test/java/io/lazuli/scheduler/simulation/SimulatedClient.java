package io.lazuli.scheduler.simulation;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.internal.core.Effect;
import io.lazuli.scheduler.internal.core.Entries;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.job.Lineage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Whoever wants results: submits jobs, takes what it is offered, changes its mind.
final class SimulatedClient {
    private static final int TRIES = 3;

    private final World world;
    private final Dice dice;
    /// What is to be taken, by task.
    private final Map<Integer, Taking> takings = new HashMap<>();
    private int unsubmitted;
    /// Jobs that may still be added, to start from what others keep.
    private int readersLeft;
    /// Null until all is over.
    private SimulatedJob probe;
    /// Jobs whose output is kept now.
    private final List<SimulatedJob> kept = new ArrayList<>();

    /// An output that was offered.
    private record Taking(SimulatedJob job, int task, int worker, int incarnation, int attempt) {}

    SimulatedClient(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
        this.unsubmitted = world.scenario.jobs();
        this.readersLeft = world.scenario.keeps() ? 3 * world.scenario.jobs() : 0;
        for (int j = 0; j < world.scenario.jobs(); j++) {
            world.agenda.in(dice.between(0, world.scenario.submitNanos()), () -> submit(List.of()));
        }
    }

    /// True if all jobs were submitted and nothing of them is left.
    boolean isDone() {
        return unsubmitted == 0 && world.ledger.admitted().isEmpty();
    }

    /// @param keepers jobs whose output the new one starts from
    private void submit(List<SimulatedJob> keepers) {
        unsubmitted--;
        if (keepers.stream().anyMatch(keeper -> keeper.isForgotten || keeper.isUnwanted)) {
            return;
        }
        Map<Token, Integer> counts = new LinkedHashMap<>();
        Map<Token, JobPlan.Held> held = new LinkedHashMap<>();
        Map<Token, Value[]> values = new LinkedHashMap<>();
        Map<Token, Lineage> lineages = new LinkedHashMap<>();
        for (SimulatedJob keeper : keepers) {
            Token token = keeper.expected.outputLayer().token();
            Value[] outputs = keeper.expected.outputs();
            counts.put(token, outputs.length);
            held.put(token, new JobPlan.Held(Stream.of(outputs).mapToLong(Value::rows).sum(), keeper.id));
            values.put(token, outputs);
            lineages.put(token, keeper.lineage);
        }
        TaskGraph graph = new RandomGraph(dice.split(), world.scenario, counts).build();
        JobOptions options = new JobOptions(
                "job", dice.between(0, 2), dice.below(4),
                dice.chance(0.3) ? Duration.ofSeconds(dice.between(20, 40)) : Duration.ZERO,
                true);
        JobPlan plan = JobPlan.of(graph, held, options);
        SimulatedJob job = world.ledger.add(new Expected(plan, options, values, lineages));
        job.lineage = Lineage.of(graph, options, lineages.values());
        job.isKept = world.scenario.keeps() && dice.chance(keepers.isEmpty() ? 0.7 : 0.3);
        if (world.scenario.isFickle() && dice.chance(0.5)) {
            world.agenda.in(dice.around(2 * Times.SECOND), () -> drop(job));
        } else if (new Judgement(world, job).neverEnds()) {
            world.agenda.in(dice.between(30, 60) * Times.SECOND, () -> drop(job));
        }
        world.scheduler.tell(in -> in.jobSubmitted(job.id, plan));
    }

    /// Submits a job with a task for every worker that is there: it must succeed.
    void probe(List<SimulatedWorker> workers) {
        List<Layer> layers = new ArrayList<>();
        for (SimulatedWorker worker : workers) {
            layers.add(task(List.of(), "worker " + worker.index));
        }
        List<Dependency> all =
                layers.stream().<Dependency>map(layer -> new Dependency.Broadcast(layer.token())).toList();
        layers.add(task(all, "worker " + workers.getFirst().index));
        JobPlan plan = JobPlan.of(TaskGraph.of(layers), Map.of(), JobOptions.DEFAULTS);
        probe = world.ledger.add(new Expected(plan, JobOptions.DEFAULTS, Map.of()));
        world.scheduler.tell(in -> in.jobSubmitted(probe.id, plan));
    }

    /// True once all is over, and workers are only looked at.
    boolean isProbing() {
        return probe != null;
    }

    private Layer task(List<Dependency> dependencies, String worker) {
        Work work = new Work(dice.any(), 1, 8, 8, Times.MILLISECOND, Map.of());
        return new Layer(
                new Token(dice.any(), dice.any()), work, 1, dependencies, "probe",
                Annotations.NONE.withWorkers(Set.of(worker)));
    }

    /// Cancels or closes.
    private void drop(SimulatedJob job) {
        if (job.isForgotten || job.isUnwanted) {
            return;
        }
        job.isUnwanted = true;
        if (dice.chance(0.5)) {
            world.scheduler.tell(in -> in.jobCancelled(job.id));
        } else {
            close(job);
        }
    }

    private void close(SimulatedJob job) {
        if (!job.isForgotten) {
            takings.values().removeIf(taking -> taking.job == job);
            world.scheduler.tell(in -> in.jobClosed(job.id));
        }
    }

    /// What is kept is read by some other jobs, and closed some time after the last of them was submitted.
    private void keep(SimulatedJob job) {
        long nanos = 0;
        for (int readers = Math.min(dice.between(1, 3), readersLeft); readers > 0; readers--) {
            readersLeft--;
            unsubmitted++;
            nanos += dice.around(Times.SECOND);
            List<SimulatedJob> keepers = new ArrayList<>(List.of(job));
            if (!kept.isEmpty() && dice.chance(0.3)) {
                SimulatedJob other = dice.pick(kept);
                keepers.add(other);
            }
            world.agenda.in(nanos, () -> submit(keepers.stream().distinct().toList()));
        }
        kept.add(job);
        world.agenda.in(nanos + dice.around(2 * Times.SECOND), () -> letGo(job));
    }

    private void letGo(SimulatedJob job) {
        kept.remove(job);
        job.isUnwanted = true;
        close(job);
    }

    void offered(Effect.OfferResult offer) {
        if (world.ledger.job(offer.job()).isKept) {
            return;
        }
        Taking taking = new Taking(
                world.ledger.job(offer.job()), offer.task(), offer.worker(),
                world.scheduler.incarnation(offer.worker()), offer.attempt());
        takings.put(offer.task(), taking);
        long delay = dice.around(dice.chance(0.1) ? Times.SECOND : Times.MILLISECOND);
        world.agenda.in(delay, () -> take(taking, TRIES));
    }

    private void take(Taking taking, int tries) {
        if (takings.get(taking.task) == taking) {
            world.data.fetch(
                    Network.SCHEDULER, taking.worker, taking.task, taking.attempt,
                    value -> taken(taking, value, tries));
        }
    }

    private void taken(Taking taking, Optional<Value> value, int tries) {
        if (takings.get(taking.task) != taking) {
            return;
        }
        if (value.isPresent()) {
            int place = taking.job.place(taking.task);
            World.check(
                    value.get().equals(taking.job.expected.values[place]), "output %d of job %d is wrong", place,
                    taking.job.id);
            World.check(taking.job.taken.add(place), "taken twice: %s", taking);
            takings.remove(taking.task);
            world.scheduler.tell(in -> in.resultTaken(taking.task));
        } else if (tries > 1) {
            world.agenda.in(100 * Times.MILLISECOND, () -> take(taking, tries - 1));
        } else {
            world.statistics.count(Fault.FETCH_FAILED);
            long source = Entries.source(taking.worker, taking.incarnation);
            world.scheduler.tell(in -> in.resultLost(source, taking.task, taking.attempt));
        }
    }

    void withdrawn(int task) {
        takings.remove(task);
    }

    void stopped(SimulatedJob job) {
        takings.values().removeIf(taking -> taking.job == job);
    }

    /// A job that did not succeed is closed; of one that did, the outputs may still be taken.
    void finished(SimulatedJob job) {
        if (job.isKept && job.state == JobProgress.State.SUCCEEDED && job.successes++ == 0) {
            World.check(
                    job.offered.size() == job.expected.outputLayer().partitionCount(), "not all of it is offered: %s",
                    job);
            keep(job);
        }
        if (job.parent == null && job.state != JobProgress.State.SUCCEEDED && job.successes == 0) {
            world.agenda.in(dice.around(100 * Times.MILLISECOND), () -> close(job));
        }
    }

    void forgotten(SimulatedJob job) {
        World.check(
                job != probe || job.state == JobProgress.State.SUCCEEDED,
                "a worker that is there does not work any more: %s %s", job, job.reason);
        if (job.parent == null) {
            new Judgement(world, job).check();
        }
    }

    /// The jobs, for messages.
    List<SimulatedJob> open() {
        return world.ledger.admitted();
    }
}
