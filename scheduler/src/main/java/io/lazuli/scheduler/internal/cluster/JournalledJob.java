package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.wire.JobSpec;
import java.util.BitSet;

/// A job as the journal tells it to a new leader.
///
/// @param taken partitions of its output that its client has
record JournalledJob(long id, JobSpec spec, BitSet taken) {}
