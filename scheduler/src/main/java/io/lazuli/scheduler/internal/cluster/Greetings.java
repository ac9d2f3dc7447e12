package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.Errors;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What a scheduler says to whoever has just connected, or asks it for something.
final class Greetings {
    private Greetings() {}

    /// Waits for `answer`. Errors: what it failed with; RESOURCE if it does not come in time.
    ///
    /// @param what is waited for
    static <T> T await(CompletableFuture<T> answer, long seconds, String what) {
        try {
            return answer.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LazuliException typed ? typed : Errors.engineBroken(e);
        } catch (TimeoutException e) {
            throw Errors.noGreeting(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errors.interrupted(what);
        }
    }
}
