package io.lazuli.graph.bag;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.List;

/// One partition of a bag from where its elements come from to the block they end as, element by element.
record PartitionTask(Origin origin, List<Step> steps, Sink sink) implements Operation {
    @Override
    public String name() {
        return "bag";
    }

    /// Even `equals` of an element is.
    @Override
    public boolean runsUserCode() {
        return true;
    }

    /// Elements live on the heap.
    @Override
    public long grantBytes() {
        return 0;
    }

    /// The parts that people should hear of, in order.
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(origin);
        parts.addAll(steps);
        parts.add(sink);
        parts.removeIf(part -> part.equals(Origin.PASSED_ON) || part instanceof Sink.Collected);
        return parts;
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        int sideCount = (int) steps.stream().filter(Step::hasSide).count();
        int originCount = inputs.dependencyCount() - sideCount - (sink.isChained() ? 1 : 0);
        if (passesOn(inputs)) {
            return inputs.block(0).retain();
        }
        try (PartitionRun run = new PartitionRun(context, inputs, originCount)) {
            Sink.Target target = sink.open(run);
            Receiver first = run.cancellable(chain(run, target, originCount + sideCount));
            origin.emit(run, first);
            first.end();
            return target.toBlock();
        }
    }

    /// True if the result is a block that is there.
    private boolean passesOn(TaskInputs inputs) {
        return origin instanceof Origin.Elements
                && steps.isEmpty()
                && sink instanceof Sink.Collected
                && inputs.dependencyCount() == 1
                && inputs.blocks(0).size() == 1;
    }

    /// The steps, the last of them in front of `target`. `sideEnd` is the input after the last side.
    private Receiver chain(PartitionRun run, Receiver target, int sideEnd) {
        Receiver first = target;
        int side = sideEnd;
        for (Step step : steps.reversed()) {
            side -= step.hasSide() ? 1 : 0;
            first = step.to(first, run, side);
        }
        return first;
    }
}
