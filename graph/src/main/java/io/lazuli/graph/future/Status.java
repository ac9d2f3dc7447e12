package io.lazuli.graph.future;

import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Where a task stands.
///
/// ```
///   Waiting --> Running --> Succeeded | Failed | Cancelled
///      '------------------------------> Failed | Cancelled          (an input failed or was cancelled)
///   Failed | Cancelled --> Waiting                                  (retried)
/// ```
sealed interface Status {
    default boolean isDone() {
        return switch (this) {
            case Waiting _, Running _ -> false;
            case Succeeded _, Failed _, Cancelled _ -> true;
        };
    }

    /// Not given to the engine yet.
    ///
    /// @param missing inputs that are not done, and one more until all of them know of this task
    record Waiting(TaskFuture<?> future, List<TaskFuture<?>> inputs, AtomicInteger missing) implements Status {
        static Waiting of(TaskFuture<?> future, List<TaskFuture<?>> inputs) {
            return new Waiting(future, inputs, new AtomicInteger(inputs.size() + 1));
        }

        /// True if this was the last.
        boolean arrived() {
            return missing.decrementAndGet() == 0;
        }

        /// By identity: each time a task waits is another.
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    record Running(Run run, int partition) implements Status {}

    record Succeeded(@Nullable Object value) implements Status {}

    /// @param path from the task that failed or was not run for that, to the one that failed
    record Failed(LazuliException error, Path path) implements Status {
        record Path(String name, @Nullable Path input) {}

        static Failed of(String name, LazuliException error) {
            return new Failed(error, new Path(name, null));
        }

        /// What this means for a task that reads it.
        Failed readBy(String name) {
            return new Failed(error, new Path(name, path));
        }

        LazuliException toException() {
            if (path.input == null) {
                return error;
            }
            List<String> names = new ArrayList<>();
            for (Path at = path; at != null; at = at.input) {
                names.add(at.name);
            }
            return GraphErrors.inputFailed(names, error);
        }
    }

    record Cancelled() implements Status {}
}
