package io.lazuli.scheduler.simulation;

import io.lazuli.scheduler.internal.core.Entries;
import io.lazuli.scheduler.internal.core.Event;
import io.lazuli.scheduler.internal.core.LayerTerms;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.Session;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.worker.WorkerCore;
import io.lazuli.scheduler.internal.worker.WorkerEffect;
import io.lazuli.scheduler.internal.worker.WorkerEffectBuffer;
import io.lazuli.scheduler.internal.worker.WorkerEvent;
import io.lazuli.scheduler.internal.worker.WorkerEventBuffer;
import io.lazuli.scheduler.internal.worker.WorkerOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// One life of a worker: the shell around its core. Has threads, a store, and a session with the scheduler.
final class WorkerProcess {
    static final long TICK_NANOS = 100 * Times.MILLISECOND;

    /// How many ticks a copy waits for room.
    private static final int PATIENCE = 50;

    /// A job as this worker was told of it.
    record Known(SimulatedJob job, int first) {}

    final World world;
    final SimulatedWorker host;
    final SimulatedStore store;
    /// What happened since the core was told last.
    final WorkerEventBuffer in = new WorkerEventBuffer();
    /// Copies of which only slices are here.
    private final Set<Integer> inSlices = new HashSet<>();
    private final int incarnation;
    private final WorkerCore core;
    private final WorkerEffectBuffer out = new WorkerEffectBuffer();
    private final Session<Event, WorkerEvent.Order> session;
    /// What the session has no room for.
    private final Deque<Event> backlog = new ArrayDeque<>();
    private final List<ComputeThread> threads = new ArrayList<>();
    private final Map<Long, Known> jobs = new HashMap<>();
    private final Set<Long> stopped = new HashSet<>();
    /// Resources that running tasks have asked for.
    private final Map<String, Integer> occupied = new HashMap<>();
    /// Asked to end.
    private boolean isLeaving;
    private long turns;

    WorkerProcess(World world, SimulatedWorker host, int incarnation) {
        this.world = world;
        this.host = host;
        this.incarnation = incarnation;
        this.store = new SimulatedStore(world, host.disk);
        int threadCount = host.profile().threads();
        long suspectNanos = world.scenario.core().suspectNanos();
        this.core = new WorkerCore(new WorkerOptions(
                Entries.source(host.index, incarnation), threadCount, 2, 3, suspectNanos / 5, suspectNanos / 2));
        this.session = new Session<>(
                new SessionId(world.scenario.core().epoch(), host.index, incarnation), world.scenario.session(),
                world.agenda.now());
        for (int t = 0; t < threadCount; t++) {
            threads.add(new ComputeThread(this, t));
        }
    }

    void start() {
        backlog.add(new Event.WorkerJoined(host.index, incarnation, host.profile()));
        threads.forEach(ComputeThread::start);
        turn();
        later(TICK_NANOS, this::tick);
    }

    /// Asks the process to end. It does so when it is dismissed, or after a while by itself.
    void leave() {
        isLeaving = true;
        in.askedToLeave();
        turn();
        later(2 * world.scenario.core().departureNanos(), host::end);
    }

    boolean isLeaving() {
        return isLeaving;
    }

    /// Lets something happen in this process, as long as it lives.
    void later(long nanos, Runnable happening) {
        world.agenda.in(nanos, () -> host.whenAwake(this, happening));
    }

    long source() {
        return Entries.source(host.index, incarnation);
    }

    /// Null if this worker does not know the job, or not any more.
    Known known(long job) {
        return jobs.get(job);
    }

    boolean isStopped(long job) {
        return stopped.contains(job);
    }

    List<ComputeThread> threads() {
        return threads;
    }

    /// Another thread takes the place of one that is given up.
    private void replace(int thread) {
        ComputeThread given = threads.get(thread);
        given.giveUp();
        threads.set(thread, new ComputeThread(this, thread));
        later(Times.MICROSECOND, () -> threads.get(thread).succeed(given));
    }

    void receive(Packet<WorkerEvent.Order> packet) {
        session.receive(packet, world.agenda.now(), this::obey);
        turn();
        pump();
    }

