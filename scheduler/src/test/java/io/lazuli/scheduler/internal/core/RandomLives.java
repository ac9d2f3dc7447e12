package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.Graphs;
import io.lazuli.scheduler.Mix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Lets everything happen to tasks that can, in random order: workers that die and come back, results that are lost before and
/// after they were taken or before the job began, failures, tasks given back, tasks that return graphs, cancellations, words that
/// come too late.
final class RandomLives {
    private static final int WORKERS = 3;
    private static final int MOST_EXPANSIONS = 12;

    final SchedulerCore core = new SchedulerCore(CoreOptions.LOCAL);
    final Map<Long, TaskGraph> graphs = new LinkedHashMap<>();
    final Map<Long, JobPlan> plans = new HashMap<>();
    /// Jobs that tasks returned -> the job of the task.
    final Map<Long, Long> parents = new HashMap<>();
    /// Readable after the job is forgotten.
    final Map<Long, CoreProgress> progress = new HashMap<>();
    final Set<Long> forgotten = new TreeSet<>();
    private final Map<Long, Integer> firstTasks = new HashMap<>();
    private final Random random;
    private final int[] incarnations = new int[WORKERS];
    private final boolean[] alive = new boolean[WORKERS];
    /// What a worker may have in hand, as far as it knows.
    private final TreeMap<Integer, Effect.RunTasks> leases = new TreeMap<>();
    private final TreeSet<Integer> offered = new TreeSet<>();
    private final EventBuffer in = new EventBuffer();
    private final EffectBuffer out = new EffectBuffer();
    private long now;
    private long lastJob;

    RandomLives(long seed) {
        random = new Random(seed);
    }

    /// Submits a random graph, which may start from results that are there.
    long submit(JobOptions options) {
        long job = ++lastJob;
        Token held = new Token(random.nextLong(), 1);
        TaskGraph graph = random.nextBoolean()
                ? Graphs.random(random.nextLong(), 10)
                : closed(Map.of(held, 3), List.of(new Dependency.Broadcast(held)),
                        Graphs.random(random.nextLong(), 10));
        add(job, graph, options);
        send(buffer -> buffer.jobSubmitted(job, plans.get(job)));
        return job;
    }

    private void add(long job, TaskGraph graph, JobOptions options) {
        graphs.put(job, graph);
        Map<Token, JobPlan.Held> held = new HashMap<>();
        graph.held().keySet().forEach(token -> held.put(token, JobPlan.Held.here(7)));
        plans.put(job, JobPlan.of(graph, held, options));
    }

    /// One thing happens; nothing bad from `calm` on, so that all jobs end.
    void step(boolean calm) {
        int choice = random.nextInt(1000);
        if (choice < 30) {
            join(random.nextInt(WORKERS));
        } else if (choice < 40 && !calm) {
            die(random.nextInt(WORKERS));
        } else if (choice < 70 && !calm) {
            lose();
        } else if (choice < 75 && !calm) {
            end();
        } else if (choice < 250 && !offered.isEmpty()) {
            int task = pick(offered);
            offered.remove(task);
            send(buffer -> buffer.resultTaken(task));
        } else if (choice < 600 || leases.isEmpty()) {
            ask(random.nextInt(WORKERS));
        } else {
            work(calm);
        }
    }

    /// All that was not closed is.
    void closeAll() {
        for (int w = 0; w < WORKERS; w++) {
            join(w);
        }
        live().filter(job -> !parents.containsKey(job)).forEach(job -> send(buffer -> buffer.jobClosed(job)));
        while (!leases.isEmpty()) {
            work(true);
        }
    }

    private void join(int worker) {
        if (!alive[worker]) {
            alive[worker] = true;
            long source = Entries.source(worker, ++incarnations[worker]);
            send(buffer -> buffer.workerJoined(source, WorkerProfile.of(1)));
        }
    }

    private void die(int worker) {
        if (alive[worker]) {
            alive[worker] = false;
            leases.values().removeIf(lease -> lease.worker() == worker);
            send(buffer -> buffer.workerDied(source(worker)));
        }
    }

    private void ask(int worker) {
        if (alive[worker]) {
            send(buffer -> buffer.workerHasRoom(source(worker), 1 + random.nextInt(2)));
        }
    }

    /// Some result turns out to be damaged.
    private void lose() {
        List<Integer> kept = new ArrayList<>();
        live().forEach(job -> {
            int first = firstTasks.get(job);
            for (int task = first; task < first + plans.get(job).taskCount(); task++) {
                if (core.status(task) == TaskStatus.IN_MEMORY) {
                    kept.add(task);
                }
            }
        });
        if (!kept.isEmpty()) {
            int task = kept.get(random.nextInt(kept.size()));
            int worker = core.tasks.holder[task];
            send(buffer -> buffer.resultLost(source(worker), task, core.tasks.attempt(task)));
        }
    }

    /// A client gives a job up.
    private void end() {
        List<Long> jobs = live().filter(job -> !parents.containsKey(job)).toList();
        if (!jobs.isEmpty()) {
            long job = jobs.get(random.nextInt(jobs.size()));
            boolean close = random.nextBoolean();
            send(buffer -> {
                if (close) {
                    buffer.jobClosed(job);
                } else {
                    buffer.jobCancelled(job);
                }
            });
        }
    }

    Stream<Long> live() {
        return List.copyOf(firstTasks.keySet()).stream().filter(job -> !forgotten.contains(job)).sorted();
    }

