package io.lazuli.scheduler.internal.membership;

import java.util.List;
import java.util.Optional;

/// What the journal holds of a job: the last checkpoint, if there was one, and the facts since, in the order in which they were
/// appended. Facts of a leader that was no longer one may be among them: they come before those of the next epoch.
public record JournalContent(Optional<byte[]> checkpoint, List<byte[]> facts) {}
