package io.lazuli.scheduler.internal.membership;

/// What a process does in a cluster.
public enum Role {
    /// Decides, or stands by to decide; keeps the journal.
    SCHEDULER,
    /// Runs tasks; keeps nothing of the journal.
    WORKER
}
