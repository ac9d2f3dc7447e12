package io.lazuli.scheduler.internal.event;

/// Words that may wait for a subscriber.
///
/// @param droppingWords  a lossy one misses the blocks beyond
/// @param admittingWords while a lossless one has more, no job is admitted
/// @param runningWords   while a lossless one has more, workers wait
/// @param losingWords    even a lossless one misses the blocks beyond
public record QueueLimits(long droppingWords, long admittingWords, long runningWords, long losingWords) {
    /// 4, 8 and 64 MiB; nothing is lost.
    public static final QueueLimits DEFAULTS = new QueueLimits(1 << 19, 1 << 20, 1 << 23, Long.MAX_VALUE);
    /// 4 and 16 MiB: jobs of others wait for nobody.
    public static final QueueLimits SHARED =
            new QueueLimits(1 << 19, Long.MAX_VALUE, Long.MAX_VALUE, 1 << 21);
}
