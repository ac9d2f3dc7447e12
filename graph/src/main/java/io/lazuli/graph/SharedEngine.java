package io.lazuli.graph;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// Holder of the process-wide engine.
final class SharedEngine {
    /// Null until the first call of [#get].
    private static @Nullable Engine engine;

    private SharedEngine() {}

    static synchronized Engine get() {
        if (engine == null) {
            engine = open();
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("lazuli-close").unstarted(engine::close));
        }
        return engine;
    }

    private static Engine open() {
        List<EngineProvider> providers =
                ServiceLoader.load(EngineProvider.class).stream().map(ServiceLoader.Provider::get).toList();
        if (providers.size() != 1) {
            throw new LazuliException(
                    ErrorCode.USER,
                    "Expected one engine on the class path, found %s. Add the module lazuli-scheduler once."
                            .formatted(providers.stream().map(p -> p.getClass().getName()).toList()));
        }
        return providers.getFirst().open();
    }
}
