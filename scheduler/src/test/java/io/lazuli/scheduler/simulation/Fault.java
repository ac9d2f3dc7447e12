package io.lazuli.scheduler.simulation;

/// Everything that can go wrong.
enum Fault {
    PACKET_DROPPED,
    PACKET_DUPLICATED,
    PACKET_CUT,
    /// The network is split, in both directions or in one.
    PARTITION,
    /// Packets between some nodes wait.
    CLOG,
    /// A worker's process dies, and its scheduler is told.
    CRASH,
    /// A worker's process dies, and nobody hears.
    SILENT_CRASH,
    /// A task kills its worker's process.
    DEADLY_TASK,
    /// A worker's process is taken for gone: mostly it is not.
    WRONG_HINT,
    /// A worker's process stands still.
    FREEZE,
    DISK_FULL,
    DISK_SLOW,
    /// A spilled result is not what was written.
    DISK_CORRUPT,
    DISK_READ_FAILED,
    /// A task's grant was refused.
    NO_MEMORY,
    TASK_STARVED,
    TASK_FAILED,
    TASK_INTERRUPTED,
    /// A thread was given up, with the task that it runs.
    THREAD_ABANDONED,
    FETCH_FAILED,
    /// A task was started, but an input was not there.
    INPUT_MISSING,
    REJOIN,
    /// A job started from a result that was not there, or lost it.
    KEPT_RESULT_LOST,
    /// A worker's process is asked to end.
    LEAVE,
    /// A worker that was asked to end did so before its tasks had.
    LEFT_EARLY
}
