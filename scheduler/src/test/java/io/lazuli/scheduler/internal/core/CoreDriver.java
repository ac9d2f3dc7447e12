package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.JobProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Plays workers, store and client against a core, one event at a time. After each event it validates the core, and checks
/// every effect against what it knows itself: a task is leased once and only while its inputs exist, a result is released
/// once, a job finishes once.
final class CoreDriver {
    final SchedulerCore core;
    /// Leased tasks -> the lease.
    final Map<Integer, Effect.RunTasks> leased = new TreeMap<>();
    /// Results that exist.
    final TreeSet<Integer> memory = new TreeSet<>();
    /// Who made a result. Others may have copies.
    private final Map<Integer, Made> made = new HashMap<>();

    private record Made(int worker, int attempt) {}

    final TreeSet<Integer> offered = new TreeSet<>();
    final Map<Long, JobPlan> plans = new HashMap<>();
    final Map<Long, Integer> firstTasks = new HashMap<>();
    final Map<Long, JobProgress.State> finished = new LinkedHashMap<>();
    final TreeSet<Long> stopped = new TreeSet<>();
    final TreeSet<Long> forgotten = new TreeSet<>();
    /// Every effect so far.
    final List<Effect> effects = new ArrayList<>();
    private final Map<Integer, Long> jobOf = new HashMap<>();
    private final EventBuffer in = new EventBuffer();
    private final EffectBuffer out = new EffectBuffer();
    private long now;

    CoreDriver(int workerCount) {
        this(workerCount, CoreOptions.LOCAL);
    }

    CoreDriver(int workerCount, CoreOptions options) {
        core = new SchedulerCore(options);
        for (int w = 0; w < workerCount; w++) {
            long source = Entries.source(w, 1);
            send(in -> in.workerJoined(source, WorkerProfile.of(1)));
        }
    }

    /// Sends one event; returns what it caused.
    List<Effect> send(Consumer<EventBuffer> event) {
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
        effects.addAll(caused);
        return caused;
    }

    List<Effect> submit(long job, JobPlan plan) {
        plans.put(job, plan);
        return send(in -> in.jobSubmitted(job, plan));
    }

    List<Effect> restore(long job, int task, int attempt, long restorer, JobPlan plan) {
        plans.put(restorer, plan);
        return send(in -> in.restorationSubmitted(job, task, attempt, restorer, plan));
    }

    List<Effect> ask(int worker) {
        return send(in -> in.workerHasRoom(Entries.source(worker, 1), 1));
    }

    /// Each task makes `rows` rows and takes `rows` from its exchanges.
    List<Effect> finish(int task, long rows, long exchangedRows) {
        Effect.RunTasks lease = leased.remove(task);
        memory.add(task);
        made.put(task, new Made(lease.worker(), lease.attempt()));
        return send(in -> in.taskFinished(source(lease), task, lease.attempt(), rows, 8 * rows, 100, exchangedRows));
    }

    List<Effect> finish(int task) {
        return finish(task, 0, 0);
    }

    List<Effect> fail(int task, boolean retryable) {
        Effect.RunTasks lease = leased.remove(task);
        return send(in -> in.taskFailed(source(lease), task, lease.attempt(), retryable, 100));
    }

    List<Effect> giveBack(int task) {
        Effect.RunTasks lease = leased.remove(task);
        return send(in -> in.taskReturned(source(lease), task, lease.attempt()));
    }

    List<Effect> take(int task) {
        check(offered.remove(task), "taken without an offer: " + task);
        return send(in -> in.resultTaken(task));
    }

    List<Effect> pass(long nanos) {
        now += nanos;
        return send(EventBuffer::timePassed);
    }

    List<Effect> leave(int worker) {
        return send(in -> in.workerLeaves(Entries.source(worker, 1)));
    }

    /// The worker holds a result from now on that it was told to keep.
    List<Effect> keep(int worker, int task, int attempt) {
        made.put(task, new Made(worker, attempt));
        return send(in -> in.resultKept(Entries.source(worker, 1), task, attempt));
    }

