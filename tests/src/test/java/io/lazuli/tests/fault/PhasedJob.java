package io.lazuli.tests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.tests.job.Marked;
import io.lazuli.tests.job.Marks;
import io.lazuli.tests.job.Shuffled;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A job whose tasks leave marks. It stands still in the phase that it is to be struck in: of each layer so many tasks may end, the
/// others wait at the gate of the layer's name.
record PhasedJob(Marks marks, Shuffled work, Free free) {
    /// How many tasks of each layer no gate holds.
    record Free(int makes, int adds) {
        static final Free NONE = new Free(0, 0);
    }

    /// Passes the gate of its name first.
    private record Gated(Marks marks, int free, Operation operation) implements Operation {
        @Override
        public String name() {
            return operation.name();
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            marks.pass(context, name(), free);
            return operation.run(context, inputs);
        }
    }

    private Operation watched(Operation operation) {
        int passing = switch (operation.name()) {
            case Shuffled.MAKE -> free.makes();
            case Shuffled.ADD -> free.adds();
            default -> 0;
        };
        return new Marked(marks, new Gated(marks, passing, operation));
    }

    TaskGraph graph() {
        return work.graph(this::watched);
    }

    /// The first layer alone, to be kept.
    TaskGraph start() {
        return TaskGraph.of(work.layers(this::watched).subList(0, 1));
    }

    /// The rest of the job, which starts from the kept first layer.
    TaskGraph rest() {
        List<Layer> layers = work.layers(this::watched);
        return new TaskGraph(
                Map.of(layers.getFirst().token(), producers()), layers.subList(1, 3), layers.getLast().token());
    }

    /// One that no gate is open for.
    static PhasedJob any(Marks marks, RandomGenerator random) {
        // Results of few rows travel inline, others as files.
        int rows = random.nextBoolean() ? 100 : 20_000;
        return new PhasedJob(marks, new Shuffled(random.nextInt(8, 40), random.nextInt(4, 16), rows, 0), Free.NONE);
    }

    PhasedJob heldIn(Phase phase, RandomGenerator random) {
        return new PhasedJob(marks, work, phase.free(this, random));
    }

    int producers() {
        return work.producers();
    }

    int consumers() {
        return work.consumers();
    }

    int taskCount() {
        return work.taskCount();
    }

    void openAll() {
        List.of(Shuffled.MAKE, Shuffled.ADD, Shuffled.TOTAL).forEach(marks::open);
    }

    /// How many runs may be made again when these processes are gone: theirs; and once all sums are made, what they were made from is
    /// released, so that a lost sum takes all of it once more.
    int lostWith(Collection<ProcessHandle> gone) {
        List<Marks.Run> theirs = marks.runsOn(gone);
        boolean hadSums = theirs.stream().anyMatch(run -> run.task().layer().equals(Shuffled.ADD) && run.hasEnded());
        return theirs.size() + (hadSums ? producers() : 0);
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
        assertThat(Shuffled.take(running)).isEqualTo(work.expected());
    }
}
