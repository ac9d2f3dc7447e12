package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.JobProgress;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.ClusterStatus;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.event.RefusalCount;
import io.lazuli.scheduler.event.WorkerSample;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.core.EffectBuffer;
import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.core.SchedulerCore;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.event.Description;
import io.lazuli.scheduler.internal.event.EngineState;
import io.lazuli.scheduler.internal.event.EventPublisher;
import io.lazuli.scheduler.internal.event.QueueLimits;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.FromWorker;
import io.lazuli.scheduler.internal.wire.RemoteFailure;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
    private final JobJournal journal;
    private final ReentrantLock lock = new ReentrantLock();
    /// By which others are silent. Asked with the lock held.
    private final AttentiveTime time;
    private final SchedulerCore core;
    private final EventPublisher events;
    private final Watches watches;
    /// Empty except while the lock is held.
    private final EventBuffer in = new EventBuffer();
    private final EffectBuffer out = new EffectBuffer();
    /// The latest incarnation under each index.
    private final List<WorkerPeer> workers = new ArrayList<>();
    private final Clients clients;
    private final ClusterJobs jobs;
    private final ClientJobs clientJobs;
    private final StatusReport status;
    /// Connections that this process has refused. Asked with the lock held.
    private volatile Supplier<List<RefusalCount>> ownRefusals = List::of;
    /// A defect of the scheduler itself, after which nothing runs.
    private @Nullable Throwable broken;
    /// Nobody is heard any more.
    private boolean closed;

    /// @param leaseNanos silence after which a client's jobs end
    /// @param code       of clients' programs
    /// @param journal    Ownership: the caller's
    /// @param clock      in nanoseconds; never goes back
    SchedulerShell(
            CoreOptions options, long leaseNanos, CodeStore code, JobJournal journal, LongSupplier clock) {
        this.options = options;
        this.time = new AttentiveTime(clock);
        this.leaseNanos = leaseNanos;
        this.journal = journal;
        this.core = new SchedulerCore(options);
        this.clients = new Clients(options.epoch(), code);
        this.events = new EventPublisher(core.transitions(), this, QueueLimits.SHARED);
        this.jobs = new ClusterJobs(options.epoch(), events);
        this.clientJobs = new ClientJobs(jobs, journal, in, new RecoveredJobs(new IncomingCode(code), 0), this::turn);
        this.watches = new Watches(events, this::turn);
        this.status = new StatusReport(core, options.epoch());
    }

    /// Goes on with the jobs of the leader before. They end if their clients do not come. To be called once, before anybody connects.
    ///
    /// Ownership: takes over the code.
    void inherit(Inheritance found) {
        turn(() -> clientJobs.inherit(found, time.nanos() + leaseNanos));
    }

    /// Has `counts` told to who asks how the cluster is.
    ///
    /// @param counts of connections that this process has refused
    public void countRefusals(Supplier<List<RefusalCount>> counts) {
        ownRefusals = counts;
    }

    @Override
    public List<RefusalCount> refusals() {
        return locked(() -> Stream.concat(
                ownRefusals.get().stream(),
                workers.stream().filter(WorkerPeer::hasJoined).flatMap(worker -> worker.refusals().stream()))
                .toList());
    }

    ClusterStatus status() {
        return locked(() -> status.of(workers, clients.count(), jobs.all(), refusals()));
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
                new SessionId(options.epoch(), index, incarnation), time.nanos());
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
            if (before.isPresent()) {
                return before.filter(id -> clients.of(id).isPresent());
            }
            ClientPeer peer = clients.add(time.nanos());
            workers.stream().filter(WorkerPeer::hasJoined).forEach(peer::introduce);
            return Optional.of(peer.conversation().id());
        });
    }

    /// The worker was told its session: it goes on over that connection.
    public void attachWorker(SessionId session, Link link) {
        attach(link, () -> Optional.of(workers.get(session.worker()).conversation())
                .filter(conversation -> conversation.id().equals(session)));
    }

    /// The client was told its session: it goes on over that connection.
    public void attachClient(SessionId session, Link link) {
        attach(link, () -> clients.of(session).map(ClientPeer::conversation));
    }

    private void attach(Link link, Supplier<Optional<? extends Conversation<?, ?>>> conversation) {
        boolean isOpen = turn(
                () -> conversation.get().ifPresentOrElse(found -> found.attach(link), link::close));
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
                    .receive(packet, time.nanos(), message -> hear(peer, message));
            if (isCurrent && in.isEmpty() && peer.hasJoined()) {
                in.workerHeard(peer.source());
            }
        });
    }

    public void receiveFromClient(Packet<?> packet) {
        turn(
                () -> clients.of(packet.session()).ifPresent(
                        peer -> peer.conversation()
                                .receive(packet, time.nanos(), message -> hear(peer, message))));
    }

    /// The connection is gone; another may come.
    public void disconnected(Link link) {
        turn(() -> {
            workers.forEach(peer -> peer.conversation().detach(link));
            clients.detach(link);
            suspect();
        });
    }

    /// Membership says that a worker's process has come or gone. A worker is suspected where its connection says the same; it is
    /// no member in a cluster without membership.
    ///
    /// @param port where it gives results to others
    public void noteMember(long processId, int port, boolean isPresent) {
        turn(() -> {
            workers.forEach(peer -> peer.noteMember(processId, port, isPresent));
            suspect();
        });
    }

    private void suspect() {
        workers.stream().filter(WorkerPeer::isSuspicious).forEach(peer -> in.workerSuspected(peer.source()));
    }

    /// Lets time pass: ten times a second, each time after what has come until then was heard.
    public void tick() {
        turn(() -> {
            in.timePassed();
            long now = time.nanos();
            clients.gone(now, leaseNanos).forEach(this::leave);
            dropCode(clientJobs.endLate(now));
        });
    }

    private void leave(ClientPeer client) {
        clientJobs.leave(client);
        watches.leave(client);
        clients.remove(client);
        List<CodeHash> bundles = client.code().bundles();
        client.code().close();
        dropCode(bundles);
    }

    /// Somebody needs these bundles no more.
    private void dropCode(List<CodeHash> bundles) {
        List<String> gone = bundles.stream().map(CodeHash::hex).filter(hash -> codeFile(hash).isEmpty()).toList();
        if (!gone.isEmpty()) {
            workers.forEach(worker -> worker.drop(gone));
            journal.dropCode(gone);
        }
    }

    /// Where a bundle lies that some client has sent, or the leader before has left.
    private Optional<Path> codeFile(String hash) {
        CodeHash bundle = new CodeHash(hash);
        return clients.codeFile(bundle).or(() -> clientJobs.codeFile(bundle));
    }

    private void hear(WorkerPeer speaker, FromWorker message) {
        switch (message) {
            case FromWorker.Joined joined -> join(speaker, joined);
            case FromWorker.Reported reported -> {
                Iterator<ShippedGraph> graphs = reported.graphs().iterator();
                in.addReports(speaker.source(), reported.words(), task -> jobs.expand(task, graphs.next()));
            }
            case FromWorker.TaskBroke broke -> jobs.with(broke.task()).ifPresent(job -> {
                Throwable why = broke.why().toThrowable();
                job.record().recordFailure(broke.task(), why);
                events.attemptFailed(broke.task(), why);
            });
            case FromWorker.ResultBroke broke -> jobs.known(broke.job())
                    .ifPresent(job -> job.record().recordLoss(broke.why().toThrowable()));
            case FromWorker.ResultStuck stuck -> {
                jobs.with(stuck.task()).ifPresent(
                        job -> job.record().recordRefusal(stuck.task(), stuck.why().toLazuliException()));
                in.resultStuck(speaker.source(), stuck.task(), stuck.attempt());
            }
            case FromWorker.Measured measured -> jobs.known(measured.job())
                    .ifPresent(job -> job.measured(speaker.source(), measured.layer(), measured.measures()));
            case FromWorker.Refused refused -> speaker.refused(refused.counts());
            case FromWorker.Sampled(WorkerSample sample) -> {
                speaker.sampled(sample);
                if (speaker.hasJoined() && events.isObserved()) {
                    events.sampled(speaker.index(), sample);
                }
            }
            case FromWorker.Spilled spilled -> jobs.known(spilled.job())
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
        clients.introduce(worker);
        for (ClusterJob job : jobs.all()) {
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

    private void hear(ClientPeer speaker, FromClient message) {
        switch (message) {
            case FromClient.OfJob news when broken != null ->
                clientJobs.refuse(speaker, news, Errors.engineBroken(broken));
            case FromClient.OfJob news -> clientJobs.hear(speaker, news);
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
            case FromClient.RunsNothing _ -> clients.runsNothing(speaker);
            case FromClient.Left left -> {
                clients.leaves(speaker);
                speaker.say(new ToClient.Farewell(left.request()));
            }
            case FromClient.AskedStatus asked -> speaker.say(new ToClient.StatusIs(asked.request(), status()));
            case FromClient.AskedProgress asked -> speaker.say(
                    clientJobs.own(speaker, asked.job())
                            .<ToClient>map(job -> new ToClient.ProgressIs(asked.request(), job.progress()))
                            .orElseGet(() -> new ToClient.Refused(
                                    asked.request(), RemoteFailure.of(Errors.noSuchJob(asked.job())))));
        }
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
            long now = time.nanos();
            workers.forEach(worker -> worker.pump(now));
            clients.pump(now);
            return true;
        });
    }

    private void decide() {
        try {
            while (!in.isEmpty()) {
                core.on(in, time.nanos(), out);
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
        for (ClusterJob job : jobs.all()) {
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
                jobs.known(out.job(i)).ifPresent(this::forget);
                toAll(i);
            }
            case OFFER_RESULT -> {
                WorkerPeer holder = workers.get(out.worker(i));
                boolean isNews = job(i).offer(out.task(i), out.attempt(i), holder.source());
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
                if (out.state(i) != JobProgress.State.SUCCEEDED) {
                    journal.end(job.id());
                }
                job.record().failureMessage().ifPresent(message -> events.failed(job.id(), message));
            }
            case RESTORE_RESULT -> restore(job(i), out.task(i), out.attempt(i));
        }
    }

    /// Has a result made again that a job started from.
    private void restore(ClusterJob job, int task, int attempt) {
        ClusterJob restorer = jobs.restorer(job, task);
        in.restorationSubmitted(job.id(), task, attempt, restorer.id(), restorer.record().plan());
    }

    private String reasonToDismiss(WorkerPeer worker) {
        long silentNanos = time.nanos() - worker.conversation().heardNanos();
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
        jobs.remove(job);
        clientJobs.forgotten(job.id());
    }

    private ClusterJob job(int i) {
        return jobs.known(out.job(i)).orElseThrow(
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
        jobs.all().stream().filter(job -> job.record().isAdmitted()).forEach(job -> job.describe(into));
    }

    @Override
    public void sample(TransitionBuffer into) {
        jobs.all().forEach(job -> job.sample(into));
    }

    @Override
    public void close() {
        locked(() -> {
            closed = true;
            workers.forEach(worker -> worker.conversation().close());
            clients.close();
            clientJobs.close();
            watches.close();
            return true;
        });
        events.close();
    }
}
