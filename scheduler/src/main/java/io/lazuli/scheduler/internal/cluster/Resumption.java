package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.wire.RemoteFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Tells a scheduler that has taken over of all jobs of its client, under their old ids: their code, what they are, and what was taken
/// of their results. Ends early when yet another one takes over.
///
/// Runs in a thread of its own, because it waits for answers.
final class Resumption implements Runnable {
    private static final System.Logger LOG = System.getLogger(Resumption.class.getName());

    private final RemoteEngine engine;
    private final int term;
    /// Submitted again and not answered, by request. Guarded by the engine's lock, as the next.
    private final Map<Long, RemoteJob> asked = new HashMap<>();
    private boolean isDone;

    /// @param term of the engine that this scheduler has begun
    private Resumption(RemoteEngine engine, int term, boolean isDone) {
        this.engine = engine;
        this.term = term;
        this.isDone = isDone;
    }

    /// Of the first scheduler, to which nothing is new.
    static Resumption ofFirst(RemoteEngine engine) {
        return new Resumption(engine, 0, true);
    }

    /// Of the scheduler after that one.
    Resumption next() {
        return new Resumption(engine, term + 1, false);
    }

    void start() {
        Thread.ofPlatform().daemon().name("lazuli-resume").start(this);
    }

    int term() {
        return term;
    }

    /// The scheduler has heard of all jobs. With the engine's lock.
    boolean isDone() {
        return isDone;
    }

    @Override
    public void run() {
        for (RemoteJob job : engine.openJobs(term)) {
            try {
                if (!engine.code().send(job.bundles(), term)) {
                    return;
                }
                resubmit(job);
            } catch (LazuliException e) {
                engine.giveUp(job, e);
            }
        }
        engine.locked(() -> isDone = true);
        LOG.log(System.Logger.Level.DEBUG, "another scheduler has taken over, and knows of all jobs");
    }

    private void resubmit(RemoteJob job) {
        engine.locked(() -> {
            if (engine.term() != term) {
                return false;
            }
            if (job.isClosed()) {
                engine.forgetClosed(job);
            } else {
                long request = engine.requests().next();
                asked.put(request, job);
                job.repeat(request, engine::isKnown).forEach(engine::say);
            }
            return true;
        });
    }

    /// The scheduler has answered; false if that is not to this. With the engine's lock.
    ///
    /// @param refusal why the job cannot go on
    boolean hear(long request, Optional<RemoteFailure> refusal) {
        RemoteJob job = asked.remove(request);
        if (job != null) {
            refusal.ifPresent(why -> engine.giveUp(job, why.toLazuliException()));
        }
        return job != null;
    }
}
