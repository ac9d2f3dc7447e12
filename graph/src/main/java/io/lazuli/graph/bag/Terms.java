package io.lazuli.graph.bag;

import io.lazuli.graph.Engine;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.error.GraphErrors;
import java.util.Optional;

/// Where and how a bag runs; never what its result is.
record Terms(Optional<Engine> engine, JobOptions options) {
    static final Terms DEFAULTS = new Terms(Optional.empty(), JobOptions.DEFAULTS.withName("bag"));

    Terms withEngine(Engine engine) {
        return new Terms(Optional.of(engine), options);
    }

    Terms withOptions(JobOptions options) {
        return new Terms(engine, options);
    }

    /// Of two bags that become one: the options are those of the first. Errors: USER if they name different engines.
    Terms and(Terms other) {
        if (engine.isPresent() && other.engine.isPresent() && engine.get() != other.engine.get()) {
            throw GraphErrors.differentEngines();
        }
        return new Terms(engine.or(other::engine), options);
    }
}
