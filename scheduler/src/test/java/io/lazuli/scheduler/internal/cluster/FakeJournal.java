package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.membership.JournalContent;
import io.lazuli.scheduler.internal.membership.JournalSink;
import io.lazuli.scheduler.internal.membership.JournalSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// A journal in memory: it can hold back its answers, hold whoever writes, and break.
final class FakeJournal implements JournalSink, JournalSource {
    private final Map<String, List<byte[]>> entries = new LinkedHashMap<>();
    private final Map<String, byte[]> checkpoints = new HashMap<>();
    private final List<String> written = new ArrayList<>();
    private final List<CompletableFuture<Void>> unanswered = new ArrayList<>();
    private final CountDownLatch door = new CountDownLatch(1);
    private boolean isSilent;
    private boolean isStuck;
    private boolean isBroken;

    /// From now on nothing is answered.
    synchronized void fallSilent() {
        isSilent = true;
    }

    synchronized void answer() {
        isSilent = false;
        unanswered.forEach(future -> future.complete(null));
        unanswered.clear();
    }

    /// Whoever writes waits until it is closed.
    synchronized void getStuck() {
        isStuck = true;
    }

    synchronized void breakDown() {
        isBroken = true;
        unanswered.forEach(future -> future.completeExceptionally(Errors.journalFailed(null)));
        unanswered.clear();
    }

    /// What was done, in order.
    synchronized List<String> written() {
        return List.copyOf(written);
    }

    synchronized void put(String name, byte[]... facts) {
        entries.put(name, new ArrayList<>(List.of(facts)));
    }

    private CompletableFuture<Void> answer(String what, Runnable action) {
        awaitDoor();
        synchronized (this) {
            if (isBroken) {
                throw Errors.journalFailed(null);
            }
            written.add(what);
            action.run();
            if (!isSilent) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<Void> later = new CompletableFuture<>();
            unanswered.add(later);
            return later;
        }
    }

    private void awaitDoor() {
        synchronized (this) {
            if (!isStuck) {
                return;
            }
        }
        try {
            door.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public CompletableFuture<Void> append(String job, List<byte[]> facts) {
        return answer(
                "append " + job, () -> entries.computeIfAbsent(job, _ -> new ArrayList<>()).addAll(facts));
    }

    @Override
    public CompletableFuture<Void> checkpoint(String job, byte[] state) {
        return answer("checkpoint " + job, () -> {
            checkpoints.put(job, state);
            entries.put(job, new ArrayList<>());
        });
    }

    @Override
    public CompletableFuture<Void> remove(String job) {
        return answer("remove " + job, () -> {
            entries.remove(job);
            checkpoints.remove(job);
        });
    }

    @Override
    public CompletableFuture<Void> flush() {
        return answer("flush", () -> {
        });
    }

    @Override
    public synchronized List<String> jobs() {
        return List.copyOf(entries.keySet());
    }

    @Override
    public synchronized JournalContent read(String job) {
        return new JournalContent(
                Optional.ofNullable(checkpoints.get(job)), List.copyOf(entries.getOrDefault(job, List.of())));
    }

    @Override
    public void close() {
        door.countDown();
    }
}
