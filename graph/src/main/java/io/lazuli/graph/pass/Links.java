package io.lazuli.graph.pass;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which partitions of a layer read which others of the same layer: `p` reads `sources[offsets[p]]` up to
/// `sources[offsets[p + 1]]`, all lower than `p`.
record Links(int[] offsets, int[] sources) {
    /// The dependencies of a layer on itself.
    static List<Explicit> within(Layer layer) {
        return layer.dependencies().stream()
                .filter(dependency -> isWithin(layer, dependency))
                .map(Explicit.class::cast)
                .toList();
    }

    /// What each layer and held result is read by, itself included; those that nobody reads are missing.
    static Map<Token, List<Dependency>> readers(TaskGraph graph) {
        Map<Token, List<Dependency>> readers = new HashMap<>();
        graph.layers().forEach(layer -> layer.dependencies()
                .forEach(d -> readers.computeIfAbsent(d.on(), token -> new ArrayList<>()).add(d)));
        return readers;
    }

    static boolean isWithin(Layer layer, Dependency dependency) {
        return dependency.on().equals(layer.token());
    }

    /// All dependencies of a layer on itself in one. Not copied if there is only one.
    static Links of(Layer layer) {
        List<Explicit> within = within(layer);
        if (within.size() == 1) {
            return new Links(within.getFirst().offsets(), within.getFirst().sources());
        }
        int[] offsets = new int[layer.partitionCount() + 1];
        int[] sources = new int[within.stream().mapToInt(links -> links.sources().length).sum()];
        for (int p = 0; p < layer.partitionCount(); p++) {
            int next = offsets[p];
            for (Explicit links : within) {
                int count = links.offsets()[p + 1] - links.offsets()[p];
                System.arraycopy(links.sources(), links.offsets()[p], sources, next, count);
                next += count;
            }
            offsets[p + 1] = next;
        }
        return new Links(offsets, sources);
    }

    int count() {
        return offsets.length - 1;
    }

    /// How many reads each partition sees.
    int[] readCounts() {
        int[] counts = new int[count()];
        for (int source : sources) {
            counts[source]++;
        }
        return counts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Links(int[] thatOffsets, int[] thatSources)
                && Arrays.equals(offsets, thatOffsets)
                && Arrays.equals(sources, thatSources);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(offsets) + Arrays.hashCode(sources);
    }

    @Override
    public String toString() {
        return "Links[" + count() + " partitions, " + sources.length + " sources]";
    }
}
