package io.lazuli.graph.pass;

import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;

/// An operation under new partition numbers: partition `p` computes what was partition `partitions[p]` of layer `layer`.
record Renumbered(Operation operation, Token layer, Numbers partitions) implements Operation {
    static Renumbered of(Operation operation, Token layer, Numbers partitions) {
        if (operation instanceof Renumbered(Operation inner, Token origin, Numbers before)) {
            int[] composed = new int[partitions.count()];
            for (int p = 0; p < composed.length; p++) {
                composed[p] = before.get(partitions.get(p));
            }
            return new Renumbered(inner, origin, new Numbers(composed));
        }
        return new Renumbered(operation, layer, partitions);
    }

    @Override
    public String name() {
        return operation.name();
    }

    @Override
    public String nameOf(int partition) {
        return operation.nameOf(partitions.get(partition));
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        Key key = new Key(layer, partitions.get(context.partition()));
        return operation.run(new StepContext(context, key), inputs);
    }

    @Override
    public boolean runsUserCode() {
        return operation.runsUserCode();
    }

    @Override
    public boolean namesInputs() {
        return operation.namesInputs();
    }

    @Override
    public long grantBytes() {
        return operation.grantBytes();
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
