package io.lazuli.scheduler.event;

/// What happens to a subscriber that is slower than the engine.
public enum Delivery {
    /// It gets every block. While it lags, no new job is admitted, and when it lags far behind, workers wait: it must not wait
    /// for the engine itself.
    LOSSLESS,
    /// It misses whole blocks. Then it hears an [EngineEvent.Gap] that counts them, and where all jobs are.
    LOSSY
}
