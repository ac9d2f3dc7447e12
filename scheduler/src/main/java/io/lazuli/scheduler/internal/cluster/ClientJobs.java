package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.RemoteFailure;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What clients say of their jobs, and what of it the next leader must know. Guarded by the shell's lock.
///
/// ```
///   new job ------------> runs --stored in the journal--> its client is told of it
///   leader before left it -> runs --its client comes-----> its client is told of it
///                              '---nobody comes----------> ends
/// ```
final class ClientJobs {
    private static final System.Logger LOG = System.getLogger(ClientJobs.class.getName());

    private final ClusterJobs jobs;
    private final JobJournal journal;
    private final EventBuffer in;
    private final Consumer<Runnable> turn;
    private RecoveredJobs recovered;

    /// @param in   what the core is to hear
    /// @param none no recovered jobs. Ownership: taken over
    /// @param turn runs something with the lock, and sends what it says; by any thread
    ClientJobs(ClusterJobs jobs, JobJournal journal, EventBuffer in, RecoveredJobs none, Consumer<Runnable> turn) {
        this.jobs = jobs;
        this.journal = journal;
        this.in = in;
        this.recovered = none;
        this.turn = turn;
    }

    /// Goes on with jobs of the leader before.
    ///
    /// @param endNanos until when their clients may come
    void inherit(Inheritance found, long endNanos) {
        recovered = new RecoveredJobs(found.code(), endNanos);
        found.jobs().forEach(this::recover);
    }

    private void recover(JournalledJob found) {
        journal.goOn(found.id(), found.spec(), found.taken());
        try {
            ClusterJob job = jobs.add(found.id(), found.spec(), jobs::known);
            found.taken().stream().forEach(job::take);
            recovered.add(job.id());
            in.jobSubmitted(job.id(), job.record().plan());
        } catch (LazuliException e) {
            LOG.log(System.Logger.Level.WARNING, "job {0} goes on when its client comes: {1}",
                    Long.toString(found.id()), e);
            journal.end(found.id());
        }
    }

    void hear(ClientPeer speaker, FromClient.OfJob message) {
        switch (message) {
            case FromClient.Submitted submitted -> submit(speaker, submitted);
            case FromClient.Cancelled cancelled -> own(speaker, cancelled.job())
                    .filter(job -> job.record().isRunning())
                    .ifPresent(job -> {
                        journal.end(job.id());
                        in.jobCancelled(job.id());
                    });
            case FromClient.Closed closed -> {
                if (speaker.jobs().remove(closed.job()) || recovered.remove(closed.job())) {
                    close(closed.job());
                }
            }
            case FromClient.Took took -> own(speaker, took.job()).ifPresent(job -> take(job, took.partition()));
            case FromClient.Missed missed -> own(speaker, missed.job()).ifPresent(job -> miss(job, missed));
        }
    }

    /// As [#hear], once nothing runs any more.
    void refuse(ClientPeer speaker, FromClient.OfJob message, LazuliException why) {
        switch (message) {
            case FromClient.Submitted submitted ->
                speaker.say(new ToClient.Refused(submitted.request(), RemoteFailure.of(why)));
            case FromClient.Closed closed -> {
                speaker.jobs().remove(closed.job());
                journal.end(closed.job());
                speaker.say(new ToClient.Forgotten(closed.job()));
            }
            case FromClient.Cancelled _, FromClient.Took _, FromClient.Missed _ -> {}
        }
    }

    private void submit(ClientPeer client, FromClient.Submitted submitted) {
        try {
            Optional<Long> before = submitted.before();
            if (before.filter(recovered::has).isPresent()) {
                attach(client, submitted, jobs.known(before.get()).orElseThrow());
            } else if (before.filter(jobs::has).isPresent()) {
                throw Errors.jobTaken(before.get());
            } else {
                start(client, submitted);
            }
        } catch (LazuliException e) {
            client.say(new ToClient.Refused(submitted.request(), RemoteFailure.of(e)));
        }
    }

    /// The client of a recovered job has come.
    private void attach(ClientPeer client, FromClient.Submitted submitted, ClusterJob job) {
        TaskGraph graph = submitted.job().graph().skeleton();
        if (!graph.output().equals(job.lineage().graph().output())
                || graph.outputLayer().partitionCount() != job.record().partitionCount()) {
            throw Errors.jobTaken(job.id());
        }
        recovered.remove(job.id());
        client.jobs().add(job.id());
        job.attach(client, submitted.request());
    }

    /// The job runs from now on. If it is a new one, its client hears of it once the next leader would know it too: until then it may
    /// run for nothing, if this scheduler dies.
    private void start(ClientPeer client, FromClient.Submitted submitted) {
        client.code().checkTaken(submitted.job().bundles());
        ClusterJob job = jobs.add(
                submitted.before().orElseGet(jobs::nextId), submitted.job(), keeper -> own(client, keeper));
        client.jobs().add(job.id());
        in.jobSubmitted(job.id(), job.record().plan());
        Runnable accept = () -> own(client, job.id()).ifPresent(own -> own.attach(client, submitted.request()));
        if (submitted.before().isPresent()) {
            journal.goOn(job.id(), job.spec(), new BitSet());
            accept.run();
        } else if (journal.begin(job.id(), job.spec(), () -> turn.accept(accept))) {
            accept.run();
        }
    }

    private void take(ClusterJob job, int partition) {
        int task = job.take(partition);
        if (task >= 0) {
            in.resultTaken(task);
        }
        if (job.isTaken()) {
            journal.end(job.id());
        } else {
            journal.took(job.id(), partition);
        }
    }

    /// What was offered cannot be had: it is to be made again, unless it is already.
    private void miss(ClusterJob job, FromClient.Missed missed) {
        ClusterJob.Offer offer = job.offered(missed.partition());
        boolean isOffered = offer != null
                && offer.attempt() == missed.attempt()
                && offer.worker() == missed.worker();
        if (offer != null && isOffered) {
            job.record().recordLoss(missed.why().toThrowable());
            in.resultLost(offer.source(), offer.task(), offer.attempt());
        }
    }

    Optional<ClusterJob> own(ClientPeer client, long job) {
        return client.jobs().contains(job) ? jobs.known(job) : Optional.empty();
    }

    /// The client is gone.
    void leave(ClientPeer client) {
        client.jobs().forEach(this::close);
        client.jobs().clear();
    }

    /// Ends recovered jobs whose clients are late. Returns bundles of code that recovered jobs need no more.
    List<CodeHash> endLate(long nanos) {
        for (long job : recovered.late(nanos)) {
            LOG.log(System.Logger.Level.INFO, "job {0} ends: its client has not come", Long.toString(job));
            recovered.remove(job);
            close(job);
        }
        return recovered.releaseCode();
    }

    private void close(long job) {
        journal.end(job);
        if (jobs.has(job)) {
            in.jobClosed(job);
        }
    }

    /// Nothing is left of the job.
    void forgotten(long job) {
        recovered.remove(job);
    }

    /// Where a bundle lies that recovered jobs need.
    Optional<Path> codeFile(CodeHash bundle) {
        return recovered.codeFile(bundle);
    }

    void close() {
        recovered.close();
    }
}
