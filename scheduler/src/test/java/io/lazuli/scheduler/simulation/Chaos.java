package io.lazuli.scheduler.simulation;

/// Brings about the faults of the [Weather], until they stop.
final class Chaos {
    private final World world;
    private final Weather weather;
    private final Dice dice;

    Chaos(World world) {
        this.world = world;
        this.weather = world.scenario.weather();
        this.dice = world.dice.split();
    }

    void start() {
        if (world.scenario.leaves() > 0) {
            leaveLater();
        }
        if (!world.isFaulty) {
            return;
        }
        every(weather.crashes(), this::crash);
        every(weather.freezes(), this::freeze);
        every(weather.partitions(), this::partition);
        every(weather.clogs(), this::clog);
        every(weather.crashes() + weather.partitions(), this::hint);
        every(weather.diskTroubles(), this::troubleDisk);
        world.agenda.at(weather.endNanos(), this::heal);
    }

    /// Has workers asked to end as long as there is something to do, in fair weather too. The first one stays.
    private void leaveLater() {
        world.agenda.in(dice.around((long) (Times.SECOND / world.scenario.leaves())), () -> {
            if (world.client.isProbing()) {
                return;
            }
            SimulatedWorker worker = anyWorker();
            if (worker.index > 0 && world.scheduler.incarnation(0) > 0) {
                worker.leave(dice.chance(0.2));
            }
            if (!world.client.isDone()) {
                leaveLater();
            }
        });
    }

    /// At random times, so often per second.
    private void every(double rate, Runnable fault) {
        if (rate > 0) {
            world.agenda.in(dice.around((long) (Times.SECOND / rate)), () -> {
                if (world.isFaulty) {
                    fault.run();
                    every(rate, fault);
                }
            });
        }
    }

    /// Ends all faults, now and for good.
    void heal() {
        if (!world.isFaulty) {
            return;
        }
        world.isFaulty = false;
        world.network.heal();
        for (SimulatedWorker worker : world.workers) {
            worker.disk.heal();
            worker.thaw();
            worker.start();
        }
    }

    private SimulatedWorker anyWorker() {
        return dice.pick(world.workers);
    }

    private long outage() {
        return dice.around(weather.outageNanos());
    }

    /// The first worker always returns, and has all that tasks may ask for.
    private void crash() {
        boolean isKnown = dice.chance(0.5);
        world.statistics.count(isKnown ? Fault.CRASH : Fault.SILENT_CRASH);
        SimulatedWorker worker = anyWorker();
        if (worker.index > 0 && dice.chance(0.4)) {
            worker.retire(isKnown);
        } else {
            worker.crash(isKnown);
        }
    }

    /// Of a worker that may be well, or of its incarnation before.
    private void hint() {
        world.statistics.count(Fault.WRONG_HINT);
        int worker = anyWorker().index;
        world.scheduler.suspect(worker, world.scheduler.incarnation(worker) - (dice.chance(0.2) ? 1 : 0));
    }

    /// Sometimes longer than a scheduler has patience for.
    private void freeze() {
        world.statistics.count(Fault.FREEZE);
        boolean isLong = dice.chance(0.2);
        anyWorker().freeze(isLong ? world.scenario.core().evictNanos() * 3 / 2 : outage());
    }

    /// Cuts a random set of nodes off from the rest, at times in one direction only.
    private void partition() {
        world.statistics.count(Fault.PARTITION);
        boolean[] isInside = subset();
        boolean cutsOut = dice.chance(0.8);
        boolean cutsIn = !cutsOut || dice.chance(0.7);
        cut(isInside, cutsOut, cutsIn, true);
        world.agenda.in(outage(), () -> cut(isInside, cutsOut, cutsIn, false));
    }

    private void cut(boolean[] isInside, boolean cutsOut, boolean cutsIn, boolean isCut) {
        for (int from = 0; from < isInside.length; from++) {
            for (int to = 0; to < isInside.length; to++) {
                boolean leaves = isInside[from] && !isInside[to];
                boolean enters = !isInside[from] && isInside[to];
                if (leaves && cutsOut || enters && cutsIn) {
                    world.network.cut(from, to, isCut);
                }
            }
        }
    }

    /// Clogs the nodes of a random set one by one, and frees them one by one, in another order.
    private void clog() {
        world.statistics.count(Fault.CLOG);
        boolean[] isInside = subset();
        for (int node = 0; node < isInside.length; node++) {
            if (isInside[node]) {
                int clogged = node;
                long start = outage() / 2;
                world.agenda.in(start, () -> clog(clogged));
                world.agenda.in(start + outage(), () -> unclog(clogged));
            }
        }
    }

    private void clog(int node) {
        for (int other = 0; world.isFaulty && other <= world.workers.size(); other++) {
            world.network.clog(node, other);
            world.network.clog(other, node);
        }
    }

    private void unclog(int node) {
        for (int other = 0; other <= world.workers.size(); other++) {
            world.network.unclog(node, other);
            world.network.unclog(other, node);
        }
    }

    private boolean[] subset() {
        boolean[] isInside = new boolean[world.workers.size() + 1];
        for (int node = 0; node < isInside.length; node++) {
            isInside[node] = dice.chance(0.5);
        }
        return isInside;
    }

    private void troubleDisk() {
        Disk disk = anyWorker().disk;
        switch (dice.below(4)) {
            case 0 -> {
                world.statistics.count(Fault.DISK_FULL);
                disk.isFull = true;
                world.agenda.in(outage(), () -> disk.isFull = false);
            }
            case 1 -> {
                world.statistics.count(Fault.DISK_SLOW);
                disk.isSlow = true;
                world.agenda.in(outage(), () -> disk.isSlow = false);
            }
            case 2 -> {
                disk.isCorrupt = true;
                world.agenda.in(outage(), () -> disk.isCorrupt = false);
            }
            default -> {
                disk.failsReads = true;
                world.agenda.in(outage(), () -> disk.failsReads = false);
            }
        }
    }
}
