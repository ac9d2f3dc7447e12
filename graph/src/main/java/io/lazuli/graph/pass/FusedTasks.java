package io.lazuli.graph.pass;

import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;

/// Chains of tasks of one layer, each in one task, see [FuseTasks]: partition `p` runs what were partitions
/// `members[offsets[p]]` up to `members[offsets[p + 1]]` of layer `layer`.
///
/// @param dependencyCount of the layer
/// @param dependency      the layer's dependency on itself
record FusedTasks(
        Operation operation, Token layer, Numbers offsets, Numbers members, int dependencyCount,
        int dependency) implements Fused {
    @Override
    public String name() {
        return operation.name();
    }

    @Override
    public int stepCount(int partition) {
        return offsets.get(partition + 1) - offsets.get(partition);
    }

    @Override
    public Step step(int partition, int index) {
        Key key = new Key(layer, members.get(offsets.get(partition) + index));
        return new Step(operation, key, dependencyCount, dependency);
    }

    @Override
    public boolean runsUserCode() {
        return operation.runsUserCode();
    }

    /// For a step, and for the block that it reads.
    @Override
    public long grantBytes() {
        long each = operation.grantBytes();
        return each > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * each;
    }

    @Override
    public Block pack(Block object) {
        return operation.pack(object);
    }

    @Override
    public Block unpack(Block packed, Reservation memory) {
        return operation.unpack(packed, memory);
    }
}