    private void obey(WorkerEvent.Order order) {
        switch (order) {
            case WorkerEvent.JobAnnounced announced -> jobs
                    .put(announced.job(), new Known(world.ledger.job(announced.job()), announced.firstTask()));
            case WorkerEvent.JobStopped stop -> stopped.add(stop.job());
            case WorkerEvent.JobForgotten forgotten -> {
                turn();
                checkReleased(forgotten.job());
                jobs.remove(forgotten.job());
                stopped.remove(forgotten.job());
            }
            case WorkerEvent.TasksLeased _,WorkerEvent.ResultsLocated _,WorkerEvent.TasksRevoked _,WorkerEvent.ResultsReleased _,WorkerEvent.ResultAdopted _,WorkerEvent.TasksRecalled _,WorkerEvent.ResultsEntrusted _,WorkerEvent.ResultsRedirected _,WorkerEvent.Dismissed _ ->
                {}
        }
        in.add(order);
    }

    /// When a job has gone well, all its results were released before, one by one. Who may leave hears of no more.
    private void checkReleased(long job) {
        Known known = jobs.get(job);
        if (world.isUndisturbed() && !isLeaving && known != null && !known.job().isStopped
                && !known.job().root().isUnwanted) {
            List<String> left = store.names(known.first(), known.first() + known.job().expected.plan.taskCount());
            World.check(left.isEmpty(), "worker %d still holds results of %s: %s", host.index, known.job(), left);
        }
    }

    private void tick() {
        threads.forEach(ComputeThread::sight);
        in.timePassed();
        turn();
        pump();
        later(TICK_NANOS, this::tick);
    }

    /// Tells the core what happened, and does what it wants done.
    void turn() {
        if (in.isEmpty()) {
            return;
        }
        boolean isTick = true;
        for (int i = 0; i < in.size(); i++) {
            WorkerEvent event = in.get(i);
            isTick &= event instanceof WorkerEvent.TimePassed || event instanceof WorkerEvent.TaskSighted;
            world.trace.tell("worker", host.index, event);
        }
        world.statistics.workerEvents += in.size();
        core.on(in, world.agenda.now(), out);
        in.clear();
        for (int i = 0; i < out.reports().size(); i++) {
            backlog.add(out.reports().get(i));
        }
        boolean isQuiet = isTick && out.size() == 0;
        for (int i = 0; i < out.size(); i++) {
            WorkerEffect effect = out.get(i);
            world.trace.tell("worker", host.index, effect);
            apply(effect);
        }
        out.clear();
        if (!isQuiet) {
            if (turns++ % world.ledger.validationInterval() == 0) {
                core.validate();
            }
            checkBudget();
            pump();
        }
    }

    private void apply(WorkerEffect effect) {
        switch (effect) {
            case WorkerEffect.StartTasks start -> threads.get(start.thread()).begin(start);
            case WorkerEffect.InterruptThread interrupt ->
                threads.get(interrupt.thread()).interrupt(interrupt.task(), interrupt.attempt());
            case WorkerEffect.AbandonThread abandon -> {
                world.statistics.count(Fault.THREAD_ABANDONED);
                replace(abandon.thread());
            }
            case WorkerEffect.FetchInput fetch -> fetch(fetch.task(), fetch.attempt(), fetch.holder(), fetch.sliced());
            case WorkerEffect.DropResults drop -> {
                for (int task = drop.firstTask(); task < drop.firstTask() + drop.count(); task++) {
                    store.remove(task, drop.attempt());
                    inSlices.remove(task);
                }
            }
            case WorkerEffect.AdoptResult adopt -> World.check(
                    store.adopt(adopt.task(), adopt.attempt(), adopt.source()),
                    "worker %d cannot adopt a result that it does not have: %s", host.index, adopt);
            case WorkerEffect.Rejoin _ -> {
                if (isLeaving) {
                    world.agenda.in(Times.MILLISECOND, () -> host.whenAwake(this, host::end));
                } else {
                    world.statistics.count(Fault.REJOIN);
                    world.agenda.in(Times.MILLISECOND, () -> host.whenAwake(this, host::renew));
                }
            }
        }
    }

