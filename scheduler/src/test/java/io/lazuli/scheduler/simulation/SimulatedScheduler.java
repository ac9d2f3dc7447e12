package io.lazuli.scheduler.simulation;

import io.lazuli.scheduler.internal.core.Effect;
import io.lazuli.scheduler.internal.core.EffectBuffer;
import io.lazuli.scheduler.internal.core.Entries;
import io.lazuli.scheduler.internal.core.Event;
import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.core.SchedulerCore;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.Session;
import io.lazuli.scheduler.internal.worker.WorkerEvent;
import io.lazuli.scheduler.internal.worker.WorkerEventBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// The shell around the scheduler's core: sessions with workers, and what they must be told when they join.
final class SimulatedScheduler {
    private final World world;
    private final SchedulerCore core;
    private final EventBuffer in = new EventBuffer();
    private final EffectBuffer out = new EffectBuffer();
    private final Leases leases;
    private long turns;
    /// By worker; null before the first packet.
    private final List<Peer> peers = new ArrayList<>();

    /// The latest incarnation of a worker.
    private static final class Peer {
        final Session<WorkerEvent.Order, Event> session;
        /// What the session has no room for.
        final Deque<WorkerEvent.Order> backlog = new ArrayDeque<>();
        /// The core knows of it: orders before that are for another incarnation.
        boolean hasJoined;
        boolean isDismissed;
        /// When it said that it leaves; negative before.
        long leavingSince = -1;

        Peer(Session<WorkerEvent.Order, Event> session) {
            this.session = session;
        }
    }

    SimulatedScheduler(World world) {
        this.world = world;
        this.core = new SchedulerCore(world.scenario.core());
        this.leases = new Leases(world.scenario.workers().size());
        for (int w = 0; w < world.scenario.workers().size(); w++) {
            peers.add(null);
        }
        world.agenda.in(WorkerProcess.TICK_NANOS, this::tick);
    }

    SchedulerCore core() {
        return core;
    }

    private void tick() {
        tell(EventBuffer::timePassed);
        world.agenda.in(WorkerProcess.TICK_NANOS, this::tick);
    }

    /// Tells the core something, and does what it wants done.
    void tell(Consumer<EventBuffer> event) {
        event.accept(in);
        turn();
    }

    /// A worker's process is known to be dead.
    void died(int worker, int incarnation) {
        tell(in -> in.workerDied(Entries.source(worker, incarnation)));
    }

    /// Somebody takes a worker's process for gone, and may be wrong.
    void suspect(int worker, int incarnation) {
        tell(in -> in.workerSuspected(Entries.source(worker, incarnation)));
    }

    void receive(int worker, Packet<Event> packet) {
        Peer peer = peers.get(worker);
        if (peer == null || peer.session.id().isBefore(packet.session())) {
            peer = new Peer(new Session<>(packet.session(), world.scenario.session(), world.agenda.now()));
            peers.set(worker, peer);
        }
        Peer speaker = peer;
        boolean isCurrent = peer.session.receive(packet, world.agenda.now(), event -> hear(speaker, event));
        if (isCurrent && in.isEmpty() && peer.hasJoined) {
            in.workerHeard(Entries.source(worker, packet.session().incarnation()));
        }
        turn();
        pump(worker);
    }

    private void hear(Peer speaker, Event event) {
        if (event instanceof Event.WorkerJoined) {
            speaker.hasJoined = true;
            for (SimulatedJob job : world.ledger.admitted()) {
                speaker.backlog.add(announcement(job));
                if (job.isStopped) {
                    speaker.backlog.add(new WorkerEvent.JobStopped(epoch(), job.id));
                }
            }
        }
        if (event instanceof Event.WorkerLeaves) {
            speaker.leavingSince = world.agenda.now();
        }
        in.add(event);
    }

    private int epoch() {
        return world.scenario.core().epoch();
    }

    private WorkerEvent.Order announcement(SimulatedJob job) {
        return new WorkerEvent.JobAnnounced(epoch(), job.id, job.first, job.expected.plan);
    }

    private void turn() {
        while (!in.isEmpty()) {
            decide();
        }
    }

    private void decide() {
        boolean isTick = true;
        for (int i = 0; i < in.size(); i++) {
            Event event = in.get(i);
            isTick &= event instanceof Event.TimePassed || event instanceof Event.WorkerHeard;
            world.trace.tell("scheduler", 0, event);
            leases.note(event);
        }
        world.statistics.schedulerEvents += in.size();
        core.on(in, world.agenda.now(), out);
        in.clear();
        boolean isQuiet = isTick && out.size() == 0;
        for (int i = 0; i < out.size(); i++) {
            Effect effect = out.get(i);
            world.trace.tell("scheduler", 0, effect);
            world.ledger.note(effect);
            apply(effect, i);
        }
        out.clear();
        if (!isQuiet && turns++ % world.ledger.validationInterval() == 0) {
            core.validate();
        }
        for (int w = 0; w < peers.size(); w++) {
            pump(w);
        }
    }

