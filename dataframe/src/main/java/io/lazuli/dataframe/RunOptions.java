package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.plan.HeldResult;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.graph.Engine;
import io.lazuli.graph.JobProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Where and how a frame runs; never what its result is.
record RunOptions(Optional<Engine> engine, Optional<Consumer<JobProgress>> listener) {
    static final RunOptions DEFAULTS = new RunOptions(Optional.empty(), Optional.empty());

    RunOptions withEngine(Engine engine) {
        return new RunOptions(Optional.of(Arguments.given(engine, "engine")), listener);
    }

    RunOptions withListener(Consumer<JobProgress> listener) {
        return new RunOptions(engine, Optional.of(Arguments.given(listener, "listener")));
    }

    /// Of two frames that become one. Errors: USER if they name different engines.
    RunOptions and(RunOptions other) {
        if (engine.isPresent() && other.engine.isPresent() && engine.get() != other.engine.get()) {
            throw Errors.differentEngines();
        }
        return new RunOptions(engine.or(other::engine), listener.or(other::listener));
    }

    /// The engine that was given, or the one that keeps what the plan reads, or the shared one. Errors: USER if the plan reads what
    /// another engine keeps, or what nobody keeps any more.
    Engine engineFor(LogicalPlan plan) {
        List<HeldResult> held = new ArrayList<>();
        List<io.lazuli.graph.HeldResult> given = new ArrayList<>();
        plan.nodes().forEach(node -> {
            if (node instanceof LogicalPlan.Held(HeldResult result, var ignored)) {
                held.add(result);
            } else if (node instanceof LogicalPlan.Given other) {
                given.addAll(other.rows().results());
            }
        });
        Engine chosen = io.lazuli.graph.HeldResult.engineFor(
                given, engine.or(() -> held.stream().map(HeldResult::engine).findFirst()));
        for (HeldResult result : held) {
            if (result.isReleased()) {
                throw Errors.unpersisted(result.name());
            }
            if (result.engine() != chosen) {
                throw Errors.persistedElsewhere(result.name());
            }
        }
        return chosen;
    }
}
