package io.lazuli.scheduler.event;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.Mix;
import java.util.concurrent.ThreadLocalRandom;

/// As [Mix], but fails now and then in a way that is worth a retry.
record Unreliable(Mix mix, double failureShare) implements Operation {
    @Override
    public String name() {
        return "unreliable";
    }

    @Override
    public long grantBytes() {
        return mix.grantBytes();
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        if (ThreadLocalRandom.current().nextDouble() < failureShare) {
            throw new LazuliException(ErrorCode.RESOURCE, "Bad luck.");
        }
        return mix.run(context, inputs);
    }
}