    List<Effect> decline(int worker, int task, int attempt) {
        return send(in -> in.resultDeclined(Entries.source(worker, 1), task, attempt));
    }

    private static long source(Effect.RunTasks lease) {
        return Entries.source(lease.worker(), 1);
    }

    long jobOf(int task) {
        return jobOf.get(task);
    }

    private void apply(Effect effect) {
        switch (effect) {
            case Effect.AdmitJob admit -> {
                JobPlan plan = plans.get(admit.job());
                firstTasks.put(admit.job(), admit.firstTask());
                for (LayerPlan layer : plan.layers()) {
                    for (int p = 0; p < layer.partitionCount(); p++) {
                        int task = admit.firstTask() + layer.offset() + p;
                        jobOf.put(task, admit.job());
                        made.remove(task);
                        check(!layer.isHeld() || memory.add(task), "an id in use is given out again: " + task);
                        check(!memory.contains(task) || layer.isHeld(), "an id in use is given out again: " + task);
                    }
                }
            }
            case Effect.RunTasks run -> {
                check(!stopped.contains(run.job()), "a stopped job runs on: " + run);
                for (int task = run.firstTask(); task < run.firstTask() + run.count(); task++) {
                    check(leased.put(task, run) == null, "leased twice: " + task);
                    check(!memory.contains(task), "run again although it exists: " + task);
                    checkInputs(run, task);
                }
            }
            case Effect.ReleaseResults release -> {
                for (int task = release.firstTask(); task < release.firstTask() + release.count(); task++) {
                    if (new Made(release.worker(), release.attempt()).equals(made.get(task))) {
                        check(memory.remove(task), "released twice: " + task);
                        offered.remove(task);
                    }
                }
            }
            case Effect.OfferResult offer ->
                check(memory.contains(offer.task()) && offered.add(offer.task()), "bad " + offer);
            case Effect.StopJob stop -> check(stopped.add(stop.job()), "stopped twice: " + stop);
            case Effect.WithdrawResult withdraw -> offered.remove(withdraw.task());
            case Effect.ReopenJob reopen -> finished.remove(reopen.job());
            case Effect.AdoptResult adopt -> {
                memory.add(adopt.task());
                made.put(adopt.task(), new Made(adopt.worker(), adopt.attempt()));
            }
            case Effect.LocateResults _,Effect.RevokeTasks _,Effect.RecallTasks _,Effect.KeepResults _,Effect.RedirectResults _,Effect.DismissWorker _,Effect.ReportRowLoss _,Effect.ReportUnrunnable _,Effect.ReportDeadly _,Effect.RestoreResult _,Effect.ReportHeldLost _,Effect.ReportUnreadable _ ->
                {}
            case Effect.FinishJob finish -> {
                check(finished.put(finish.job(), finish.state()) == null, "finished twice: " + finish);
                check(leased.keySet().stream().noneMatch(t -> jobOf.get(t) == finish.job()),
                        "finished while tasks run");
            }
            case Effect.ForgetJob forget -> {
                boolean wasAdmitted = firstTasks.containsKey(forget.job());
                check(finished.containsKey(forget.job()) || !wasAdmitted, "forgotten before its end: " + forget);
                check(forgotten.add(forget.job()), "forgotten twice: " + forget);
                check(memory.stream().noneMatch(t -> jobOf.get(t) == forget.job()), "forgotten with results left");
            }
        }
    }

    private void checkInputs(Effect.RunTasks run, int task) {
        JobPlan plan = plans.get(run.job());
        int first = firstTasks.get(run.job());
        LayerPlan layer = plan.layers().get(run.layer());
        int partition = task - first - layer.offset();
        List<Dependency> dependencies = layer.layer().orElseThrow().dependencies();
        for (int d = 0; d < dependencies.size(); d++) {
            LayerPlan producer = plan.layers().get(layer.inputs().get(d).producer());
            check(producer.token().equals(dependencies.get(d).on()), "inputs are out of order");
            dependencies.get(d)
                    .partitions(partition, producer.partitionCount())
                    .forEach(p -> check(memory.contains(first + producer.offset() + p),
                            "input missing for task " + task));
        }
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
