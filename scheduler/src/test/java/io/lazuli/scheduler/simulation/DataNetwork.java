package io.lazuli.scheduler.simulation;

import java.util.Optional;
import java.util.function.Consumer;

/// Brings results from where they are held to where they are wanted, unless something goes wrong on the way.
final class DataNetwork {
    static final long TIMEOUT_NANOS = 2 * Times.SECOND;
    private static final double LARGE = 0.1;
    private static final long TRANSFER_NANOS = 100 * Times.MILLISECOND;

    private final World world;
    private final Dice dice;

    DataNetwork(World world) {
        this.world = world;
        this.dice = world.dice.split();
    }

    /// Calls `arrived` once: with the result, or with nothing if the holder does not have it or is not heard from in time.
    ///
    /// @param node who asks
    void fetch(int node, int holder, int task, int attempt, Consumer<Optional<Value>> arrived) {
        Answer answer = new Answer(arrived);
        world.agenda.in(TIMEOUT_NANOS, () -> answer.give(Optional.empty()));
        int there = Network.node(holder);
        SimulatedWorker giver = world.workers.get(holder);
        world.network.send(node, there, () -> giver.serve(task, attempt, value -> {
            WorkerProcess sender = giver.process();
            world.agenda.in(transferNanos(), () -> {
                Optional<Value> whole = giver.process() == sender ? value : Optional.empty();
                world.network.send(there, node, () -> answer.give(whole));
            });
        }));
    }

    /// A large result takes its time, in which its holder may end: then the connection breaks.
    private long transferNanos() {
        return dice.chance(LARGE) ? dice.around(TRANSFER_NANOS) : 0;
    }

    /// Heard once.
    private static final class Answer {
        private final Consumer<Optional<Value>> arrived;
        private boolean isGiven;

        Answer(Consumer<Optional<Value>> arrived) {
            this.arrived = arrived;
        }

        void give(Optional<Value> value) {
            if (!isGiven) {
                isGiven = true;
                arrived.accept(value);
            }
        }
    }
}
