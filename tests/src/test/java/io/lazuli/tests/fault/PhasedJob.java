package io.lazuli.tests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/// A job that makes numbers, exchanges them, and adds them up. It stands still in the phase that it is to be struck in: of each layer
/// so many tasks may end, the others wait at the gate of the layer's name.
///
/// ```
///   make x producers --exchange--> add x consumers --> total
/// ```
record PhasedJob(Marks marks, int producers, int consumers, int rows, Free free) {
    static final String MAKE = "make";
    static final String ADD = "add";
    static final String TOTAL = "total";

    /// How many tasks of each layer no gate holds.
    record Free(int makes, int adds) {
        static final Free NONE = new Free(0, 0);
    }

    /// The numbers of one producer, cut for the consumers by their place.
    record Make(Marks marks, int free, int rows, int slices) implements Operation {
        @Override
        public String name() {
            return MAKE;
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            try (Marks.Begun run = marks.begin(MAKE, context.partition())) {
                marks.pass(context, MAKE, free);
                Buffer column = context.memory().allocate(8L * rows);
                for (int row = 0; row < rows; row++) {
                    column.segment().setAtIndex(ValueLayout.JAVA_LONG, row, value(context.partition(), row));
                }
                long[] cuts = LongStream.rangeClosed(0, slices).map(slice -> rows * slice / slices).toArray();
                run.end();
                return Block.partitioned(rows, new byte[0], List.of(column), cuts);
            }
        }

        static long value(int partition, int row) {
            return (partition + 1) * 1_000_003L + row;
        }
    }

    /// One row: the sum of what it takes.
    record Add(Marks marks, String layer, int free) implements Operation {
        @Override
        public String name() {
            return layer;
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            try (Marks.Begun run = marks.begin(layer, context.partition())) {
                marks.pass(context, layer, free);
                Buffer column = context.memory().allocate(8);
                column.segment().setAtIndex(ValueLayout.JAVA_LONG, 0, sum(inputs));
                run.end();
                return Block.columns(1, new byte[0], List.of(column));
            }
        }

        private static long sum(TaskInputs inputs) {
            long sum = 0;
            for (Block block : inputs.blocks(0)) {
                for (long row = block.sliceStart(inputs.slice(0)); row < block.sliceEnd(inputs.slice(0)); row++) {
                    sum += block.buffers().getFirst().segment().getAtIndex(ValueLayout.JAVA_LONG, row);
                }
            }
            return sum;
        }
    }

    TaskGraph graph() {
        return TaskGraph.of(List.of(make(), add(), total()));
    }

    /// The first layer alone, to be kept.
    TaskGraph start() {
        return TaskGraph.of(List.of(make()));
    }

    /// The rest of the job, which starts from the kept first layer.
    TaskGraph rest() {
        return new TaskGraph(Map.of(make().token(), producers), List.of(add(), total()), total().token());
    }

    private Layer make() {
        return Layer.of(new Make(marks, free.makes(), rows, consumers), producers, List.of(), MAKE);
    }

    private Layer add() {
        return Layer.of(
                new Add(marks, ADD, free.adds()), consumers, List.of(new Dependency.Exchange(make().token())), ADD);
    }

    private Layer total() {
        return Layer.of(
                new Add(marks, TOTAL, 0), 1, List.of(new Dependency.Broadcast(add().token())), TOTAL);
    }

    /// One that no gate is open for.
    static PhasedJob any(Marks marks, RandomGenerator random) {
        // Results of few rows travel inline, others as files.
        int rows = random.nextBoolean() ? 100 : 20_000;
        return new PhasedJob(marks, random.nextInt(8, 40), random.nextInt(4, 16), rows, Free.NONE);
    }

    PhasedJob heldIn(Phase phase, RandomGenerator random) {
        return new PhasedJob(marks, producers, consumers, rows, phase.free(this, random));
    }

    int taskCount() {
        return producers + consumers + 1;
    }

    void openAll() {
        List.of(MAKE, ADD, TOTAL).forEach(marks::open);
    }

    /// How many runs may be made again when these processes are gone: theirs; and once all sums are made, what they were made from is
    /// released, so that a lost sum takes all of it once more.
    int lostWith(Collection<ProcessHandle> gone) {
        List<Marks.Run> theirs = marks.runsOn(gone);
        boolean hadSums = theirs.stream().anyMatch(run -> run.task().layer().equals(ADD) && run.hasEnded());
        return theirs.size() + (hadSums ? producers : 0);
    }

    /// How many tasks of a layer have ended, by what the engine says.
    static int finished(JobProgress progress, String layer) {
        return progress.layers().stream()
                .filter(of -> of.label().equals(layer))
                .mapToInt(JobProgress.LayerProgress::finishedCount)
                .sum();
    }

    /// Takes the only partition. Fails if it is not what it should be.
    void check(Job running) {
        Block block = running.take(0);
        long sum = block.buffers().getFirst().segment().getAtIndex(ValueLayout.JAVA_LONG, 0);
        block.release();
        assertThat(sum).isEqualTo(expected());
    }

    /// By a formula.
    private long expected() {
        long n = producers;
        long sumOfPlaces = (long) rows * (rows - 1) / 2;
        return n * (n + 1) / 2 * 1_000_003L * rows + n * sumOfPlaces;
    }
}
