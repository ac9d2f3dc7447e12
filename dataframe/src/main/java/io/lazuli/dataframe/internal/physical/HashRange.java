package io.lazuli.dataframe.internal.physical;

import java.util.ArrayList;
import java.util.List;

/// Keys whose hashes fall, after another mixing, between two bounds: some of those that a task has to merge, when it has not
/// the memory for all at once. The mixing is needed because the high bits of the hashes of a slice are alike.
record HashRange(int start, int end) {
    private static final int BITS = 16;
    private static final int MIX = 0x9E3779B1;
    static final HashRange ALL = new HashRange(0, 1 << BITS);

    boolean isAll() {
        return equals(ALL);
    }

    boolean contains(int hash) {
        int place = hash * MIX >>> Integer.SIZE - BITS;
        return place >= start && place < end;
    }

    boolean canSplit() {
        return end - start > 1;
    }

    /// This range in at least two parts; `wanted` if there are as many.
    List<HashRange> split(long wanted) {
        int count = (int) Math.clamp(wanted, 2, end - start);
        List<HashRange> parts = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            parts.add(new HashRange(bound(part, count), bound(part + 1, count)));
        }
        return parts;
    }

    private int bound(int part, int count) {
        return start + (int) ((long) (end - start) * part / count);
    }
}
