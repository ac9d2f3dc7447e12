package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.Token;
import java.util.List;

/// A layer that a client keeps: the output of a job that it does not take. Guarded by the engine's lock.
final class KeptLayer {
    private final Token token;
    private final RemoteJob job;
    /// Of each partition.
    private final List<RemoteEngine.ResultSize> sizes;
    private int holds = 1;

    KeptLayer(Token token, RemoteJob job, List<RemoteEngine.ResultSize> sizes) {
        this.token = token;
        this.job = job;
        this.sizes = List.copyOf(sizes);
    }

    Token token() {
        return token;
    }

    RemoteJob job() {
        return job;
    }

    List<RemoteEngine.ResultSize> sizes() {
        return sizes;
    }

    long rowCount() {
        return sizes.stream().mapToLong(RemoteEngine.ResultSize::rows).sum();
    }

    KeptLayer retain() {
        holds++;
        return this;
    }

    /// True if that was the last hold.
    boolean release() {
        return --holds == 0;
    }
}
