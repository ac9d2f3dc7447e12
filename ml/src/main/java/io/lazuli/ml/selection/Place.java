package io.lazuli.ml.selection;

import java.util.ArrayList;
import java.util.List;

/// Where a partition's rows are among all.
record Place(long start, long total) {
    /// @param counts rows of each partition
    static List<Place> of(List<Long> counts) {
        long total = total(counts);
        List<Place> places = new ArrayList<>();
        long start = 0;
        for (long count : counts) {
            places.add(new Place(start, total));
            start += count;
        }
        return places;
    }

    static long total(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
