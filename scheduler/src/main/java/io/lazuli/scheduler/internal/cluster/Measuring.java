package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.wire.DataMessage;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The size of a result, asked for.
final class Measuring implements Asking {
    final long number;
    final CompletableFuture<Optional<RemoteEngine.ResultSize>> size = new CompletableFuture<>();

    Measuring(long number) {
        this.number = number;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public boolean hear(DataMessage.Answer answer, Consumer<DataMessage> reply) {
        switch (answer) {
            case DataMessage.Sized sized ->
                size.complete(Optional.of(new RemoteEngine.ResultSize(sized.rows(), sized.bytes())));
            case DataMessage.Absent _ -> size.complete(Optional.empty());
            default -> fail(new IllegalStateException("the size of a result was asked for, and not " + answer));
        }
        return true;
    }

    @Override
    public boolean hear(ByteBuffer piece) {
        fail(new IllegalStateException("the size of a result was asked for, and not the result"));
        return true;
    }

    @Override
    public void fail(Throwable why) {
        size.completeExceptionally(why);
    }
}
