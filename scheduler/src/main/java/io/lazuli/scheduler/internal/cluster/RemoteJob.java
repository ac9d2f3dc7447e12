package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobListener;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.code.Bundle;
import io.lazuli.scheduler.internal.compute.SerialCalls;
import io.lazuli.scheduler.internal.job.JobRecord;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.RemoteFailure;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A job of a cluster as its client sees it. Fields are guarded by the engine's lock.
///
/// ```
///   offered --claim--> taken --fetched--> (the scheduler is told)
///      ^                 |
///      +---- missed -----+   made again, and offered again
/// ```
final class RemoteJob implements Job {
    private final RemoteEngine engine;
    private final Layer output;
    /// As it was submitted, for a scheduler that takes over.
    private final PackedJob packed;
    private final PackedJob fromNothing;
    private final String name;
    private final int partitionCount;
    private final SerialCalls calls = new SerialCalls();
    private final List<JobListener> listeners = new ArrayList<>();
    private final Map<Integer, RemoteEngine.Offer> offers = new HashMap<>();
    /// Fetched, or being fetched.
    private final BitSet taken = new BitSet();
    private final BitSet fetched = new BitSet();
    private volatile long id;
    /// How it ended; null while it runs.
    private @Nullable JobProgress end;
    /// Why it did not succeed; null if it did, or runs.
    private @Nullable LazuliException failure;
    private boolean cancelled;
    private boolean closed;
    /// Nothing of it is left.
    private boolean forgotten;

    /// @param fromNothing see [PackedJob#fromNothing]
    RemoteJob(RemoteEngine engine, Layer output, JobOptions options, PackedJob packed,
            PackedJob fromNothing) {
        this.engine = engine;
        this.packed = packed;
        this.fromNothing = fromNothing;
        this.output = output;
        this.name = options.name();
        this.partitionCount = output.partitionCount();
    }

    void accepted(long number) {
        id = number;
    }

    /// What this client has is offered again by a scheduler that took over and was not told yet.
    void offered(RemoteEngine.Offer offer) {
        if (fetched.get(offer.partition())) {
            return;
        }
        offers.put(offer.partition(), offer);
        tell(listener -> listener.offered(offer.partition()));
    }

    void withdrawn(int partition) {
        offers.remove(partition);
    }

    void reopened() {
        end = null;
    }

    void ended(ToClient.Ended news) {
        end = news.progress();
        failure = news.failure().map(RemoteFailure::toLazuliException).map(engine::explain).orElse(null);
        JobProgress.State outcome = news.progress().state();
        tell(listener -> listener.ended(outcome));
    }

    void forgotten() {
        forgotten = true;
    }

    boolean isClosed() {
        return closed;
    }

    PackedJob fromNothing() {
        return fromNothing;
    }

    /// The code that it needs, wherever it starts from.
    List<Bundle> bundles() {
        return fromNothing.bundles();
    }

    /// The scheduler is another one, and so is what it will offer. True if there is nothing more to be had of this job.
    boolean startOver() {
        offers.clear();
        if (end != null && (failure != null || fetched.cardinality() == partitionCount)) {
            forgotten = true;
        } else {
            end = null;
        }
        return forgotten;
    }

    /// What a scheduler is told that does not know this job.
    ///
    /// @param isKnown of a job that it has been told of, or will be
    List<FromClient> repeat(long request, LongPredicate isKnown) {
        boolean areKept = packed.spec().held().values().stream().allMatch(held -> isKnown.test(held.keeper()));
        JobSpec job = areKept ? packed.spec() : fromNothing.spec();
        List<FromClient> messages = new ArrayList<>();
        messages.add(new FromClient.Submitted(request, job, Optional.of(id)));
        fetched.stream().forEach(partition -> messages.add(new FromClient.Took(id, partition)));
        if (cancelled) {
            messages.add(new FromClient.Cancelled(id));
        }
        return messages;
    }

    /// It cannot go on: nothing is left of it.
    void broke(LazuliException why) {
        failure = why;
        end = new JobProgress(JobProgress.State.FAILED, Duration.ZERO, 0, List.of());
        forgotten = true;
        tell(listener -> listener.ended(JobProgress.State.FAILED));
    }

