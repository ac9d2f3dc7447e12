package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Operation;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.event.WorkerSample;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.core.EffectBuffer;
import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.SchedulerCore;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.event.Description;
import io.lazuli.scheduler.internal.event.EngineState;
import io.lazuli.scheduler.internal.event.EventPublisher;
import io.lazuli.scheduler.internal.event.QueueLimits;
import io.lazuli.scheduler.internal.job.JobRecord;
import io.lazuli.scheduler.internal.job.Lineage;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.FromWorker;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.RemoteFailure;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The shell around the scheduler's core of a cluster: sessions with workers and clients, and what they must be told.
///
/// ```
///   client --Submitted, Took--> [lock] core.on --Offered, Ended--> client
///   worker --Reported---------> [    ]         --Ordered---------> worker
/// ```
///
/// Any thread may call it; whoever does takes the lock. Nothing waits under it: messages are queued by their connections.
public final class SchedulerShell implements EngineState, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SchedulerShell.class.getName());

    private final CoreOptions options;
    private final long leaseNanos;
    private final CodeStore code;
    private final ReentrantLock lock = new ReentrantLock();
    private final SchedulerCore core;
    private final EventPublisher events;
    private final Watches watches;
    /// Empty except while the lock is held.
    private final EventBuffer in = new EventBuffer();
    private final EffectBuffer out = new EffectBuffer();
    /// The latest incarnation under each index.
    private final List<WorkerPeer> workers = new ArrayList<>();
    private final Map<Integer, ClientPeer> clients = new LinkedHashMap<>();
    /// Those of the clients that run nothing, by number.
    private final Set<Integer> onlookers = new HashSet<>();
    /// Jobs that the core knows.
    private final Map<Long, ClusterJob> jobs = new LinkedHashMap<>();
    /// Ids are of this epoch, so that no job of a scheduler before has the same.
    private long lastJob;
    private int lastClient;
    private final StatusReport status;
    /// Connections that were refused. Asked with the lock held.
    private volatile LongSupplier refusals = () -> 0;
    /// A defect of the scheduler itself, after which nothing runs.
    private @Nullable Throwable broken;
    /// Nobody is heard any more.
    private boolean closed;

    /// @param leaseNanos silence after which a client's jobs end
    /// @param code       of clients' programs
    public SchedulerShell(CoreOptions options, long leaseNanos, CodeStore code) {
        this.options = options;
        this.leaseNanos = leaseNanos;
        this.code = code;
        this.core = new SchedulerCore(options);
        this.lastJob = (long) options.epoch() << Integer.SIZE;
        this.events = new EventPublisher(core.transitions(), this, QueueLimits.SHARED);
        this.watches = new Watches(events, this::turn);
        this.status = new StatusReport(core, options.epoch());
    }

    /// Has `count` told to who asks how the cluster is.
    ///
    /// @param count of connections that were refused
    public void countRefusals(LongSupplier count) {
        refusals = count;
    }

    public EventStream events() {
        return events;
    }

    /// Results that were lost and made again, ever.
    long recomputedCount() {
        return locked(core::recomputedCount);
    }

    /// A worker has connected. Returns the session that its packets are to be of: the one that it had, or a new one, for which
    /// it drops everything that it may have from before.
    ///
    /// @param goesOn false if the worker has dropped everything already
    public SessionId greetWorker(Optional<SessionId> before, boolean goesOn) {
        return locked(() -> {
            WorkerPeer peer = before.filter(id -> id.epoch() == options.epoch() && id.worker() < workers.size())
                    .map(id -> workers.get(id.worker()))
                    .filter(known -> goesOn && known.conversation().id().equals(before.get()))
                    .orElseGet(() -> newWorker(before));
            return peer.conversation().id();
        });
    }

    /// Under the index that the worker had, if this scheduler gave it one.
    private WorkerPeer newWorker(Optional<SessionId> before) {
        Optional<SessionId> own = before.filter(id -> id.epoch() == options.epoch() && id.worker() < workers.size());
        int index = own.map(SessionId::worker).orElse(workers.size());
        int incarnation = own.map(id -> workers.get(id.worker()).incarnation() + 1).orElse(1);
        WorkerPeer peer = new WorkerPeer(
                new SessionId(options.epoch(), index, incarnation), System.nanoTime());
        if (index == workers.size()) {
            workers.add(peer);
        } else {
            workers.set(index, peer).conversation().close();
        }
        return peer;
    }

    /// A client has connected. Returns the session that its packets are to be of; empty if it wants to go on with one that is over,
    /// with all its jobs.
    public Optional<SessionId> greetClient(Optional<SessionId> before) {
        return locked(() -> {
            ClientPeer peer = before.map(id -> clients.get(id.worker())).orElse(null);
            if (before.isEmpty()) {
                SessionId id = new SessionId(options.epoch(), ++lastClient, 1);
                peer = ClientPeer.of(id, code, System.nanoTime());
                clients.put(id.worker(), peer);
                for (WorkerPeer worker : workers) {
                    if (worker.hasJoined()) {
                        peer.introduce(worker);
                    }
                }
            }
            if (peer == null || before.isPresent() && !peer.conversation().id().equals(before.get())) {
                return Optional.empty();
            }
            return Optional.of(peer.conversation().id());
        });
    }

    /// The worker was told its session: it goes on over that connection.
    public void attachWorker(SessionId session, Link link) {
        boolean isOpen = turn(() -> {
            WorkerPeer peer = workers.get(session.worker());
            if (peer.conversation().id().equals(session)) {
                peer.conversation().attach(link);
            } else {
                link.close();
            }
        });
        if (!isOpen) {
            link.close();
        }
    }

    /// The client was told its session: it goes on over that connection.
    public void attachClient(SessionId session, Link link) {
        boolean isOpen = turn(() -> {
            ClientPeer peer = clients.get(session.worker());
            if (peer == null) {
                link.close();
            } else {
                peer.conversation().attach(link);
            }
        });
        if (!isOpen) {
            link.close();
        }
    }

    public void receiveFromWorker(Packet<?> packet) {
        turn(() -> {
            int index = packet.session().worker();
            WorkerPeer peer = index < workers.size() ? workers.get(index) : null;
            if (peer == null) {
                return;
            }
            boolean isCurrent = peer.conversation()
                    .receive(packet, System.nanoTime(), message -> hear(peer, message));
            if (isCurrent && in.isEmpty() && peer.hasJoined()) {
                in.workerHeard(peer.source());
            }
        });
    }

    public void receiveFromClient(Packet<?> packet) {
        turn(() -> {
            ClientPeer peer = clients.get(packet.session().worker());
            if (peer != null) {
                peer.conversation().receive(packet, System.nanoTime(), message -> hear(peer, message));
            }
        });
    }

    /// The connection is gone; another may come.
    public void disconnected(Link link) {
        locked(() -> {
            workers.forEach(peer -> peer.conversation().detach(link));
            clients.values().forEach(peer -> peer.conversation().detach(link));
            return true;
        });
    }

    /// Lets time pass: ten times a second.
    public void tick() {
        turn(() -> {
            in.timePassed();
            long now = System.nanoTime();
            for (ClientPeer client : List.copyOf(clients.values())) {
                if (now - client.conversation().heardNanos() >= leaseNanos) {
                    leave(client);
                }
            }
        });
    }

    private void leave(ClientPeer client) {
        client.jobs().forEach(this::close);
        watches.leave(client);
        client.conversation().close();
        clients.remove(client.number());
        onlookers.remove(client.number());
        List<CodeHash> bundles = client.code().bundles();
        client.code().close();
        List<String> gone = bundles.stream().map(CodeHash::hex).filter(hash -> codeFile(hash).isEmpty()).toList();
        workers.forEach(worker -> worker.drop(gone));
    }

    /// Where a bundle lies that some client has sent.
    private Optional<Path> codeFile(String hash) {
        CodeHash bundle = new CodeHash(hash);
        return clients.values().stream()
                .map(client -> client.code().known(bundle))
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(lease -> lease.file(bundle));
    }

    private void hear(WorkerPeer speaker, FromWorker message) {
        switch (message) {
            case FromWorker.Joined joined -> join(speaker, joined);
            case FromWorker.Reported reported -> {
                Iterator<ShippedGraph> graphs = reported.graphs().iterator();
                in.addReports(speaker.source(), reported.words(), task -> expand(task, graphs.next()));
            }
            case FromWorker.TaskBroke broke -> jobWith(broke.task()).ifPresent(job -> {
                Throwable why = broke.why().toThrowable();
                job.record().recordFailure(broke.task(), why);
                events.attemptFailed(broke.task(), why);
            });
            case FromWorker.ResultBroke broke -> known(broke.job())
                    .ifPresent(job -> job.record().recordLoss(broke.why().toThrowable()));
            case FromWorker.ResultStuck stuck -> {
                jobWith(stuck.task()).ifPresent(
                        job -> job.record().recordRefusal(stuck.task(), stuck.why().toLazuliException()));
                in.resultStuck(speaker.source(), stuck.task(), stuck.attempt());
            }
            case FromWorker.Measured measured -> known(measured.job())
                    .ifPresent(job -> job.measured(speaker.source(), measured.layer(), measured.measures()));
            case FromWorker.Sampled(WorkerSample sample) -> {
                speaker.sampled(sample);
                if (speaker.hasJoined() && events.isObserved()) {
                    events.sampled(speaker.index(), sample);
                }
            }
            case FromWorker.Spilled spilled -> known(spilled.job())
                    .ifPresent(job -> job.spilled(speaker.source(), spilled));
        }
    }

    private void join(WorkerPeer worker, FromWorker.Joined joined) {
        worker.join(joined.facts());
        for (WorkerPeer other : workers) {
            if (other != worker && other.hasJoined()) {
                worker.introduce(other);
                other.introduce(worker);
            }
        }
        clients.values().forEach(client -> client.introduce(worker));
        for (ClusterJob job : jobs.values()) {
            if (job.record().isAdmitted()) {
                worker.announce(options.epoch(), job, this::codeFile);
                if (job.isStopped()) {
                    worker.stop(options.epoch(), job.id());
                }
            }
        }
        events.announce(worker.index(), worker.description());
        if (worker.incarnation() > 1) {
            events.departs(worker.index(), "it began anew, without what it had");
        }
        in.workerJoined(
                worker.source(), joined.facts().profile().withMemoryBytes(joined.facts().memoryBytes()));
    }

    /// A job for the graph that the task returned in place of a result.
    private EventBuffer.Expanded.Child expand(int task, ShippedGraph graph) {
        long id = ++lastJob;
        Optional<ClusterJob> parent = jobWith(task);
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

    private void add(ClusterJob job) {
        jobs.put(job.id(), job);
        events.announce(job.id(), job.record()::description);
    }

    private void hear(ClientPeer speaker, FromClient message) {
        switch (message) {
            case FromClient.Submitted submitted -> submit(speaker, submitted);
            case FromClient.Cancelled cancelled -> own(speaker, cancelled.job())
                    .filter(job -> job.record().isRunning())
                    .ifPresent(job -> in.jobCancelled(job.id()));
            case FromClient.Closed closed -> {
                if (speaker.jobs().remove(closed.job())) {
                    close(closed.job());
                }
            }
            case FromClient.Took took -> own(speaker, took.job())
                    .map(job -> job.take(took.partition()))
                    .filter(task -> task >= 0)
                    .ifPresent(in::resultTaken);
            case FromClient.Missed missed -> own(speaker, missed.job()).ifPresent(job -> miss(job, missed));
            case FromClient.OfferedCode offered -> {
                List<CodeHash> bundles =
                        offered.bundles().stream().map(offer -> new CodeHash(offer.hash())).toList();
                speaker.say(new ToClient.WantsCode(
                        offered.request(), speaker.code().lacking(bundles).stream().map(CodeHash::hex).toList()));
            }
            case FromClient.SentCode sent -> speaker.code().accept(sent.piece());
            case FromClient.SawEnd end -> workers.stream()
                    .filter(worker -> worker.facts()
                            .filter(facts -> facts.name().equals(end.worker())
                                    && facts.processId() == end.processId())
                            .isPresent())
                    .forEach(worker -> {
                        events.departs(worker.index(), end.how());
                        in.workerDied(worker.source());
                    });
            case FromClient.OfEvents wish -> watches.hear(speaker, wish);
            case FromClient.RunsNothing _ -> onlookers.add(speaker.number());
            case FromClient.AskedStatus asked -> speaker.say(new ToClient.StatusIs(
                    asked.request(),
                    status.of(workers, clients.size() - onlookers.size(), jobs.values(), refusals.getAsLong())));
            case FromClient.AskedProgress asked -> speaker.say(
                    own(speaker, asked.job())
                            .<ToClient>map(job -> new ToClient.ProgressIs(asked.request(), job.progress()))
                            .orElseGet(() -> refusal(asked.request(), Errors.noSuchJob(asked.job()))));
        }
    }

    private void submit(ClientPeer client, FromClient.Submitted submitted) {
        try {
            submitted.before().filter(jobs::containsKey).ifPresent(id -> {
                throw Errors.jobTaken(id);
            });
            client.code().check(submitted.job().bundles());
            Map<Token, Lineage> held = held(client, submitted.job());
            Map<Token, Operation> makers = new LinkedHashMap<>();
            held.forEach((token, lineage) -> makers.put(token, lineage.graph().outputLayer().operation()));
            JobSpec spec = submitted.job().withMakers(makers);
            JobPlan plan = spec.plan();
            JobRecord record = JobRecord.of(
                    submitted.before().orElseGet(() -> ++lastJob), TransitionBuffer.NONE, spec.options(),
                    spec.graph().skeleton(), plan);
            add(ClusterJob.of(record, spec, client, held));
            client.jobs().add(record.id());
            client.say(new ToClient.Accepted(submitted.request(), record.id()));
            in.jobSubmitted(record.id(), plan);
        } catch (LazuliException e) {
            client.say(refusal(submitted.request(), e));
        }
    }

    /// How what the job starts from was made. Errors: USER if the client keeps no such results.
    private Map<Token, Lineage> held(ClientPeer client, JobSpec spec) {
        Map<Token, Lineage> lineages = new LinkedHashMap<>();
        spec.graph().skeleton().held().forEach((token, partitionCount) -> {
            ClusterJob keeper = Optional.ofNullable(spec.held().get(token))
                    .flatMap(held -> own(client, held.keeper()))
                    .filter(job -> job.lineage().graph().output().equals(token))
                    .orElseThrow(() -> Errors.notHeld(token, List.of()));
            if (keeper.record().partitionCount() != partitionCount) {
                throw Errors.heldDiffers(token, keeper.record().partitionCount(), partitionCount);
            }
            lineages.put(token, keeper.lineage());
        });
        return lineages;
    }

    private static ToClient refusal(long request, LazuliException why) {
        return new ToClient.Refused(request, RemoteFailure.of(why));
    }

    /// What was offered cannot be had: it is to be made again, unless it is already.
    private void miss(ClusterJob job, FromClient.Missed missed) {
        ClusterJob.Offer offer = job.offered(missed.partition());
        boolean isOffered = offer != null
                && offer.attempt() == missed.attempt()
                && offer.source() >>> Integer.SIZE == missed.worker();
        if (offer != null && isOffered) {
            job.record().recordLoss(missed.why().toThrowable());
            in.resultLost(offer.source(), offer.task(), offer.attempt());
        }
    }

    private void close(long job) {
        if (jobs.containsKey(job)) {
            in.jobClosed(job);
        }
    }

    private Optional<ClusterJob> own(ClientPeer client, long job) {
        return client.jobs().contains(job) ? known(job) : Optional.empty();
    }

    private Optional<ClusterJob> known(long job) {
        return Optional.ofNullable(jobs.get(job));
    }

    private Optional<ClusterJob> jobWith(int task) {
        return jobs.values().stream()
                .filter(job -> job.record().isAdmitted() && job.record().has(task))
                .findFirst();
    }

    /// Runs `action` with the lock held, lets the core decide about the events that it adds, and sends what is to be said. Does
    /// nothing, and returns false, once this shell is closed.
    private boolean turn(Runnable action) {
        return locked(() -> {
            if (closed) {
                return false;
            }
            try {
                action.run();
                if (broken == null) {
                    decide();
                }
                watches.settle();
            } finally {
                in.clear();
            }
            long now = System.nanoTime();
            workers.forEach(worker -> worker.pump(now));
            clients.values().forEach(client -> client.conversation().pump(now));
            return true;
        });
    }

    private void decide() {
        try {
            while (!in.isEmpty()) {
                core.on(in, System.nanoTime(), out);
                in.clear();
                for (int i = 0; i < out.size(); i++) {
                    apply(i);
                }
                out.clear();
            }
            events.handOver(System.nanoTime());
        } catch (RuntimeException e) {
            broken = e;
            LOG.log(System.Logger.Level.ERROR, "the scheduler met a defect of its own", e);
            breakDown(Errors.engineBroken(e));
        } finally {
            out.clear();
        }
    }

    /// Tells every client why nothing goes on.
    private void breakDown(LazuliException why) {
        for (ClusterJob job : jobs.values()) {
            job.breakDown(why);
        }
    }

    private void apply(int i) {
        int epoch = options.epoch();
        switch (out.kind(i)) {
            case RUN_TASKS, LOCATE_RESULTS, REVOKE_TASKS, RECALL_TASKS, KEEP_RESULTS, REDIRECT_RESULTS, RELEASE_RESULTS,
                    ADOPT_RESULT ->
                workers.get(out.worker(i)).order(epoch, out, i);
            case DISMISS_WORKER -> {
                WorkerPeer worker = workers.get(out.worker(i));
                if (worker.incarnation() == out.incarnation(i)) {
                    if (worker.hasJoined()) {
                        events.departs(worker.index(), reasonToDismiss(worker));
                    }
                    worker.dismiss(epoch);
                }
            }
            case ADMIT_JOB -> {
                ClusterJob job = job(i);
                job.record().admit(out.task(i), core.progress(job.id()));
                workers.forEach(worker -> worker.announce(epoch, job, this::codeFile));
            }
            case STOP_JOB -> {
                job(i).stop(out.task(i));
                toAll(i);
            }
            case FORGET_JOB -> {
                known(out.job(i)).ifPresent(this::forget);
                toAll(i);
            }
            case OFFER_RESULT -> {
                WorkerPeer holder = workers.get(out.worker(i));
                boolean isNews = job(i).offer(out.task(i), out.attempt(i), holder.source(), holder.index());
                if (!isNews) {
                    in.resultTaken(out.task(i));
                }
            }
            case WITHDRAW_RESULT -> job(i).withdraw(out.task(i));
            case REPORT_ROW_LOSS ->
                job(i).record().loseRows(out.layer(i), out.rowsProduced(i), out.rowsTaken(i));
            case REPORT_UNRUNNABLE -> job(i).record().refuse(out.layer(i), profiles());
            case REPORT_DEADLY -> job(i).record().blame(out.task(i), out.deaths(i));
            case REPORT_HELD_LOST -> job(i).record().loseHeld();
            case REPORT_UNREADABLE -> job(i).record().refuseToRead(out.task(i), out.losses(i));
            case REOPEN_JOB -> job(i).reopen();
            case FINISH_JOB -> {
                ClusterJob job = job(i);
                job.finish(out.state(i));
                job.record().failureMessage().ifPresent(message -> events.failed(job.id(), message));
            }
            case RESTORE_RESULT -> restore(job(i), out.task(i), out.attempt(i));
        }
    }

    /// Has a result made again that a job started from.
    private void restore(ClusterJob job, int task, int attempt) {
        long id = ++lastJob;
        JobSpec spec = job.restorer(task);
        JobPlan plan = spec.plan();
        add(job.child(id, spec, plan));
        in.restorationSubmitted(job.id(), task, attempt, id, plan);
    }

    private String reasonToDismiss(WorkerPeer worker) {
        long silentNanos = System.nanoTime() - worker.conversation().heardNanos();
        return silentNanos >= options.evictNanos()
                ? "it was not heard of for %d s".formatted(TimeUnit.NANOSECONDS.toSeconds(silentNanos))
                : "it was asked to end, and has left";
    }

    private void toAll(int i) {
        workers.forEach(worker -> worker.order(options.epoch(), out, i));
    }

    private void forget(ClusterJob job) {
        job.sample(core.transitions());
        job.forgotten();
        jobs.remove(job.id());
    }

    private ClusterJob job(int i) {
        return known(out.job(i)).orElseThrow(
                () -> new IllegalStateException("the core speaks of a job that it was not given: " + out.get(i)));
    }

    private List<WorkerProfile> profiles() {
        return workers.stream()
                .filter(WorkerPeer::hasJoined)
                .map(worker -> worker.facts().orElseThrow().profile())
                .toList();
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void exclusively(Runnable action) {
        locked(() -> {
            action.run();
            return true;
        });
    }

    @Override
    public void observed() {
        // Workers tell of themselves whether anybody listens or not.
    }

    @Override
    public void describe(Description into) {
        for (WorkerPeer worker : workers) {
            if (worker.hasJoined()) {
                into.worker(
                        worker.index(), worker.facts().orElseThrow().profile().threads(), worker.description());
            }
        }
        jobs.values().stream().filter(job -> job.record().isAdmitted()).forEach(job -> job.describe(into));
    }

    @Override
    public void sample(TransitionBuffer into) {
        jobs.values().forEach(job -> job.sample(into));
    }

    @Override
    public void close() {
        locked(() -> {
            closed = true;
            workers.forEach(worker -> worker.conversation().close());
            clients.values().forEach(client -> {
                client.conversation().close();
                client.code().close();
            });
            watches.close();
            return true;
        });
        events.close();
    }
}
