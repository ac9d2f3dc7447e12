package io.lazuli.scheduler.simulation;

import java.util.ArrayList;
import java.util.List;

/// Carries packets between nodes, badly. Node 0 is the scheduler with its client, node `w + 1` is worker `w`.
///
/// A link that is cut loses what is sent over it; one that is clogged keeps it until it is free again. Links have two
/// directions, which can be cut alone.
final class Network {
    static final int SCHEDULER = 0;

    private final World world;
    private final int nodes;
    private final boolean[] cut;
    private final boolean[] clogged;
    /// What waits on clogged links.
    private final List<List<Runnable>> waiting = new ArrayList<>();
    private Weather weather;

    Network(World world, int nodes) {
        this.world = world;
        this.nodes = nodes;
        this.weather = world.scenario.weather();
        this.cut = new boolean[nodes * nodes];
        this.clogged = new boolean[nodes * nodes];
        for (int link = 0; link < nodes * nodes; link++) {
            waiting.add(new ArrayList<>());
        }
    }

    static int node(int worker) {
        return worker + 1;
    }

    /// Delivers sooner or later, never, or twice.
    void send(int from, int to, Runnable delivery) {
        int link = from * nodes + to;
        if (cut[link]) {
            world.statistics.count(Fault.PACKET_CUT);
        } else if (world.dice.chance(weather.drop())) {
            world.statistics.count(Fault.PACKET_DROPPED);
        } else {
            carry(link, delivery);
            if (world.dice.chance(weather.duplicate())) {
                world.statistics.count(Fault.PACKET_DUPLICATED);
                carry(link, delivery);
            }
        }
    }

    void cut(int from, int to, boolean isCut) {
        cut[from * nodes + to] = isCut;
    }

    void clog(int from, int to) {
        clogged[from * nodes + to] = true;
    }

    void unclog(int from, int to) {
        int link = from * nodes + to;
        clogged[link] = false;
        waiting.get(link).forEach(delivery -> carry(link, delivery));
        waiting.get(link).clear();
    }

    /// From now on, nothing is lost, and all that was clogged comes through.
    void heal() {
        weather = new Weather(
                weather.kind(), 0, 0, 0, weather.delayNanos(), weather.delayNanos(), 0, 0, 0, 0, 0, 0);
        for (int from = 0; from < nodes; from++) {
            for (int to = 0; to < nodes; to++) {
                cut(from, to, false);
                unclog(from, to);
            }
        }
    }

    private void carry(int link, Runnable delivery) {
        long delay = weather.delayNanos() + world.dice.around(weather.jitterNanos());
        world.agenda.in(delay, () -> {
            if (clogged[link]) {
                waiting.get(link).add(delivery);
            } else {
                delivery.run();
            }
        });
    }
}
