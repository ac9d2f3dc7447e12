package io.lazuli.graph.pass;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Hashes its key and all it is given, in order, and returns rows that depend on them, cut into `slices`: one input that is
/// wrong, missing, misplaced or seen under another key changes every row.
record Hash(long seed, int slices) implements Operation {
    private static final int ROWS = 12;

    @Override
    public String name() {
        return "hash";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        context.checkCancelled();
        long hash = mix(mix(seed, context.key().hashCode()), inputs.dependencyCount());
        for (int d = 0; d < inputs.dependencyCount(); d++) {
            hash = mix(hash, inputs.blocks(d).size());
            for (Block block : inputs.blocks(d)) {
                for (long row = block.sliceStart(inputs.slice(d)); row < block.sliceEnd(inputs.slice(d)); row++) {
                    hash = mix(hash, values(block)[(int) row]);
                }
            }
        }
        Buffer column = context.memory().allocate(ROWS * Long.BYTES);
        for (int i = 0; i < ROWS; i++) {
            column.segment().setAtIndex(ValueLayout.JAVA_LONG, i, mix(hash, i));
        }
        return Block.partitioned(ROWS, new byte[0], List.of(column), cuts());
    }

    static long[] values(Block block) {
        return block.buffers().getFirst().segment().toArray(ValueLayout.JAVA_LONG);
    }

    private long[] cuts() {
        long[] cuts = new long[slices == 1 ? 0 : slices + 1];
        for (int s = 0; s < cuts.length; s++) {
            cuts[s] = (long) ROWS * s / slices;
        }
        return cuts;
    }

    private static long mix(long a, long b) {
        long x = (a ^ b) * 0x9E3779B97F4A7C15L + b;
        return (x ^ x >>> 29) * 0xBF58476D1CE4E5B9L;
    }
}
