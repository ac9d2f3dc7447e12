package io.lazuli.scheduler.simulation;

import io.lazuli.graph.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All parts of one simulation, which know one another through it.
final class World {
    final Agenda agenda = new Agenda();
    final Statistics statistics = new Statistics();
    final Trace trace;
    final Dice dice;
    final Scenario scenario;
    final Ledger ledger;
    final Network network;
    final DataNetwork data;
    final SimulatedScheduler scheduler;
    final SimulatedClient client;
    final List<SimulatedWorker> workers = new ArrayList<>();
    /// How often a task has killed its worker, in whichever job.
    final Map<Key, Integer> kills = new HashMap<>();
    /// True until all faults have stopped.
    boolean isFaulty;

    World(long seed, boolean isRecorded) {
        Dice seeded = new Dice(seed);
        scenario = Scenario.draw(seeded.split());
        dice = seeded.split();
        isFaulty = scenario.weather().kind() != Weather.Kind.CALM;
        trace = new Trace(agenda, isRecorded);
        ledger = new Ledger(this);
        network = new Network(this, scenario.workers().size() + 1);
        data = new DataNetwork(this);
        scheduler = new SimulatedScheduler(this);
        client = new SimulatedClient(this, seeded.split());
        for (int w = 0; w < scenario.workers().size(); w++) {
            workers.add(new SimulatedWorker(this, w));
        }
    }

    /// True if this seed has no faults at all: then everything happens exactly once.
    boolean isCalm() {
        return scenario.weather().kind() == Weather.Kind.CALM;
    }

    /// True if nothing has gone wrong so far: no fault, and no task that killed its worker. Workers may have left.
    boolean isUndisturbed() {
        return isCalm() && statistics.sum(Fault.DEADLY_TASK, Fault.LEFT_EARLY) == 0;
    }

    static void check(boolean holds, String otherwise, Object... values) {
        if (!holds) {
            throw new Violation(otherwise.formatted(values));
        }
    }
}