    private void fetch(int task, int attempt, int holder, boolean sliced) {
        World.check(holder != host.index, "worker %d fetches task %d from itself", holder, task);
        world.data.fetch(
                Network.node(host.index), holder, task, attempt,
                answer -> host.whenAwake(this, () -> arrived(task, attempt, answer, sliced, PATIENCE)));
    }

    /// A copy for which there is no room waits a while for some.
    private void arrived(int task, int attempt, Optional<Value> answer, boolean sliced, int patience) {
        if (answer.isPresent() && !core.awaitsCopy(task, attempt)) {
            return;
        }
        boolean isPut = answer.isPresent() && store.put(task, attempt, answer.get(), false);
        if (answer.isPresent() && !isPut && patience > 0) {
            later(TICK_NANOS, () -> arrived(task, attempt, answer, sliced, patience - 1));
            return;
        }
        if (isPut && sliced) {
            inSlices.add(task);
        } else if (isPut) {
            inSlices.remove(task);
        }
        if (store.has(task, attempt) && (sliced || !inSlices.contains(task))) {
            in.inputArrived(task, attempt);
        } else {
            world.statistics.count(Fault.FETCH_FAILED);
            in.inputUnavailable(task, attempt);
        }
        turn();
    }

    void serve(int task, int attempt, Consumer<Optional<Value>> answer) {
        Value value = null;
        if (core.holds(task, attempt)) {
            World.check(store.has(task, attempt), "worker %d has not got what it holds: %d", host.index, task);
            World.check(!inSlices.contains(task), "worker %d holds slices of %d only", host.index, task);
            value = store.read(task);
            if (value == null) {
                reportLost(task);
                turn();
            }
        }
        Optional<Value> found = Optional.ofNullable(value);
        later(Times.MICROSECOND + found.map(Value::bytes).orElse(0L), () -> answer.accept(found));
    }

    /// What cannot be read is lost under all its names.
    void reportLost(int task) {
        store.forEachName(task, in::resultLost);
    }

    /// True if the core waits for that attempt's end: then its result is kept.
    boolean awaits(int task, int attempt) {
        return core.awaits(task, attempt);
    }

    /// Sends what is due.
    void pump() {
        while (!backlog.isEmpty() && session.hasRoom()) {
            session.send(backlog.poll());
        }
        session.transmit(world.agenda.now(), packet -> world.network.send(
                Network.node(host.index), Network.SCHEDULER, () -> world.scheduler.receive(host.index, packet)));
    }

    /// So many tasks more run under these terms, or fewer. Only where nothing is taken back from a silent worker can the
    /// scheduler know what runs.
    void occupy(LayerTerms terms, int tasks) {
        World.check(
                terms.workers().isEmpty() || terms.workers().stream().anyMatch(host.profile().labels()::contains),
                "worker %d must not run tasks for %s", host.index, terms.workers());
        terms.resources().forEach((name, amount) -> {
            int used = occupied.merge(name, tasks * amount, Integer::sum);
            World.check(
                    !world.isCalm() || used <= host.profile().resources().getOrDefault(name, 0),
                    "worker %d runs tasks for %d %s", host.index, used, name);
        });
    }

    private void checkBudget() {
        World.check(
                !store.isOverBudget(), "worker %d holds %d bytes, more than its %d",
                host.index, store.used(), world.scenario.workerBytes());
    }

    /// True if nothing runs, waits to be said, or is on its way.
    boolean isQuiet() {
        return backlog.isEmpty() && session.unacknowledgedCount() == 0
                && threads.stream().allMatch(t -> t.isIdle() && t.isEmpty());
    }

    /// All jobs are forgotten: so must be everything about them.
    void checkEmpty() {
        World.check(jobs.isEmpty(), "worker %d still knows jobs %s", host.index, jobs.keySet());
        World.check(store.isEmpty(), "worker %d still holds results %s", host.index, store.names(0, Integer.MAX_VALUE));
        World.check(host.disk.used() == 0, "worker %d left %d bytes on disk", host.index, host.disk.used());
        World.check(core.taskCount() == 0, "worker %d still knows %d tasks", host.index, core.taskCount());
        World.check(
                core.idleCount() == threads.size(), "worker %d counts %d idle threads of %d", host.index,
                core.idleCount(), threads.size());
    }
}
