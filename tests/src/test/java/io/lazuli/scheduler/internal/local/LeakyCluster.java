package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.Engine;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.internal.store.StoreOptions;
import java.nio.file.Path;

/// An engine of one thread, so that a job takes the same way each time, in which something may happen to blocks on their way through
/// an exchange.
public final class LeakyCluster {
    private LeakyCluster() {}

    /// What happens to a block that a task of the layer `consumer` takes a slice of.
    public interface Leak {
        /// What arrives. Ownership: takes over the caller's reference, and gives one.
        Block carry(String consumer, int slice, Block block);
    }

    public static Engine open(Path spill, long bufferBytes, Leak leak) {
        return LocalCluster.open(1, bufferBytes, new StoreOptions(bufferBytes, spill, Long.MAX_VALUE),
                (consumer, slice, block) -> leak.carry(consumer.label(), slice, block));
    }
}
