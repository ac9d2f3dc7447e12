package io.lazuli.scheduler.event;

/// What the process of one worker uses at a moment. Bytes that the system does not tell are [#UNKNOWN].
///
/// @param cpuPermille     processor time since the sample before, in thousandths of one processor: 2,000 are two that were busy all the
///                        time
/// @param busyThreadCount compute threads that run a task
/// @param reservedBytes   spoken for outside the Java heap, of `limitBytes`
/// @param heapBytes       of the Java heap, what is dead and not yet collected included; at most `heapLimitBytes`
/// @param anonymousBytes  of the process that are in memory and in no file
/// @param residentBytes   of the process that are in memory, files mapped included
/// @param diskBytes       of spill files
public record WorkerSample(
        int cpuPermille,
        int busyThreadCount,
        long reservedBytes,
        long limitBytes,
        long heapBytes,
        long heapLimitBytes,
        long anonymousBytes,
        long residentBytes,
        long diskBytes) {
    /// In place of bytes.
    public static final long UNKNOWN = -1;
}
