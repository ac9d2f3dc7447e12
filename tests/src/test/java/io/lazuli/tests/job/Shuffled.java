package io.lazuli.tests.job;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Job;
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

/// A job that makes numbers, exchanges them, and adds them up.
///
/// ```
///   make x producers --exchange--> add x consumers --> total
/// ```
///
/// @param rows   of each producer
/// @param millis what each task takes at least, but for the last one
public record Shuffled(int producers, int consumers, int rows, long millis) {
    public static final String MAKE = "make";
    public static final String ADD = "add";
    public static final String TOTAL = "total";

    /// The numbers of one producer, cut for the consumers by their place.
    public record Make(int rows, int slices, long millis) implements Operation {
        @Override
        public String name() {
            return MAKE;
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
    record Add(String name, long millis) implements Operation {
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

    public TaskGraph graph() {
        return graph(operation -> operation);
    }

    /// @param around what is made of each operation
    public TaskGraph graph(UnaryOperator<Operation> around) {
        return TaskGraph.of(layers(around));
    }

    /// All three, in order, labelled with their operations' names.
    public List<Layer> layers(UnaryOperator<Operation> around) {
        Layer make = Layer.of(around.apply(new Make(rows, consumers, millis)), producers, List.of(), MAKE);
        Layer add = Layer.of(
                around.apply(new Add(ADD, millis)), consumers, List.of(new Dependency.Exchange(make.token())), ADD);
        Layer total =
                Layer.of(around.apply(new Add(TOTAL, 0)), 1, List.of(new Dependency.Broadcast(add.token())), TOTAL);
        return List.of(make, add, total);
    }

    public int taskCount() {
        return producers + consumers + 1;
    }

    /// The number in the job's only partition, which it takes.
    public static long take(Job job) {
        Block block = job.take(0);
        long sum = block.buffers().getFirst().segment().getAtIndex(ValueLayout.JAVA_LONG, 0);
        block.release();
        return sum;
    }

    /// What that number should be, by a formula.
    public long expected() {
        long n = producers;
        long sumOfPlaces = (long) rows * (rows - 1) / 2;
        return n * (n + 1) / 2 * 1_000_003L * rows + n * sumOfPlaces;
    }
}
