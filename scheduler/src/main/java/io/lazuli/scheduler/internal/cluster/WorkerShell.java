package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.Layer;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.event.RefusalCount;
import io.lazuli.scheduler.event.WorkerSample;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.compute.Dispatcher;
import io.lazuli.scheduler.internal.compute.LayerRun;
import io.lazuli.scheduler.internal.compute.ProcessSampler;
import io.lazuli.scheduler.internal.compute.Shell;
import io.lazuli.scheduler.internal.compute.TaskRunner;
import io.lazuli.scheduler.internal.compute.Transit;
import io.lazuli.scheduler.internal.compute.Workforce;
import io.lazuli.scheduler.internal.core.Entries;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.store.ExportedResult;
import io.lazuli.scheduler.internal.store.LostResultException;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoredResult;
import io.lazuli.scheduler.internal.wire.Fence;
import io.lazuli.scheduler.internal.wire.FromWorker;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.RemoteFailure;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import io.lazuli.scheduler.internal.wire.Ticket;
import io.lazuli.scheduler.internal.wire.ToWorker;
import io.lazuli.scheduler.internal.wire.WorkerFacts;
import io.lazuli.scheduler.internal.worker.WorkerEventBuffer;
import io.lazuli.scheduler.internal.worker.WorkerOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One incarnation of a worker: the shell between its core, its threads, its scheduler and other workers.
///
/// ```
///   scheduler --Ordered--> [lock] WorkerCore --> threads, fetches
///             <-Reported-- [    ]
/// ```
///
/// What does not say otherwise is for whoever holds the dispatcher's lock.
public final class WorkerShell implements Shell, Workforce.Jobs, Workforce.Elsewhere, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkerShell.class.getName());

    private final Fence fence;
    private final WorkerFacts facts;
    private final ResultStore store;
    private final ProcessSampler sampler;
    private final CodeStore code;
    private final IncomingCode incoming;
    private final Peers peers;
    private final Runnable onDismissal;
    private final Dispatcher dispatcher;
    private final Workforce workforce;
    /// Connections that this process has refused.
    private volatile Supplier<List<RefusalCount>> refusals = List::of;
    /// Of these, what the scheduler was told. Guarded by the dispatcher's lock.
    private List<RefusalCount> toldRefusals = List.of();
    private final Conversation<FromWorker, ToWorker> conversation;
    private final Map<Long, WorkerJob> jobs = new LinkedHashMap<>();
    /// To be dropped once the core has heard that they are forgotten.
    private final List<Long> forgotten = new ArrayList<>();
    /// Other workers, by index.
    private final Map<Integer, Peer> others = new HashMap<>();
    /// What threads have to say beside their reports, to go before these. Any thread adds to it.
    private final Queue<FromWorker> asides = new ConcurrentLinkedQueue<>();
    /// What attempts have returned, to be put into the store before the core hears that they have ended. Any thread adds to it, so that
    /// a task that ends needs no lock of its own. Ownership: a hold of each.
    private final Queue<Returned> returned = new ConcurrentLinkedQueue<>();
    /// Layers with something new in their measures. Any thread adds to it.
    private final Queue<Measured> measured = new ConcurrentLinkedQueue<>();
    /// What tasks returned in place of a result, by ticket, on the way through the core: empty except while the lock is held.
    private final Map<Long, ShippedGraph> expansions = new HashMap<>();
    private long lastTicket;

    /// Another worker.
    ///
    /// @param id    session between it and the scheduler
    /// @param fence of that scheduler
    public record Peer(SessionId id, Fence fence, WorkerFacts facts) {
        /// What a result of that worker is asked for by.
        Ticket ticket(int task, int attempt) {
            return new Ticket(fence, task, attempt);
        }
    }

    private record Lent(WorkerJob job, StoredResult result) {}

    private record Returned(int task, int attempt, StoredResult result) {}
    private record Measured(WorkerJob job, LayerRun layer) {}

    public SessionId session() {
        return conversation.id();
    }

    /// Gets results from other workers.
    public interface Peers {
        /// Fetches a result, then hands it over, in any thread; or nothing, if it is not to be had. Does not wait.
        ///
        /// @param sliced for readers of its slices only
        void fetch(
                Peer holder, TaskResult result, boolean sliced, BiConsumer<TaskResult, Optional<StoredResult>> done);
    }

    /// Starts nothing: [#start] does.
    ///
    /// @param onDismissal the scheduler has given this incarnation up: what is to be done, soon and elsewhere
    public WorkerShell(
            SessionId id, Fence fence, WorkerFacts facts, MemoryAccountant accountant, ResultStore store,
            CodeStore code,
            Peers peers, Runnable onDismissal) {
        this.fence = fence;
        this.facts = facts;
        this.store = store;
        this.sampler = new ProcessSampler(accountant, store);
        this.code = code;
        this.incoming = new IncomingCode(code);
        this.peers = peers;
        this.onDismissal = onDismissal;
        int threads = facts.profile().threads();
        this.dispatcher = new Dispatcher(threads, new TaskRunner(accountant, store, Transit.SAFE), this);
        this.workforce = new Workforce(
                WorkerOptions.remote(Entries.source(id.worker(), id.incarnation()), threads), dispatcher, store,
                this, this);
        this.conversation = new Conversation<>(id, ToWorker.class, System.nanoTime());
    }

    /// Has the scheduler know of connections that this process has refused.
    void countRefusals(Supplier<List<RefusalCount>> counts) {
        refusals = counts;
    }

    /// Joins, and starts the threads. Without the lock.
    public void start() {
        dispatcher.call(() -> {
            conversation.say(new FromWorker.Joined(facts));
            return true;
        });
        dispatcher.start();
        dispatcher.watch();
    }

    /// Goes on over that connection. Without the lock, as the next two.
    public void attach(Link link) {
        dispatcher.call(() -> {
            conversation.attach(link);
            return true;
        });
    }

    /// The connection is gone.
    public void detach(Link link) {
        dispatcher.call(() -> {
            conversation.detach(link);
            return true;
        });
    }

    public void receive(Packet<?> packet) {
        dispatcher.call(() -> conversation.receive(packet, System.nanoTime(), this::obey));
    }

    private void obey(ToWorker message) {
        switch (message) {
            case ToWorker.SentCode sent -> incoming.accept(sent.piece());
            case ToWorker.DroppedCode dropped ->
                incoming.drop(dropped.hashes().stream().map(CodeHash::new).toList());
            case ToWorker.Introduced other -> others.put(
                    other.worker(),
                    new Peer(
                            new SessionId(conversation.id().epoch(), other.worker(), other.incarnation()), fence,
                            other.facts()));
            case ToWorker.Ordered ordered -> {
                Iterator<JobSpec> announced = ordered.jobs().iterator();
                inbox().addOrders(ordered.words(), new WorkerEventBuffer.OrderedJobs() {
                    @Override
                    public JobPlan announced(long job, int firstTask) {
                        return admit(job, firstTask, announced.next());
                    }

                    @Override
                    public void stopped(long job) {
                        if (jobs.get(job) instanceof WorkerJob known) {
                            known.stop();
                        }
                    }

                    @Override
                    public void forgotten(long job) {
                        forgotten.add(job);
                    }
                });
            }
        }
    }

    private JobPlan admit(long id, int firstTask, JobSpec spec) {
        WorkerJob job;
        try {
            incoming.checkTaken(spec.bundles());
            job = job(id, firstTask, spec, JobClasses.of(code, spec.bundles()));
        } catch (LazuliException e) {
            job = new WorkerJob(
                    id, spec, spec.graph().broken(e), JobClasses.ofThisProcess(), firstTask, this, store);
        }
        jobs.put(id, job);
        store.ensureCapacity(job.endTask());
        return job.plan();
    }

    /// Ownership: takes over `classes`, also if it fails. Errors: DATA if the graph cannot be read.
    private WorkerJob job(long id, int firstTask, JobSpec spec, JobClasses classes) {
        try {
            return new WorkerJob(id, spec, spec.graph().open(classes.codec()), classes, firstTask, this, store);
        } catch (RuntimeException e) {
            classes.close();
            throw e;
        }
    }

    @Override
    public @Nullable WorkerJob find(long id) {
        return jobs.get(id);
    }

    @Override
    public Stream<WorkerJob> all() {
        return jobs.values().stream();
    }

    @Override
    public WorkerEventBuffer inbox() {
        return workforce.inbox();
    }

    @Override
    public void decide() {
        // Of each end that is in the inbox, the result is here: it was added first.
        for (Returned next = returned.poll(); next != null; next = returned.poll()) {
            put(next);
        }
        while (!inbox().isEmpty()) {
            workforce.decide(System.nanoTime());
            report();
        }
        forgotten.forEach(this::forget);
        forgotten.clear();
        conversation.pump(System.nanoTime());
    }

    private void forget(long id) {
        WorkerJob job = jobs.remove(id);
        if (job != null) {
            job.close();
        }
    }

    private void report() {
        if (!workforce.reports().isEmpty()) {
            for (Measured news = measured.poll(); news != null; news = measured.poll()) {
                news.job().tellMeasures(news.layer(), conversation::say);
                news.job().tellSpill(conversation::say);
            }
            for (FromWorker aside = asides.poll(); aside != null; aside = asides.poll()) {
                conversation.say(aside);
            }
            List<ShippedGraph> graphs = new ArrayList<>();
            for (long ticket : workforce.reports().expandedJobs()) {
                graphs.add(expansions.get(ticket));
            }
            conversation.say(new FromWorker.Reported(workforce.reports().packed(), graphs));
        }
        expansions.clear();
        workforce.reported();
    }

    /// To be told before the next report. Any thread may call it.
    void measured(WorkerJob job, LayerRun layer) {
        measured.add(new Measured(job, layer));
    }

    /// To be said before the next report. Any thread may call it.
    void tell(FromWorker aside) {
        asides.add(aside);
    }

    /// A task returned a graph. Without the lock.
    ///
    /// @param event adds what the core is told, given the ticket of the graph
    void expanded(ShippedGraph graph, BiConsumer<WorkerEventBuffer, Long> event) {
        dispatcher.call(() -> {
            expansions.put(++lastTicket, graph);
            event.accept(inbox(), lastTicket);
            return true;
        });
    }

    @Override
    public void fetch(int task, int attempt, int holder, boolean sliced) {
        WorkerJob job = jobWith(task);
        Peer peer = others.get(holder);
        if (job == null || peer == null) {
            inbox().inputUnavailable(task, attempt);
            return;
        }
        peers.fetch(peer, new TaskResult(job, task, attempt), sliced && job.trustsSlicesOf(task), this::fetched);
    }

    /// A result for another worker or a client. Without the lock. Ownership: the caller's hold.
    public Optional<StoredResult> lend(int task, int attempt) {
        return dispatcher.call(() -> workforce.lend(task, attempt));
    }

    /// A result in a form that travels; empty if this worker has not got it, or cannot read it any more. Without the lock.
    /// Ownership: the caller closes it. Errors: as those of [StoredResult#export].
    Optional<ExportedResult> export(int task, int attempt) {
        Optional<Lent> lent = dispatcher.call(() -> jobWith(task) instanceof WorkerJob job
                ? workforce.lend(task, attempt).map(result -> new Lent(job, result))
                : Optional.empty());
        if (lent.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(lent.get().result().export(lent.get().job().makerOf(task)));
        } catch (LostResultException e) {
            lose(task, attempt, e);
            return Optional.empty();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            if (!(e instanceof LazuliException typed && typed.code() == ErrorCode.RESOURCE)) {
                // Not for lack of memory or disk, which another worker may have: it would not be written there either.
                dispatcher.call(() -> {
                    conversation.say(new FromWorker.ResultStuck(task, attempt, RemoteFailure.of(e)));
                    return true;
                });
            }
            throw e;
        } finally {
            lent.get().result().release();
        }
    }

    /// A result of this worker's own cannot be read.
    private void lose(int task, int attempt, LostResultException why) {
        dispatcher.call(() -> {
            WorkerJob job = jobWith(task);
            if (job != null) {
                job.recordLoss(why);
            }
            inbox().resultLost(task, attempt);
            return true;
        });
    }

    private @Nullable WorkerJob jobWith(int task) {
        return jobs.values().stream().filter(known -> known.has(task)).findFirst().orElse(null);
    }

    /// What was fetched, if it was there. One that comes late must not replace what this worker has made itself meanwhile.
    private void fetched(TaskResult result, Optional<StoredResult> copy) {
        dispatcher.call(() -> {
            if (copy.isEmpty()) {
                inbox().inputUnavailable(result.task(), result.attempt());
            } else if (workforce.awaitsCopy(result.task(), result.attempt())) {
                workforce.put(result.task(), result.attempt(), copy.get());
                inbox().inputArrived(result.task(), result.attempt());
            } else {
                dispatcher.releaseLater(copy.get());
            }
            return true;
        });
    }

    /// What an attempt of a task has returned. Without the lock. Ownership: takes over a hold.
    void keep(int task, int attempt, StoredResult result) {
        returned.add(new Returned(task, attempt, result));
    }

    /// Nobody wants what an attempt has returned that was taken back meanwhile.
    private void put(Returned next) {
        if (workforce.awaits(next.task(), next.attempt())) {
            workforce.put(next.task(), next.attempt(), next.result());
        } else {
            dispatcher.releaseLater(next.result());
        }
    }

    @Override
    public void rejoin() {
        onDismissal.run();
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
        inbox().clear();
        expansions.clear();
    }

    @Override
    public BooleanSupplier tick() {
        Optional<WorkerSample> sample = sampler.next(System.nanoTime(), dispatcher::busyCount);
        return () -> {
            sample.ifPresent(now -> {
                conversation.say(new FromWorker.Sampled(now));
                tellRefusals();
                jobs.values().forEach(job -> job.tellSpill(conversation::say));
            });
            workforce.timePassed();
            return true;
        };
    }

    private void tellRefusals() {
        List<RefusalCount> now = refusals.get();
        if (!now.equals(toldRefusals)) {
            toldRefusals = now;
            conversation.say(new FromWorker.Refused(now));
        }
    }

    @Override
    public void awaitRoom() {
        // What the scheduler has not acknowledged waits in the conversation: its leases bound how much that is.
    }

    @Override
    public void brokeDown() {
        dispatcher.defect().ifPresent(defect -> LOG.log(System.Logger.Level.ERROR, facts.name(), defect));
        conversation.close();
        onDismissal.run();
    }

    /// Takes no more tasks, and has the scheduler hand its results to others; then it is dismissed. Without the lock.
    public void leave() {
        dispatcher.call(() -> {
            inbox().askedToLeave();
            return true;
        });
    }

    /// Ends the threads, and drops all results. Without the lock.
    @Override
    public void close() {
        dispatcher.call(() -> {
            jobs.values().forEach(WorkerJob::stop);
            conversation.close();
            return true;
        });
        dispatcher.stop();
        dispatcher.awaitSettled();
        for (Returned next = returned.poll(); next != null; next = returned.poll()) {
            next.result().release();
        }
        store.releaseAll();
        jobs.values().forEach(WorkerJob::close);
        incoming.close();
    }
}