    private void apply(Effect effect, int i) {
        switch (effect) {
            case Effect.AdmitJob admit -> toAll(announcement(world.ledger.job(admit.job())));
            case Effect.StopJob stop -> {
                toAll(new WorkerEvent.JobStopped(epoch(), stop.job()));
                world.client.stopped(world.ledger.job(stop.job()));
            }
            case Effect.ForgetJob forget -> {
                toAll(new WorkerEvent.JobForgotten(epoch(), forget.job()));
                world.client.forgotten(world.ledger.job(forget.job()));
            }
            case Effect.DismissWorker dismiss -> {
                Peer peer = peers.get(dismiss.worker());
                boolean wasIdle = leases.isIdle(dismiss.worker());
                leases.note(dismiss);
                if (peer != null && peer.session.id().incarnation() == dismiss.incarnation()) {
                    checkDismissal(peer, dismiss, wasIdle);
                    peer.backlog.add(new WorkerEvent.Dismissed(epoch()));
                }
            }
            case Effect.RunTasks run -> {
                World.check(peers.get(run.worker()).leavingSince < 0, "it leaves: %s", run);
                leases.note(run);
                order(run.worker(), i);
            }
            case Effect.LocateResults locate -> order(locate.worker(), i);
            case Effect.RecallTasks recall -> order(recall.worker(), i);
            case Effect.KeepResults keep -> {
                World.check(peers.get(keep.worker()).leavingSince < 0, "it leaves itself: %s", keep);
                order(keep.worker(), i);
            }
            case Effect.RedirectResults redirect -> order(redirect.worker(), i);
            case Effect.RevokeTasks revoke -> {
                leases.note(revoke);
                order(revoke.worker(), i);
            }
            case Effect.ReleaseResults release -> order(release.worker(), i);
            case Effect.AdoptResult adopt -> order(adopt.worker(), i);
            case Effect.OfferResult offer -> world.client.offered(offer);
            case Effect.WithdrawResult withdraw -> world.client.withdrawn(withdraw.task());
            case Effect.RestoreResult restore -> {
                world.statistics.count(Fault.KEPT_RESULT_LOST);
                SimulatedJob parent = world.ledger.job(restore.job());
                SimulatedJob child = world.ledger.restore(parent, parent.place(restore.task()));
                in.restorationSubmitted(
                        parent.id, restore.task(), restore.attempt(), child.id, child.expected.plan);
            }
            case Effect.FinishJob finish -> world.client.finished(world.ledger.job(finish.job()));
            case Effect.ReopenJob _,Effect.ReportRowLoss _,Effect.ReportUnrunnable _,Effect.ReportDeadly _,Effect.ReportHeldLost _,Effect.ReportUnreadable _ ->
                {}
        }
    }

    /// Only who is dead or silent is taken for dead; who leaves may go when it has nothing in hand, or has taken too long.
    private void checkDismissal(Peer peer, Effect.DismissWorker dismiss, boolean wasIdle) {
        long silence = world.agenda.now() - peer.session.heardNanos();
        boolean hasLeft = peer.leavingSince >= 0
                && (wasIdle || world.agenda.now() - peer.leavingSince >= world.scenario.core().departureNanos());
        if (hasLeft && !wasIdle) {
            world.statistics.count(Fault.LEFT_EARLY);
        }
        World.check(
                peer.isDismissed || hasLeft || silence >= world.scenario.core().evictNanos()
                        || !world.workers.get(dismiss.worker()).isAlive(dismiss.incarnation()),
                "dismissed though it lives, and was heard %d ms ago: %s", silence / Times.MILLISECOND, dismiss);
        peer.isDismissed = true;
    }

    private void order(int worker, int i) {
        WorkerEventBuffer buffer = new WorkerEventBuffer();
        buffer.order(epoch(), out, i);
        Peer peer = peers.get(worker);
        if (peer.hasJoined) {
            peer.backlog.add((WorkerEvent.Order) buffer.get(0));
        }
    }

    private void toAll(WorkerEvent.Order order) {
        for (Peer peer : peers) {
            if (peer != null && peer.hasJoined) {
                peer.backlog.add(order);
            }
        }
    }

    private void pump(int worker) {
        Peer peer = peers.get(worker);
        if (peer == null) {
            return;
        }
        while (!peer.backlog.isEmpty() && peer.session.hasRoom()) {
            peer.session.send(peer.backlog.poll());
        }
        peer.session.transmit(world.agenda.now(), packet -> world.network
                .send(Network.SCHEDULER, Network.node(worker), () -> world.workers.get(worker).receive(packet)));
    }

    /// Incarnation that the scheduler knows under this index; 0 if none.
    int incarnation(int worker) {
        Peer peer = peers.get(worker);
        return peer == null ? 0 : peer.session.id().incarnation();
    }

    /// True if the worker knows all it was to be told.
    boolean isQuiet(int worker) {
        Peer peer = peers.get(worker);
        return peer == null || peer.backlog.isEmpty() && peer.session.unacknowledgedCount() == 0;
    }

    void checkEmpty() {
        World.check(core.jobCount() == 0, "the scheduler still knows %d jobs", core.jobCount());
        World.check(world.ledger.admitted().isEmpty(), "not forgotten: %s", world.ledger.admitted());
    }
}
