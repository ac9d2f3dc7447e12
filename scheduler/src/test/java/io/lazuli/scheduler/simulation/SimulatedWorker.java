package io.lazuli.scheduler.simulation;

import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.worker.WorkerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A machine: one process at a time runs a worker's core, dies, is started again, stands still.
final class SimulatedWorker {
    final int index;
    final Disk disk;
    private final World world;
    /// Null while none runs.
    private WorkerProcess process;
    private int incarnation;
    private boolean isFrozen;
    /// The machine is gone for good.
    private boolean isRetired;
    /// What came in while the process stood still.
    private final List<Runnable> postponed = new ArrayList<>();

    SimulatedWorker(World world, int index) {
        this.world = world;
        this.index = index;
        this.disk = new Disk(world);
        world.agenda.in(world.dice.around(10 * Times.MILLISECOND), this::start);
    }

    WorkerProfile profile() {
        return world.scenario.workers().get(index);
    }

    /// True if this incarnation runs.
    boolean isAlive(int incarnation) {
        return process != null && this.incarnation == incarnation;
    }

    boolean isUp() {
        return process != null && !isFrozen;
    }

    /// Null while none runs.
    WorkerProcess process() {
        return process;
    }

    boolean isRetired() {
        return isRetired;
    }

    void start() {
        if (process == null && !isRetired) {
            renew();
        }
    }

    /// Drops everything and joins as somebody new.
    void renew() {
        disk.wipe();
        process = new WorkerProcess(world, this, ++incarnation);
        world.trace.tell("worker", index, "starts as incarnation " + incarnation);
        process.start();
    }

    /// Crashes, and never returns.
    void retire(boolean isKnown) {
        isRetired = true;
        crash(isKnown);
    }

    /// Asked to end, as whoever looks after machines does it.
    ///
    /// @param forGood it does not return
    void leave(boolean forGood) {
        if (isUp()) {
            world.statistics.count(Fault.LEAVE);
            world.trace.tell("worker", index, "is asked to end");
            isRetired |= forGood;
            process.leave();
        }
    }

    /// The process ends, and has told everybody.
    void end() {
        world.trace.tell("worker", index, "ends");
        disk.wipe();
        process = null;
        world.agenda.in(restartNanos(), this::start);
    }

    /// @param isKnown the scheduler is told
    void crash(boolean isKnown) {
        if (process == null) {
            return;
        }
        world.trace.tell("worker", index, "dies");
        int died = incarnation;
        process = null;
        isFrozen = false;
        postponed.clear();
        if (isKnown) {
            world.agenda.in(world.dice.around(300 * Times.MILLISECOND), () -> world.scheduler.died(index, died));
        }
        world.agenda.in(restartNanos(), this::start);
    }

    /// Sometimes before anybody has noticed.
    private long restartNanos() {
        boolean isQuick = !world.isFaulty || world.dice.chance(0.3);
        return world.dice.around(isQuick ? 20 * Times.MILLISECOND : world.scenario.weather().outageNanos());
    }

    void freeze(long nanos) {
        if (isUp()) {
            world.trace.tell("worker", index, "freezes");
            isFrozen = true;
            WorkerProcess frozen = process;
            world.agenda.in(nanos, () -> thaw(frozen));
        }
    }

    void thaw() {
        thaw(process);
    }

    private void thaw(WorkerProcess frozen) {
        if (isFrozen && process == frozen) {
            world.trace.tell("worker", index, "goes on");
            isFrozen = false;
            List<Runnable> now = List.copyOf(postponed);
            postponed.clear();
            now.forEach(happening -> whenAwake(frozen, happening));
        }
    }

    /// Lets something happen in a process: not before it goes on, if it stands still, and not at all if it is gone.
    void whenAwake(WorkerProcess in, Runnable happening) {
        if (process == in) {
            if (isFrozen) {
                postponed.add(happening);
            } else {
                happening.run();
            }
        }
    }

    void receive(Packet<WorkerEvent.Order> packet) {
        if (process != null) {
            WorkerProcess receiver = process;
            whenAwake(receiver, () -> receiver.receive(packet));
        }
    }

    /// Another worker, or the client, wants a result. A process that is gone may be noticed at once, or not.
    void serve(int task, int attempt, Consumer<Optional<Value>> answer) {
        if (process != null) {
            WorkerProcess server = process;
            whenAwake(server, () -> server.serve(task, attempt, answer));
        } else if (world.dice.chance(0.5)) {
            answer.accept(Optional.empty());
        }
    }
}
