package io.lazuli.graph;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Reservation;
import java.util.function.BooleanSupplier;

/// What a task sees of an engine, made of its parts.
public record RunningContext(Key key, Reservation memory, BooleanSupplier cancelled) implements TaskContext {
    @Override
    public boolean isCancelled() {
        return cancelled.getAsBoolean();
    }

    @Override
    public void checkCancelled() {
        if (isCancelled()) {
            throw new LazuliException(ErrorCode.CANCELLED, "The job was cancelled.");
        }
    }
}
