package io.lazuli.scheduler.internal.membership;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Where what is to be known of jobs is written, under the jobs' names. [JournalWriter] says what holds of each method.
public interface JournalSink extends AutoCloseable {
    CompletableFuture<Void> append(String job, List<byte[]> facts);

    CompletableFuture<Void> checkpoint(String job, byte[] state);

    CompletableFuture<Void> remove(String job);

    CompletableFuture<Void> flush();

    @Override
    void close();
}
