package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.store.IncomingStretches;
import io.lazuli.scheduler.internal.wire.DataMessage;
import io.lazuli.scheduler.internal.wire.RemoteFailure;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Stretches of a segment whose head is here.
final class Filling implements Asking {
    final long number;
    final CompletableFuture<Boolean> filled = new CompletableFuture<>();
    private final IncomingStretches wanted;

    Filling(long number, IncomingStretches wanted) {
        this.number = number;
        this.wanted = wanted;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public boolean hear(DataMessage.Answer answer, Consumer<DataMessage> reply) {
        fail(answer instanceof DataMessage.Absent absent
                ? absent.why().map(RemoteFailure::toThrowable)
                        .orElseGet(() -> new IllegalStateException("its holder has not got it any more"))
                : new IllegalStateException("stretches of a result were asked for, and not " + answer));
        return true;
    }

    @Override
    public boolean hear(ByteBuffer piece) {
        try {
            wanted.write(piece);
        } catch (RuntimeException e) {
            fail(e);
            return true;
        }
        if (wanted.isComplete()) {
            filled.complete(true);
        }
        return wanted.isComplete();
    }

    @Override
    public void fail(Throwable why) {
        filled.completeExceptionally(why);
    }
}
