package io.lazuli.tests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.JobProgress;
import io.lazuli.tests.job.Shuffled;
import java.util.random.RandomGenerator;

/// Where a job stands when it is struck. It cannot leave the phase before its gates are opened.
enum Phase {
    /// Some of the first layer's tasks have ended, some have not.
    MAP {
        @Override
        PhasedJob.Free free(PhasedJob job, RandomGenerator random) {
            return new PhasedJob.Free(random.nextInt(1, job.producers()), 0);
        }

        @Override
        boolean isReached(PhasedJob job, JobProgress progress) {
            return PhasedJob.finished(progress, Shuffled.MAKE) == job.free().makes();
        }
    },
    /// All of the first layer's have ended, and none of the second's: their inputs are on their way, or there.
    BARRIER {
        @Override
        PhasedJob.Free free(PhasedJob job, RandomGenerator random) {
            return new PhasedJob.Free(job.producers(), 0);
        }

        @Override
        boolean isReached(PhasedJob job, JobProgress progress) {
            return PhasedJob.finished(progress, Shuffled.MAKE) == job.producers();
        }
    },
    /// Some of the second layer's tasks have ended, some have not.
    REDUCE {
        @Override
        PhasedJob.Free free(PhasedJob job, RandomGenerator random) {
            return new PhasedJob.Free(job.producers(), random.nextInt(1, job.consumers()));
        }

        @Override
        boolean isReached(PhasedJob job, JobProgress progress) {
            return PhasedJob.finished(progress, Shuffled.ADD) == job.free().adds();
        }
    };

    static Phase any(RandomGenerator random) {
        return values()[random.nextInt(values().length)];
    }

    /// What may go on up to this phase.
    abstract PhasedJob.Free free(PhasedJob job, RandomGenerator random);

    /// By what the engine says.
    abstract boolean isReached(PhasedJob job, JobProgress progress);

    /// Fails if the job is anywhere else.
    void check(PhasedJob job, JobProgress progress) {
        assertThat(progress.state()).isEqualTo(JobProgress.State.RUNNING);
        int makes = PhasedJob.finished(progress, Shuffled.MAKE);
        int adds = PhasedJob.finished(progress, Shuffled.ADD);
        switch (this) {
            case MAP -> assertThat(makes).isBetween(1, job.producers() - 1);
            case BARRIER, REDUCE -> assertThat(makes).isEqualTo(job.producers());
        }
        switch (this) {
            case MAP, BARRIER -> assertThat(adds).isZero();
            case REDUCE -> assertThat(adds).isBetween(1, job.consumers() - 1);
        }
        assertThat(PhasedJob.finished(progress, Shuffled.TOTAL)).isZero();
    }
}
