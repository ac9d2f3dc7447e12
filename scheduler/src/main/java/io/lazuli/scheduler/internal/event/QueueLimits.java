package io.lazuli.scheduler.internal.event;

/// Words that may wait for a subscriber.
///
/// @param droppingWords  a lossy one misses the blocks beyond
/// @param admittingWords while a lossless one has more, no job is admitted
/// @param runningWords   while a lossless one has more, workers wait
public record QueueLimits(long droppingWords, long admittingWords, long runningWords) {
    /// 4, 8 and 64 MiB.
    public static final QueueLimits DEFAULTS = new QueueLimits(1 << 19, 1 << 20, 1 << 23);
}
