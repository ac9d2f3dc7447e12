package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.WorkerSample;
import io.lazuli.scheduler.internal.compute.Dispatcher;
import io.lazuli.scheduler.internal.compute.ProcessSampler;
import io.lazuli.scheduler.internal.compute.Shell;
import io.lazuli.scheduler.internal.compute.TaskJob;
import io.lazuli.scheduler.internal.compute.TaskRunner;
import io.lazuli.scheduler.internal.compute.Workforce;
import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.core.EffectBuffer;
import io.lazuli.scheduler.internal.core.Entries;
import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.core.SchedulerCore;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.event.Description;
import io.lazuli.scheduler.internal.event.EngineState;
import io.lazuli.scheduler.internal.event.EventPublisher;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.worker.WorkerEventBuffer;
import io.lazuli.scheduler.internal.worker.WorkerOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Both cores in one process, wired together without a network between them.
///
/// ```
///   inbox --> WorkerCore --reports--> SchedulerCore --orders--> inbox, again and again
///                 \--> leases, results dropped      \--> results offered, jobs finished
/// ```
///
/// What does not say otherwise is for whoever holds the dispatcher's lock.
final class LocalShell implements Shell, EngineState, Workforce.Jobs {
    /// The one worker is number 0, and is so for the first time.
    private static final long SOURCE = Entries.source(0, 0);
    private static final int EPOCH = CoreOptions.LOCAL.epoch();
    /// Tasks that are looked at, on average, each time the cores are validated.
    private static final int VALIDATED_EACH_TIME = 200;
    /// Validating a job costs as much as so many tasks do.
    private static final int COST_OF_A_JOB = 100;

    private final WorkerProfile profile;
    private final ResultStore store;
    private final ProcessSampler sampler;
    private final Dispatcher dispatcher;
    private final Workforce workforce;
    private final SchedulerCore core = new SchedulerCore(CoreOptions.LOCAL);
    private final EventPublisher events = new EventPublisher(core.transitions(), this);
    /// Jobs that the core knows.
    private final Map<Long, JobRun> jobs = new LinkedHashMap<>();
    /// These three are empty except during a call.
    private final Inbox in;
    private final EffectBuffer out = new EffectBuffer();
    private long lastJob;
    /// What the store's counters said when jobs were sampled last.
    private long sampledChanges;
    /// Tasks that could have been looked at since the cores were validated last.
    private long unvalidated;

    LocalShell(WorkerProfile profile, TaskRunner runner, ResultStore store, ProcessSampler sampler) {
        this.profile = profile;
        this.store = store;
        this.sampler = sampler;
        this.dispatcher = new Dispatcher(profile.threads(), runner, this);
        this.workforce = new Workforce(
                WorkerOptions.local(SOURCE, profile.threads()), dispatcher, store, this,
                Workforce.Elsewhere.NOWHERE);
        this.in = new Inbox(new EventBuffer(), workforce.inbox());
        in.client().workerJoined(SOURCE, profile);
        decide();
    }

    /// The threads, and the lock. Without the lock.
    Dispatcher dispatcher() {
        return dispatcher;
    }

    /// Without the lock.
    EventPublisher events() {
        return events;
    }

    WorkerProfile profile() {
        return profile;
    }

    /// Jobs that the core knows.
    Map<Long, JobRun> jobs() {
        return jobs;
    }

    @Override
    public @Nullable TaskJob find(long id) {
        return jobs.get(id);
    }

    @Override
    public Stream<JobRun> all() {
        return jobs.values().stream();
    }

    long nextJobId() {
        return ++lastJob;
    }

    /// The job whose task runs in the calling thread, or [TransitionBuffer#NONE].
    long currentJobId() {
        OptionalInt task = dispatcher.currentTask();
        return task.isPresent() ? core.jobOf(task.getAsInt()) : TransitionBuffer.NONE;
    }

    /// Runs `action` with the lock held and everything known so far handled; the events that it adds are handled next. Without
    /// the lock.
    <T> T call(Function<Inbox, T> action) {
        return dispatcher.call(() -> action.apply(in));
    }

    /// As [#call], again and again, until `action` has something; see [Dispatcher#await]. Without the lock.
    <T> T await(Condition changed, Function<Inbox, Optional<T>> action) throws InterruptedException {
        return dispatcher.await(changed, () -> action.apply(in));
    }

    @Override
    public void exclusively(Runnable action) {
        dispatcher.call(() -> {
            action.run();
            return true;
        });
    }

    @Override
    public void describe(Description into) {
        into.worker(0, profile.threads());
        jobs.values().forEach(job -> job.describe(into));
    }

