package io.lazuli.graph.pass;

import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Expansion;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.FunctionFailedException;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.util.ArrayList;
import java.util.List;

/// Runs the steps of a [Fused] task one after another.
///
/// ```
///   inputs --> step 0 --block--> step 1 --block--> step 2 --> result
///                       released once step 1 is done
/// ```
///
/// **Ownership:** a block between two steps belongs to the relay, which lends it to the next step and releases it; what a
/// step has allocated and nobody uses any more becomes headroom for the next.
///
/// **Expansion:** a step that returns one cannot be waited for here. The expansion goes on with the rest of the steps as its
/// last layer, and becomes the result of the task.
final class Relay {
    private Relay() {}

    static Block run(Fused task, TaskContext context, TaskInputs inputs) {
        int partition = context.partition();
        Block first = runStep(task, partition, 0, context, inputs);
        return runFrom(task, partition, 1, context, first);
    }

    /// Ownership: takes over `block`, what the step before `index` made.
    private static Block runFrom(Fused task, int partition, int index, TaskContext context, Block block) {
        Block before = block;
        for (int i = index; i < task.stepCount(partition); i++) {
            if (isExpansion(before)) {
                return expandedBy(task, partition, i, before);
            }
            context.memory().recycle();
            Block after;
            try {
                context.checkCancelled();
                after = runStep(task, partition, i, context, task.step(partition, i).inputs(before));
            } finally {
                before.release();
            }
            before = after;
        }
        return before;
    }

    private static Block runStep(Fused task, int partition, int index, TaskContext context, TaskInputs inputs) {
        Step step = task.step(partition, index);
        try {
            Block block = step.operation().run(new StepContext(context, step.key()), inputs);
            if (block == null) {
                throw GraphErrors.nullResult();
            }
            return block;
        } catch (VirtualMachineError e) {
            throw e;
        } catch (LazuliException e) {
            throw e.code() == ErrorCode.CANCELLED
                    ? e
                    : new LazuliException(e.code(), where(task, partition, index, e), e);
        } catch (Throwable e) {
            String where = where(task, partition, index, e);
            throw step.operation().runsUserCode()
                    ? new FunctionFailedException(where, e)
                    : new LazuliException(ErrorCode.INTERNAL, where, e);
        }
    }

    private static String where(Fused task, int partition, int index, Throwable cause) {
        Step step = task.step(partition, index);
        return GraphErrors.stepFailed(
                step.name(), index + 1, task.stepCount(partition), step.key().toString(), cause);
    }

    private static boolean isExpansion(Block block) {
        return block.kind() == Block.Kind.OBJECT && block.value(Object.class) instanceof Expansion;
    }

    /// The expansion that a step returned, with the steps from `index` on behind it. Ownership: takes over `expansion`.
    private static Block expandedBy(Fused task, int partition, int index, Block expansion) {
        TaskGraph graph = expansion.value(Expansion.class).graph();
        expansion.release();
        Rest rest = new Rest(task, partition, index);
        Token token = Token.of("rest", task.step(partition, index).key().layer(), partition, index, graph.output());
        List<Layer> layers = new ArrayList<>(graph.layers());
        layers.add(new Layer(token, rest, 1, List.of(new OneToOne(graph.output())), rest.name()));
        return new Expansion(new TaskGraph(graph.held(), layers, token)).toBlock();
    }

    /// The steps of one partition of `task` from `index` on, as the operation of a layer of one partition.
    private record Rest(Fused task, int of, int index) implements Operation {
        @Override
        public String name() {
            return task.name();
        }

        @Override
        public String nameOf(int partition) {
            return task.nameOf(of);
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            return runFrom(task, of, index, context, inputs.block(0).retain());
        }

        @Override
        public boolean runsUserCode() {
            return task.runsUserCode();
        }

        @Override
        public long grantBytes() {
            return task.grantBytes();
        }

        @Override
        public Block pack(Block object) {
            return task.pack(object);
        }

        @Override
        public Block unpack(Block packed, Reservation memory) {
            return task.unpack(packed, memory);
        }
    }
}
