package io.lazuli.scheduler.event;

/// What happens to a subscriber that is slower than the engine.
public enum Delivery {
    /// It gets every block. While it lags, no new job is admitted, and when it lags far behind, workers wait: it must not wait
    /// for the engine itself.
    ///
    /// In a cluster it holds back the jobs of its own client alone, and others' go on. Should it lag by more than the scheduler
    /// keeps for it, some 16 MiB or a few hundred thousand tasks, it misses blocks after all and hears so, as [#LOSSY] does.
    LOSSLESS,
    /// It misses whole blocks. Then it hears an [EngineEvent.Gap] that counts them, and where all jobs are.
    LOSSY
}