    /// Tells observers what has gone to disk since they were told last, or come back.
    @Override
    public void sample(TransitionBuffer into) {
        long changes = store.counters().changeCount();
        if (changes != sampledChanges) {
            sampledChanges = changes;
            jobs.values().forEach(job -> job.sample(into));
        }
    }

    @Override
    public WorkerEventBuffer inbox() {
        return workforce.inbox();
    }

    @Override
    public int idleThreadCount() {
        return workforce.idleThreadCount();
    }

    @Override
    public int abandonedCount() {
        return workforce.abandonedCount();
    }

    @Override
    public void clear() {
        in.clear();
    }

    @Override
    public BooleanSupplier tick() {
        Optional<WorkerSample> sample =
                events.isObserved() ? sampler.next(System.nanoTime(), dispatcher::busyCount) : Optional.empty();
        return () -> {
            sample.filter(_ -> events.isObserved()).ifPresent(now -> events.sampled(0, now));
            workforce.timePassed();
            in.client().timePassed();
            return !jobs.isEmpty() || events.isObserved();
        };
    }

    @Override
    public void observed() {
        dispatcher.watch();
    }

    @Override
    public void awaitRoom() {
        events.awaitRoom();
    }

    @Override
    public void brokeDown() {
        jobs.values().forEach(JobRun::signal);
    }

    /// Lets the cores decide about the inbox, and does what they say: the worker's core first, whose reports are the scheduler's
    /// events, whose orders are the worker's events, until nobody has anything to say.
    @Override
    public void decide() {
        while (!in.isEmpty()) {
            long now = System.nanoTime();
            workforce.decide(now);
            core.on(in.client(), now, out);
            core.on(workforce.reports(), now, out);
            in.client().clear();
            workforce.reported();
            for (int i = 0; i < out.size(); i++) {
                apply(i);
                in.worker().order(EPOCH, out, i);
            }
            out.clear();
        }
        events.handOver(System.nanoTime());
        assert isValid();
    }

    /// Always true, or an error. Re-derives the state of both cores: each time while they know few tasks, less often the more
    /// there are.
    private boolean isValid() {
        unvalidated += VALIDATED_EACH_TIME;
        if (unvalidated >= core.capacity() + (long) COST_OF_A_JOB * jobs.size()) {
            unvalidated = 0;
            core.validate();
            workforce.validate();
        }
        return true;
    }

    /// What the scheduler's core wants done.
    private void apply(int i) {
        switch (out.kind(i)) {
            case RUN_TASKS, RELEASE_RESULTS, ADOPT_RESULT -> {}
            case OFFER_RESULT -> job(out.job(i)).offer(out.task(i), in);
            case WITHDRAW_RESULT -> job(out.job(i)).withdraw(out.task(i));
            case ADMIT_JOB -> {
                store.ensureCapacity(core.capacity());
                JobRun job = job(out.job(i));
                job.admit(out.task(i), core.progress(job.id()));
                in.worker().jobAnnounced(EPOCH, job.id(), out.task(i), job.plan());
                dispatcher.watch();
            }
            case STOP_JOB -> job(out.job(i)).stop(out.task(i));
            case REPORT_ROW_LOSS ->
                job(out.job(i)).record().loseRows(out.layer(i), out.rowsProduced(i), out.rowsTaken(i));
            case REPORT_UNRUNNABLE -> job(out.job(i)).record().refuse(out.layer(i), List.of(profile));
            case RESTORE_RESULT -> job(out.job(i)).restore(out.task(i), out.attempt(i), in);
            case REPORT_HELD_LOST -> job(out.job(i)).record().loseHeld();
            case REPORT_UNREADABLE -> job(out.job(i)).record().refuseToRead(out.task(i), out.losses(i));
            case REOPEN_JOB -> job(out.job(i)).record().reopen();
            case FINISH_JOB -> job(out.job(i)).finish(out.state(i));
            case FORGET_JOB -> {
                job(out.job(i)).sample(core.transitions());
                jobs.remove(out.job(i));
            }
            case LOCATE_RESULTS, REVOKE_TASKS, DISMISS_WORKER, REPORT_DEADLY ->
                throw new IllegalStateException("there is one worker, and yet " + out.get(i));
        }
    }

    private JobRun job(long id) {
        return Objects.requireNonNull(jobs.get(id), "the core speaks of a job that it was not given");
    }

    /// The defect that stopped the engine, if there is one. Without the lock.
    Optional<LazuliException> defect() {
        return dispatcher.defect();
    }
}
