package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.error.LazuliException;

/// Tells a scheduler that has taken over of all jobs of its client: their code, what they are, and what was taken of their results.
/// Ends early when yet another one takes over.
///
/// A thread of its own, because it waits for answers.
///
/// @param term of the engine that this scheduler has begun
record Resumption(RemoteEngine engine, int term) implements Runnable {
    private static final System.Logger LOG = System.getLogger(Resumption.class.getName());

    @Override
    public void run() {
        for (RemoteJob job : engine.openJobs(term)) {
            try {
                if (!engine.send(job.bundles(), term)) {
                    return;
                }
                engine.resubmit(job, term);
            } catch (LazuliException e) {
                engine.giveUp(job, e);
            }
        }
        engine.resumed(term);
        LOG.log(System.Logger.Level.DEBUG, "another scheduler has taken over, and knows of all jobs");
    }
}
