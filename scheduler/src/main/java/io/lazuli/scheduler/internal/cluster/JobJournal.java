package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.wire.JobSpec;
import java.util.BitSet;
import java.util.Collection;

/// What a scheduler's shell tells of its jobs, so that the next leader can go on with them. Told with the shell's lock held: nothing
/// here waits.
interface JobJournal extends AutoCloseable {
    /// For a scheduler that nobody follows.
    JobJournal NONE = new JobJournal() {
        @Override
        public boolean begin(long job, JobSpec spec, Runnable stored) {
            return true;
        }

        @Override
        public void goOn(long job, JobSpec spec, BitSet taken) {
            // Nobody would read it, as the rest.
        }

        @Override
        public void took(long job, int partition) {}

        @Override
        public void end(long job) {}

        @Override
        public void dropCode(Collection<String> bundles) {}

        @Override
        public void close() {}
    };

    /// A job that nobody knew before. Returns true if there is nothing to wait for; otherwise another thread runs `stored` once the
    /// next leader would know the job, or it is certain that none will. Never before this returns.
    boolean begin(long job, JobSpec spec, Runnable stored);

    /// A job that may be known from before: what was written of it is replaced.
    ///
    /// @param taken partitions that its client has
    void goOn(long job, JobSpec spec, BitSet taken);

    /// The job's client has this partition.
    void took(long job, int partition);

    /// No leader is to go on with the job. Does nothing if it is not known.
    void end(long job);

    /// Nobody's program has these bundles of code any more.
    void dropCode(Collection<String> bundles);

    /// Writes what is pending, for a moment at most, and nothing more.
    @Override
    void close();
}