    private void tell(Consumer<JobListener> news) {
        if (!listeners.isEmpty()) {
            listeners.forEach(listener -> calls.add(() -> news.accept(listener)));
            engine.callLater(calls);
        }
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public int partitionCount() {
        return partitionCount;
    }

    @Override
    public Block take(int partition) {
        Objects.checkIndex(partition, partitionCount);
        while (true) {
            Optional<Block> block = fetch(waitFor(() -> claim(partition)));
            if (block.isPresent()) {
                return block.get();
            }
        }
    }

    @Override
    public Optional<Block> tryTake(int partition) {
        Objects.checkIndex(partition, partitionCount);
        return engine.locked(() -> claim(partition)).flatMap(this::fetch);
    }

    /// Waits for all partitions, and takes none of them. Returns how large each is.
    List<RemoteEngine.ResultSize> measureOutput() {
        // Each is asked about when it is there, and none is waited for before all were asked about.
        List<Asked> asked = new ArrayList<>();
        while (asked.size() < partitionCount) {
            asked.add(ask(asked.size()));
        }
        List<RemoteEngine.ResultSize> sizes = new ArrayList<>();
        for (Asked first : asked) {
            Asked last = first;
            Optional<RemoteEngine.ResultSize> size = answer(last);
            while (size.isEmpty()) {
                last = ask(first.offer().partition());
                size = answer(last);
            }
            sizes.add(size.get());
        }
        return sizes;
    }

    /// A partition whose size was asked for.
    private record Asked(RemoteEngine.Offer offer, CompletionStage<RemoteEngine.ResultSize> size) {}

    private Asked ask(int partition) {
        RemoteEngine.Offer offer = waitFor(() -> offer(partition));
        return new Asked(offer, engine.measure(offer));
    }

    /// Empty if it cannot be had there, and will be made again.
    private Optional<RemoteEngine.ResultSize> answer(Asked asked) {
        try {
            return Optional.of(asked.size().toCompletableFuture().join());
        } catch (CompletionException e) {
            RuntimeException why = e.getCause() instanceof RuntimeException unchecked ? unchecked : e;
            engine.locked(() -> {
                offers.remove(asked.offer().partition(), asked.offer());
                engine.miss(asked.offer(), why);
                return true;
            });
            return Optional.empty();
        }
    }

    private Optional<RemoteEngine.Offer> offer(int partition) {
        checkHasResults();
        return Optional.ofNullable(offers.get(partition));
    }

    /// With the lock: makes an offered partition the caller's, who fetches it.
    private Optional<RemoteEngine.Offer> claim(int partition) {
        if (taken.get(partition)) {
            throw new IllegalStateException("partition " + partition + " of job '" + name + "' was taken before");
        }
        checkHasResults();
        RemoteEngine.Offer offer = offers.remove(partition);
        if (offer != null) {
            taken.set(partition);
        }
        return Optional.ofNullable(offer);
    }

    private void checkHasResults() {
        if (failure != null && end != null) {
            throw JobRecord.copyOf(failure);
        }
        if (closed) {
            throw new IllegalStateException("job '" + name + "' is closed");
        }
    }

    /// What was claimed; empty if it cannot be had, and will be made again.
    private Optional<Block> fetch(RemoteEngine.Offer offer) {
        Block block;
        try {
            block = engine.fetch(offer, output);
        } catch (RuntimeException e) {
            engine.locked(() -> {
                taken.clear(offer.partition());
                engine.miss(offer, e);
                return true;
            });
            return Optional.empty();
        }
        engine.locked(() -> {
            fetched.set(offer.partition());
            engine.say(new FromClient.Took(id, offer.partition()));
            return true;
        });
        return Optional.of(block);
    }

    @Override
    public boolean await(int partition, Duration timeout) {
        Objects.checkIndex(partition, partitionCount);
        long start = System.nanoTime();
        return waitFor(() -> isAnswered(partition)
                ? Optional.of(true)
                : Optional.of(false).filter(_ -> timeout.minusNanos(System.nanoTime() - start).isNegative()));
    }

    /// True if [#claim] has something, or throws.
    private boolean isAnswered(int partition) {
        return offers.containsKey(partition) || taken.get(partition) || closed || end != null && failure != null;
    }

    private <T> T waitFor(Supplier<Optional<T>> action) {
        try {
            return engine.await(action);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errors.interrupted(name);
        }
    }

    @Override
    public void addListener(JobListener listener) {
        engine.locked(() -> {
            listeners.add(listener);
            offers.keySet().forEach(partition -> calls.add(() -> listener.offered(partition)));
            if (end != null) {
                JobProgress.State outcome = end.state();
                calls.add(() -> listener.ended(outcome));
            }
            return true;
        });
        calls.drain();
    }

    @Override
    public void cancel() {
        engine.locked(() -> {
            cancelled = true;
            engine.say(new FromClient.Cancelled(id));
            return true;
        });
    }

    @Override
    public JobProgress progress() {
        Optional<JobProgress> known = engine.locked(() -> Optional.ofNullable(end));
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return ((ToClient.ProgressIs) engine.requests().request(number -> new FromClient.AskedProgress(number, id)))
                    .progress();
        } catch (LazuliException e) {
            // It may have ended, and have been forgotten, in between.
            return engine.locked(() -> Optional.ofNullable(end)).orElseThrow(() -> e);
        }
    }

    @Override
    public void close() {
        boolean first = engine.locked(() -> {
            boolean isFirst = !closed;
            closed = true;
            if (isFirst && !forgotten) {
                engine.say(new FromClient.Closed(id));
            }
            return isFirst;
        });
        if (first) {
            awaitForgotten();
        }
    }

    /// Waits until none of its tasks runs, interrupted or not, or the scheduler is gone.
    private void awaitForgotten() {
        boolean interrupted = false;
        while (true) {
            try {
                engine.await(() -> forgotten ? Optional.of(true) : Optional.empty());
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (LazuliException e) {
                // The engine is closed, or its scheduler gone: no task of this job is anybody's any more.
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
