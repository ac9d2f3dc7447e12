package io.lazuli.scheduler.internal.wire;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.memory.Block;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// An operation as those know it who schedule it and do not run it, nor load its classes.
///
/// @param names by partition, what its tasks are called; empty if all are called `name`
/// @param bytes the operation, as a [ValueCodec] writes it
record ShippedOperation(
        String name, List<String> names, boolean runsUserCode, boolean namesInputs, long grantBytes,
        byte[] bytes) implements Operation {
    ShippedOperation {
        names = List.copyOf(names);
    }

    /// @param named is told each class that is written
    static ShippedOperation of(
            Operation operation, int partitionCount, ValueCodec codec, Consumer<Class<?>> named) {
        List<String> names = IntStream.range(0, partitionCount).mapToObj(operation::nameOf).toList();
        boolean alike = names.stream().allMatch(operation.name()::equals);
        return new ShippedOperation(
                operation.name(), alike ? List.of() : names, operation.runsUserCode(), operation.namesInputs(),
                operation.grantBytes(), codec.encode(operation, named));
    }

    /// The operation itself. Errors: DATA if the bytes are none, or name a class that `codec` does not know.
    Operation open(ValueCodec codec) {
        if (codec.decode(bytes) instanceof Operation operation) {
            return operation;
        }
        throw new IllegalArgumentException("what was shipped as operation " + name + " is none");
    }

    @Override
    public String nameOf(int partition) {
        return names.isEmpty() ? name : names.get(partition);
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        throw new IllegalStateException("operation " + name + " is run where it is only scheduled");
    }
}
