package io.lazuli.scheduler;

import io.lazuli.graph.Argument;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// A test operation on columns of int64: hashes all rows it is given, in order, and returns `rows` rows that depend on them,
/// cut into `slices`. So one wrong, missing or misplaced input row changes every output row.
public record Mix(long seed, int slices, int rows, long grantBytes) implements Operation {
    public Mix(long seed, int slices, int rows) {
        this(seed, slices, rows, 1 << 10);
    }

    @Override
    public String name() {
        return "mix";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        context.checkCancelled();
        long hash = step(seed, context.partition());
        for (int d = 0; d < inputs.dependencyCount(); d++) {
            for (Block block : inputs.blocks(d)) {
                hash = hash(hash, block, inputs.slice(d));
            }
        }
        Buffer column = context.memory().allocate((long) rows * Long.BYTES);
        for (int i = 0; i < rows; i++) {
            column.segment().setAtIndex(ValueLayout.JAVA_LONG, i, step(hash, i));
        }
        return Block.partitioned(rows, new byte[] {(byte) slices, 7}, List.of(column), cuts());
    }

    private static long hash(long seed, Block block, int slice) {
        long from = slice == Argument.WHOLE ? 0 : block.sliceStart(slice);
        long to = slice == Argument.WHOLE ? block.rowCount() : block.sliceEnd(slice);
        long hash = step(seed, to - from);
        for (long row = from; row < to; row++) {
            hash = step(hash, value(block, row));
        }
        return hash;
    }

    /// Row `row` of a block made by this operation.
    public static long value(Block block, long row) {
        return block.buffers().getFirst().segment().getAtIndex(ValueLayout.JAVA_LONG, row);
    }

    /// All rows of a block made by this operation.
    public static long[] values(Block block) {
        return block.buffers().getFirst().segment().toArray(ValueLayout.JAVA_LONG);
    }

    private long[] cuts() {
        if (slices == 1) {
            return new long[0];
        }
        long[] cuts = new long[slices + 1];
        for (int s = 0; s <= slices; s++) {
            cuts[s] = (long) rows * s / slices;
        }
        return cuts;
    }

    private static long step(long a, long b) {
        long x = (a ^ b) * 0x9E3779B97F4A7C15L + b;
        return (x ^ x >>> 29) * 0xBF58476D1CE4E5B9L;
    }
}
