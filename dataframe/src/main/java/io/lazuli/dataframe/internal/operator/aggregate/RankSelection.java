package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The values of one group by their rank, without sorting them all. A small group is copied and selected in place (Hoare's
/// quickselect). A large one stays where it is: passes over it count how many values begin with each 16 bits, until those that
/// can still be meant are few enough to be copied.
final class RankSelection {
    /// Values that are copied.
    static final int FEW = 1 << 16;
    private static final int DIGIT_BITS = 16;
    private static final int DIGITS = 1 << DIGIT_BITS;
    /// Stretches up to this length are sorted.
    private static final int SHORT = 32;

    private long[] few = new long[64];
    private long[] counts = {};
    /// Set by [#open].
    @SuppressWarnings("NullAway.Init")
    private ValueLog.Arranged values;
    private int group;
    private long count;
    private boolean isCopied;

    /// Turns to a group.
    void open(ValueLog.Arranged newValues, int newGroup) {
        values = newValues;
        group = newGroup;
        count = newValues.byteSize(newGroup) / ValueLog.LANE;
        isCopied = count <= FEW;
        if (isCopied) {
            copy();
        }
    }

    long count() {
        return count;
    }

    private void copy() {
        if (few.length < count) {
            few = new long[(int) Math.min(FEW, 2 * count)];
        }
        int next = 0;
        for (long at = values.start(group), end = values.end(group); at < end; at += ValueLog.ENTRY) {
            int length = values.size(at) / ValueLog.LANE;
            MemorySegment.copy(values.bytes(at), Layouts.LONG, values.offset(at), few, next, length);
            next += length;
        }
    }

    /// The value of a rank, counted from 0.
    long at(long rank) {
        return isCopied ? select(few, (int) count, (int) rank) : selectLarge(rank);
    }

    /// The value of the next rank, after [#at].
    long after(long rank) {
        if (!isCopied) {
            return nextLarge(at(rank), rank + 1);
        }
        long least = Long.MAX_VALUE;
        for (int i = (int) rank + 1; i < count; i++) {
            least = Math.min(least, few[i]);
        }
        return least;
    }

    /// Moves the value of a rank to that place, smaller ones before it and larger ones behind it.
    static long select(long[] values, int count, int rank) {
        int low = 0;
        int high = count - 1;
        // after so many rounds somebody has chosen the values with care: then they are sorted
        int rounds = 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(count));
        for (; high - low >= SHORT && rounds > 0; rounds--) {
            long pivot = median(values[low], values[low + high >>> 1], values[high]);
            int left = low;
            int right = high;
            while (left <= right) {
                while (values[left] < pivot) {
                    left++;
                }
                while (values[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    long swapped = values[left];
                    values[left++] = values[right];
                    values[right--] = swapped;
                }
            }
            if (rank <= right) {
                high = right;
            } else if (rank >= left) {
                low = left;
            } else {
                return values[rank];
            }
        }
        Arrays.sort(values, low, high + 1);
        return values[rank];
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private long selectLarge(long rank) {
        long left = rank;
        long prefix = 0;
        for (int shift = Long.SIZE - DIGIT_BITS; ; shift -= DIGIT_BITS) {
            countDigits(prefix, shift);
            int digit = 0;
            while (left >= counts[digit]) {
                left -= counts[digit++];
            }
            prefix = prefix << DIGIT_BITS | digit;
            if (shift == 0) {
                return prefix ^ Long.MIN_VALUE;
            }
            if (counts[digit] <= FEW) {
                int meant = collect(prefix, shift);
                return select(few, meant, (int) left);
            }
        }
    }

    /// Counts the digit at `shift` of the values that begin with `prefix`.
    private void countDigits(long prefix, int shift) {
        counts = counts.length == 0 ? new long[DIGITS] : counts;
        Arrays.fill(counts, 0);
        for (long at = values.start(group), end = values.end(group); at < end; at += ValueLog.ENTRY) {
            countDigits(values.bytes(at), values.offset(at), values.size(at), prefix, shift, counts);
        }
    }

    private static void countDigits(
            MemorySegment bytes, long start, int size, long prefix, int shift, long[] counts) {
        boolean isFirst = shift == Long.SIZE - DIGIT_BITS;
        for (long at = start; at < start + size; at += ValueLog.LANE) {
            long lane = bytes.get(Layouts.LONG, at) ^ Long.MIN_VALUE;
            if (isFirst || lane >>> shift + DIGIT_BITS == prefix) {
                counts[(int) (lane >>> shift) & DIGITS - 1]++;
            }
        }
    }

    /// Copies the values whose bits from `shift` on are `prefix`; returns how many there are.
    private int collect(long prefix, int shift) {
        if (few.length < FEW) {
            few = new long[FEW];
        }
        int next = 0;
        for (long at = values.start(group), end = values.end(group); at < end; at += ValueLog.ENTRY) {
            next = collect(values.bytes(at), values.offset(at), values.size(at), prefix, shift, few, next);
        }
        return next;
    }

    private static int collect(
            MemorySegment bytes, long start, int size, long prefix, int shift, long[] few, int first) {
        int next = first;
        for (long at = start; at < start + size; at += ValueLog.LANE) {
            long lane = bytes.get(Layouts.LONG, at);
            if ((lane ^ Long.MIN_VALUE) >>> shift == prefix) {
                few[next++] = lane;
            }
        }
        return next;
    }

    /// The value of `rank`, which is `value` or the least above it.
    private long nextLarge(long value, long rank) {
        long notAbove = 0;
        long least = Long.MAX_VALUE;
        for (long at = values.start(group), end = values.end(group); at < end; at += ValueLog.ENTRY) {
            MemorySegment bytes = values.bytes(at);
            long start = values.offset(at);
            for (long lane = start, last = start + values.size(at); lane < last; lane += ValueLog.LANE) {
                long found = bytes.get(Layouts.LONG, lane);
                notAbove += found <= value ? 1 : 0;
                least = found > value ? Math.min(least, found) : least;
            }
        }
        return notAbove > rank ? value : least;
    }
}
