package io.lazuli.scheduler.internal.code;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Job;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/// What a transport does.
final class Sending {
    private Sending() {}

    /// Sends what the lease lacks. Returns the names of what was sent.
    static List<String> send(PortableGraph graph, CodeLease lease) throws IOException {
        List<CodeHash> lacking = lease.lacking();
        List<Bundle> sent = graph.bundles().stream().filter(bundle -> lacking.contains(bundle.hash())).toList();
        for (Bundle bundle : sent) {
            try (BundleChunks chunks = bundle.chunks();
                    BundleReceiver receiver = lease.receive(bundle.hash(), bundle.bytes())) {
                chunks.forEachRemaining(receiver::accept);
                receiver.complete();
            }
        }
        return sent.stream().map(Bundle::name).toList();
    }

    /// Runs a graph of one task with the code of a lease, and gives its value.
    static Object run(PortableGraph graph, CodeLease lease) {
        TaskGraph decoded = (TaskGraph) Objects.requireNonNull(lease.codec().decode(graph.bytes()));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(lease.loader());
        try (LocalEngine engine = LocalEngine.open(EngineOptions.defaults().withThreads(1));
                Job job = engine.submit(decoded, JobOptions.DEFAULTS)) {
            Block block = job.take(0);
            try {
                return Objects.requireNonNull(block.value());
            } finally {
                block.release();
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
