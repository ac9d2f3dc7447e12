package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.wire.JobSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A journal that keeps what it is told in words, and answers at once or when a test says so.
final class RecordingJournal implements JobJournal {
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean isHeld;

    List<String> said() {
        return List.copyOf(said);
    }

    /// From now on jobs are not stored.
    synchronized void hold() {
        isHeld = true;
    }

    /// Stores those that were held.
    void store() {
        List<Runnable> now;
        synchronized (this) {
            isHeld = false;
            now = List.copyOf(held);
            held.clear();
        }
        now.forEach(Runnable::run);
    }

    @Override
    public synchronized boolean begin(long job, JobSpec spec, Runnable stored) {
        said.add("begin " + job);
        if (isHeld) {
            held.add(stored);
        }
        return !isHeld;
    }

    @Override
    public void goOn(long job, JobSpec spec, BitSet taken) {
        said.add("goes on " + job + " " + taken);
    }

    @Override
    public void took(long job, int partition) {
        said.add("took " + job + " " + partition);
    }

    @Override
    public void end(long job) {
        said.add("end " + job);
    }

    @Override
    public void dropCode(Collection<String> bundles) {
        said.add("drop " + bundles);
    }

    @Override
    public void close() {}
}
