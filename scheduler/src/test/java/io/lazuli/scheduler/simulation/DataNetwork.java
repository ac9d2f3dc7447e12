package io.lazuli.scheduler.simulation;

import java.util.Optional;
import java.util.function.Consumer;

/// Brings results from where they are held to where they are wanted, unless something goes wrong on the way.
final class DataNetwork {
    static final long TIMEOUT_NANOS = 2 * Times.SECOND;

    private final World world;

    DataNetwork(World world) {
        this.world = world;
    }

    /// Calls `arrived` once: with the result, or with nothing if the holder does not have it or is not heard from in time.
    ///
    /// @param node who asks
    void fetch(int node, int holder, int task, int attempt, Consumer<Optional<Value>> arrived) {
        Answer answer = new Answer(arrived);
        world.agenda.in(TIMEOUT_NANOS, () -> answer.give(Optional.empty()));
        int there = Network.node(holder);
        world.network.send(node, there, () -> world.workers.get(holder).serve(task, attempt, value -> world.network
                .send(there, node, () -> answer.give(value))));
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
