package io.lazuli.scheduler.internal.core;

import java.util.Arrays;

/// Entries packed into an array that is used again and again, so that an event or effect costs no object.
///
/// ```
///   word 0   kind (bits 0..7), attempt (8..23), thread (24..31), task (32..63)
///   word 1   source or target: worker (bits 32..63) and its incarnation, or an epoch (0..31)
///   words 2 to 5   whatever the kind says
/// ```
public final class Entries {
    /// Longs of one entry.
    public static final int STRIDE = 6;
    public static final int LARGEST_ATTEMPT = 0xffff;
    /// Where a thread's number stands in the first word.
    public static final int THREAD_SHIFT = 24;

    /// Entries `0 <= i < size`, each [#STRIDE] words.
    private long[] words = new long[64 * STRIDE];
    private int size;

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    public void add(int kind, int attempt, int task, long source, long a, long b, long c, long d) {
        grow(1);
        int at = size++ * STRIDE;
        words[at] = kind | (long) (attempt & LARGEST_ATTEMPT) << 8 | (long) task << 32;
        words[at + 1] = source;
        words[at + 2] = a;
        words[at + 3] = b;
        words[at + 4] = c;
        words[at + 5] = d;
    }

    /// Copies `count` entries from `source`, which start at word `from`.
    public void addPacked(long[] source, int from, int count) {
        grow(count);
        System.arraycopy(source, from, words, size * STRIDE, count * STRIDE);
        size += count;
    }

    /// Copies all entries into `target` from word `to`.
    public void copyPacked(long[] target, int to) {
        System.arraycopy(words, 0, target, to, size * STRIDE);
    }

    /// A worker and its incarnation, or an epoch alone, as the source of an entry.
    public static long source(int worker, int incarnation) {
        return (long) worker << 32 | incarnation & 0xffffffffL;
    }

    public int kind(int i) {
        return (int) words[i * STRIDE] & 0xff;
    }

    public int attempt(int i) {
        return (int) (words[i * STRIDE] >>> 8) & LARGEST_ATTEMPT;
    }

    /// The worker's thread that the entry comes from, 0 if nobody said.
    public int thread(int i) {
        return (int) (words[i * STRIDE] >>> THREAD_SHIFT) & 0xff;
    }

    /// The last entry comes from that thread.
    public void setLastThread(int thread) {
        words[(size - 1) * STRIDE] |= (thread & 0xffL) << THREAD_SHIFT;
    }

    void setSource(int i, long source) {
        words[i * STRIDE + 1] = source;
    }

    /// Sets words `a` and `b`: a job, and where its plan is.
    public void setJob(int i, long job, int plan) {
        words[i * STRIDE + 2] = job;
        words[i * STRIDE + 3] = plan;
    }

    public int task(int i) {
        return (int) (words[i * STRIDE] >>> 32);
    }

    public int worker(int i) {
        return (int) (words[i * STRIDE + 1] >>> 32);
    }

    public int incarnation(int i) {
        return (int) words[i * STRIDE + 1];
    }

    public long a(int i) {
        return words[i * STRIDE + 2];
    }

    public long b(int i) {
        return words[i * STRIDE + 3];
    }

    public long c(int i) {
        return words[i * STRIDE + 4];
    }

    public long d(int i) {
        return words[i * STRIDE + 5];
    }

    /// Makes the last entry's word `a` one larger.
    public void incrementLastA() {
        words[(size - 1) * STRIDE + 2]++;
    }

    private void grow(int count) {
        int needed = (size + count) * STRIDE;
        if (needed > words.length) {
            words = Arrays.copyOf(words, Math.max(needed, 2 * words.length));
        }
    }
}
