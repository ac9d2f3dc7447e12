package io.lazuli.graph.bag;

import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sorts [Keyed] elements into slices by the hash of their key, by counting.
///
/// ```
///   elements  a:1 b:2 a:3 c:4        slice 0 = keys a and c        a:1 a:3 c:4 | b:2      cuts 0, 3, 4
/// ```
final class Scatter implements Sink.Target {
    private final String operation;
    private final PartitionRun run;
    private final List<@Nullable Object> elements = new ArrayList<>();
    /// The slice of each element.
    private int[] slices = new int[16];
    /// Elements of each slice.
    private final int[] counts;

    Scatter(String operation, int sliceCount, PartitionRun run) {
        this.operation = operation;
        this.run = run;
        this.counts = new int[sliceCount];
    }

    @Override
    public boolean accept(@Nullable Object element) {
        Keyed<?, ?> keyed = (Keyed<?, ?>) Objects.requireNonNull(element, "what is shuffled has a key");
        int slice = sliceOf(keyed.key());
        if (elements.size() == slices.length) {
            slices = Arrays.copyOf(slices, slices.length * 2);
        }
        slices[elements.size()] = slice;
        counts[slice]++;
        return elements.add(keyed);
    }

    /// The upper half of the hash, scaled to the number of slices.
    private int sliceOf(@Nullable Object key) {
        try {
            return (int) ((StableHash.of(key) >>> 32) * counts.length >>> 32);
        } catch (StableHash.UnstableException e) {
            throw GraphErrors.unstableKey(operation, run.partition(), elements.size(), e.type());
        }
    }

    @Override
    public Block toBlock() {
        long[] cuts = new long[counts.length + 1];
        for (int slice = 0; slice < counts.length; slice++) {
            cuts[slice + 1] = cuts[slice] + counts[slice];
        }
        int[] next = new int[counts.length];
        Arrays.setAll(next, slice -> (int) cuts[slice]);
        @Nullable Object[] sorted = new Object[elements.size()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[next[slices[i]]++] = elements.get(i);
        }
        return ListBlocks.of(Arrays.asList(sorted), cuts);
    }
}
