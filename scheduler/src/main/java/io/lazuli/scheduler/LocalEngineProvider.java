package io.lazuli.scheduler;

import io.lazuli.graph.Engine;
import io.lazuli.graph.EngineProvider;
import io.lazuli.scheduler.internal.Errors;
import java.util.Optional;

/// Makes the engine of this process: a [LocalEngine], unless a cluster is asked for.
///
/// | system property | environment | engine |
/// |---|---|---|
/// | `lazuli.scheduler` | `LAZULI_SCHEDULER` | [Cluster#connect] to that address |
/// | `lazuli.workers` | `LAZULI_WORKERS` | [Cluster#processes] of that many workers |
/// | neither | | [Cluster#local] |
public final class LocalEngineProvider implements EngineProvider {
    @Override
    public Engine open() {
        Optional<String> scheduler = setting("lazuli.scheduler", "LAZULI_SCHEDULER");
        if (scheduler.isPresent()) {
            return Cluster.connect(scheduler.get());
        }
        Optional<String> workers = setting("lazuli.workers", "LAZULI_WORKERS");
        return workers.isPresent() ? Cluster.processes(parse(workers.get())) : Cluster.local();
    }

    private static Optional<String> setting(String property, String variable) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)));
    }

    private static int parse(String workers) {
        try {
            return Integer.parseInt(workers.strip());
        } catch (NumberFormatException e) {
            throw Errors.badSetting("lazuli.workers", workers, "a number such as 4");
        }
    }
}