    /// A worker says what became of a task.
    private void work(boolean calm) {
        int task = pick(leases.keySet());
        Effect.RunTasks lease = leases.remove(task);
        long source = source(lease.worker());
        int attempt = lease.attempt();
        int busy = 1 + random.nextInt(1000);
        switch (calm ? 9 : random.nextInt(24)) {
            case 0 -> send(buffer -> buffer.taskFailed(source, task, attempt, random.nextInt(8) > 0, busy));
            case 1 -> send(buffer -> buffer.taskReturned(source, task, attempt));
            case 2, 3, 4 -> expand(lease, task, busy);
            case 5 -> {
                finish(lease, task, busy);
                finish(lease, task, busy);
            }
            default -> finish(lease, task, busy);
        }
    }

    /// Rows that go through exchanges are as many as were produced: none.
    private void finish(Effect.RunTasks lease, int task, int busy) {
        int rows = exchanges(lease) ? 0 : random.nextInt(50);
        send(buffer -> buffer.taskFinished(
                source(lease.worker()), task, lease.attempt(), rows, 1 + random.nextInt(100), busy, 0));
    }

    private boolean exchanges(Effect.RunTasks lease) {
        return plans.get(lease.job()).layers().get(lease.layer()).uses().stream().anyMatch(Edge::isExchange);
    }

    private void expand(Effect.RunTasks lease, int task, int busy) {
        long source = source(lease.worker());
        boolean isCurrent = core.status(task) == TaskStatus.LEASED && core.tasks.attempt(task) == lease.attempt();
        if (!isCurrent || exchanges(lease) || parents.size() >= MOST_EXPANSIONS) {
            finish(lease, task, busy);
            return;
        }
        long child = ++lastJob;
        parents.put(child, lease.job());
        add(child, expansion(core.layerOf(task).plan), JobOptions.DEFAULTS);
        send(buffer -> buffer.taskExpanded(source, task, lease.attempt(), child, plans.get(child), busy, 0));
    }

    /// A graph of one partition, which may start from an input of the task that returns it.
    private TaskGraph expansion(LayerPlan layer) {
        TaskGraph inner = Graphs.random(random.nextLong(), 5);
        if (random.nextBoolean() || layer.inputs().isEmpty()) {
            return closed(Map.of(), List.of(), inner);
        }
        Token input = layer.layer().orElseThrow().dependencies().getFirst().on();
        return closed(Map.of(input, producerCount(layer, input)), List.of(new Dependency.Broadcast(input)), inner);
    }

    /// `inner` with one task at its end, which also reads what `dependencies` say.
    private TaskGraph closed(Map<Token, Integer> held, List<Dependency> dependencies, TaskGraph inner) {
        List<Dependency> inputs = new ArrayList<>(dependencies);
        inputs.add(new Dependency.Broadcast(inner.output()));
        List<Layer> layers = new ArrayList<>(inner.layers());
        layers.add(Layer.of(new Mix(random.nextLong(), 1, 3), 1, inputs, "result"));
        return new TaskGraph(held, layers, layers.getLast().token());
    }

    /// Answers with a graph that makes a lost result again.
    private void restore(Effect.RestoreResult lost) {
        long restorer = ++lastJob;
        parents.put(restorer, lost.job());
        add(restorer, closed(Map.of(), List.of(), Graphs.random(random.nextLong(), 5)), JobOptions.DEFAULTS);
        send(buffer -> buffer.restorationSubmitted(
                lost.job(), lost.task(), lost.attempt(), restorer, plans.get(restorer)));
    }

    private int producerCount(LayerPlan layer, Token token) {
        return plans.values().stream()
                .filter(plan -> plan.layers().contains(layer))
                .flatMap(plan -> plan.layers().stream())
                .filter(other -> other.token().equals(token))
                .findFirst()
                .orElseThrow()
                .partitionCount();
    }

    private long source(int worker) {
        return Entries.source(worker, incarnations[worker]);
    }

    private void send(Consumer<EventBuffer> event) {
        event.accept(in);
        core.on(in, now += 1000, out);
        in.clear();
        List<Effect> caused = new ArrayList<>();
        for (int i = 0; i < out.size(); i++) {
            caused.add(out.get(i));
        }
        out.clear();
        caused.forEach(this::apply);
        core.validate();
        caused.stream()
                .filter(effect -> effect instanceof Effect.RestoreResult)
                .forEach(effect -> restore((Effect.RestoreResult) effect));
    }

    private void apply(Effect effect) {
        switch (effect) {
            case Effect.AdmitJob admit -> {
                firstTasks.put(admit.job(), admit.firstTask());
                progress.put(admit.job(), core.progress(admit.job()));
            }
            case Effect.RunTasks run -> {
                for (int task = run.firstTask(); task < run.firstTask() + run.count(); task++) {
                    leases.put(task, run);
                }
            }
            case Effect.OfferResult offer -> offered.add(offer.task());
            case Effect.WithdrawResult withdraw -> offered.remove(withdraw.task());
            case Effect.ReleaseResults release -> {
                for (int task = release.firstTask(); task < release.firstTask() + release.count(); task++) {
                    offered.remove(task);
                }
            }
            case Effect.ForgetJob forget -> forgotten.add(forget.job());
            default -> {}
        }
    }

    private int pick(Iterable<Integer> from) {
        List<Integer> all = new ArrayList<>();
        from.forEach(all::add);
        return all.get(random.nextInt(all.size()));
    }
}
