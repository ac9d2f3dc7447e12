package io.lazuli.ml.internal.fit;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.codec.SizeEstimate;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// An operation whose failure is a result, a [Failure], if it is the data's or the user's fault; the first failure among its inputs is
/// its own. So one candidate of a search fails, and the others do not.
public interface GuardedOperation extends Operation {
    /// As [#run], of inputs that are there.
    Block attempt(TaskContext context, TaskInputs inputs);

    @Override
    default Block run(TaskContext context, TaskInputs inputs) {
        Optional<Failure> failure = IntStream.range(0, inputs.dependencyCount())
                .boxed()
                .flatMap(dependency -> inputs.blocks(dependency).stream())
                .flatMap(block -> failure(block).stream())
                .findFirst();
        if (failure.isPresent()) {
            return block(failure.get());
        }
        try {
            return attempt(context, inputs);
        } catch (LazuliException e) {
            return block(Failure.of(e));
        } catch (RuntimeException e) {
            return block(Failure.of(name(), e));
        }
    }

    static Optional<Failure> failure(Block block) {
        return block.kind() == Block.Kind.VALUE && block.value() instanceof Failure failure
                ? Optional.of(failure)
                : Optional.empty();
    }

    static Block block(@Nullable Object value) {
        return Block.value(value, SizeEstimate.of(value));
    }

    @SuppressWarnings("unchecked")
    static <T> T value(Block block) {
        return (T) Objects.requireNonNull(block.value(), "what a fit hands on is there");
    }
}
