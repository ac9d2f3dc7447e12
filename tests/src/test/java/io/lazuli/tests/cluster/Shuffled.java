package io.lazuli.tests.cluster;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/// A job whose tasks take a while: makes numbers, exchanges them, adds them up.
///
/// @param millis what each task takes at least
record Shuffled(int producers, int consumers, int rows, long millis) {
    /// The numbers of one producer, cut for the consumers by their place.
    record Make(int rows, int slices, long millis) implements Operation {
        @Override
        public String name() {
            return "make";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            pause(context, millis);
            Buffer column = context.memory().allocate(8L * rows);
            for (int row = 0; row < rows; row++) {
                column.segment().setAtIndex(ValueLayout.JAVA_LONG, row, value(context.partition(), row));
            }
            long[] cuts = LongStream.rangeClosed(0, slices).map(slice -> rows * slice / slices).toArray();
            return Block.partitioned(rows, new byte[0], List.of(column), cuts);
        }

        static long value(int partition, int row) {
            return (partition + 1) * 1_000_003L + row;
        }
    }

    /// One row: the sum of what it takes.
    record Add(long millis) implements Operation {
        @Override
        public String name() {
            return "add";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            pause(context, millis);
            long sum = 0;
            for (Block block : inputs.blocks(0)) {
                for (long row = block.sliceStart(inputs.slice(0)); row < block.sliceEnd(inputs.slice(0)); row++) {
                    sum += block.buffers().getFirst().segment().getAtIndex(ValueLayout.JAVA_LONG, row);
                }
            }
            Buffer column = context.memory().allocate(8);
            column.segment().setAtIndex(ValueLayout.JAVA_LONG, 0, sum);
            return Block.columns(1, new byte[0], List.of(column));
        }
    }

    private static void pause(TaskContext context, long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end) {
            context.checkCancelled();
            LockSupport.parkNanos(1_000_000);
        }
    }

    TaskGraph graph() {
        return graph(operation -> operation);
    }

    /// @param around what is made of each operation
    TaskGraph graph(UnaryOperator<Operation> around) {
        Layer make = Layer.of(around.apply(new Make(rows, consumers, millis)), producers, List.of(), "make");
        Layer add = Layer.of(
                around.apply(new Add(millis)), consumers, List.of(new Dependency.Exchange(make.token())), "add slices");
        Layer total = Layer.of(around.apply(new Add(0)), 1, List.of(new Dependency.Broadcast(add.token())), "total");
        return TaskGraph.of(List.of(make, add, total));
    }

    int taskCount() {
        return producers + consumers + 1;
    }

    /// What the job's only partition holds.
    long expected() {
        long sum = 0;
        for (int partition = 0; partition < producers; partition++) {
            for (int row = 0; row < rows; row++) {
                sum += Make.value(partition, row);
            }
        }
        return sum;
    }
}
