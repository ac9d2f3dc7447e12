package io.lazuli.graph.bag;

import io.lazuli.graph.error.FunctionFailedException;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.function.Function0;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.Function2;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Calls the user's functions for one step of one partition. What they throw says at which element it was.
///
/// Errors of the JVM itself (no memory, no stack) pass as they are: the engine explains them.
final class UserCalls {
    private final String operation;
    private final int partition;
    /// Elements of the partition that the step has begun.
    private long count;

    UserCalls(String operation, PartitionRun run) {
        this.operation = operation;
        this.partition = run.partition();
    }

    /// The next element is in hand.
    void next() {
        count++;
    }

    <R> @Nullable R call(Function0<? extends @Nullable R> function) {
        try {
            return function.apply();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    @SuppressWarnings("NullAway") // arguments may be null, which the checker does not see in a type variable
    <R> @Nullable R call(Function1<@Nullable Object, ? extends @Nullable R> function, @Nullable Object a) {
        try {
            return function.apply(a);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    @SuppressWarnings("NullAway") // as above
    <R> @Nullable R call(
            Function2<@Nullable Object, @Nullable Object, ? extends @Nullable R> function,
            @Nullable Object a,
            @Nullable Object b) {
        try {
            return function.apply(a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    Iterator<?> iterator(Iterable<?> elements) {
        try {
            return elements.iterator();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    boolean hasNext(Iterator<?> iterator) {
        try {
            return iterator.hasNext();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    @Nullable
    Object next(Iterator<?> iterator) {
        try {
            return iterator.next();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private RuntimeException failed(Throwable cause) {
        if (cause instanceof VirtualMachineError error) {
            throw error;
        }
        String message = GraphErrors.functionFailed(operation, partition, count - 1, cause);
        return cause instanceof LazuliException typed
                ? new LazuliException(typed.code(), message, cause)
                : new FunctionFailedException(message, cause);
    }

    /// The function returned null, but has to return `expected`.
    LazuliException returnedNull(String expected) {
        return GraphErrors.functionReturnedNull(operation, partition, count - 1, expected);
    }
}
