package io.lazuli.graph.pass;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes one task of a chain of tasks within a layer: each reads only the one before, and is the only one to read it.
///
/// ```
///   0 --> 1 --> 2 --\                  0 > 1 > 2 --\
///                    4           =                  4
///         3 -------/                   3 ---------/
/// ```
///
/// The numbers of the rest stay in order, and its keys get a token of their own. Layers whose tasks have a time limit or retries
/// are left alone: these are meant for each. So is a layer that others read as a whole, and the output.
public record FuseTasks() implements Pass {
    @Override
    public String name() {
        return "fuse-tasks";
    }

    @Override
    public TaskGraph apply(TaskGraph graph) {
        Set<Token> fixed = Renumbering.fixed(graph);
        Map<Token, List<Dependency>> readers = Links.readers(graph);
        Renumbering renumbering = new Renumbering(graph);
        for (Layer layer : graph.layers()) {
            List<Dependency> reads = readers.getOrDefault(layer.token(), List.of());
            if (!fixed.contains(layer.token()) && hasChains(layer, reads)) {
                fuse(layer, reads, renumbering);
            }
        }
        return renumbering.apply();
    }

    /// True if there may be chains: one dependency on itself, and all that is read, here or from here, is listed.
    private static boolean hasChains(Layer layer, List<Dependency> reads) {
        return Links.within(layer).size() == 1
                && layer.annotations().retries() <= 0
                && layer.annotations().timeout().isZero()
                && isListed(layer.dependencies())
                && isListed(reads);
    }

    private static boolean isListed(List<Dependency> dependencies) {
        return dependencies.stream().allMatch(dependency -> dependency instanceof Explicit);
    }

    private static void fuse(Layer layer, List<Dependency> reads, Renumbering renumbering) {
        int[] before = before(layer, reads);
        boolean[] goesOn = new boolean[before.length];
        int count = before.length;
        for (int source : before) {
            if (source >= 0) {
                goesOn[source] = true;
                count--;
            }
        }
        if (count == before.length) {
            return;
        }
        int[] offsets = new int[count + 1];
        int[] members = new int[before.length];
        int[] first = new int[count];
        int[] last = new int[count];
        int next = 0;
        for (int p = 0; p < before.length; p++) {
            if (!goesOn[p]) {
                last[next] = p;
                offsets[next + 1] = addChain(p, before, members, offsets[next]);
                first[next] = members[offsets[next]];
                next++;
            }
        }
        int within = layer.dependencies().indexOf(Links.within(layer).getFirst());
        FusedTasks operation = new FusedTasks(
                layer.operation(), layer.token(), new Numbers(offsets), new Numbers(members),
                layer.dependencies().size(), within);
        renumbering.replace(layer, operation, new Numbers(first), new Numbers(last));
    }

    /// For each partition the one that it continues, or -1.
    private static int[] before(Layer layer, List<Dependency> reads) {
        int count = layer.partitionCount();
        int[] readCounts = new int[count];
        for (Dependency read : reads) {
            for (int source : ((Explicit) read).sources()) {
                readCounts[source]++;
            }
        }
        int[] inputCounts = new int[count];
        for (Dependency dependency : layer.dependencies()) {
            int[] offsets = ((Explicit) dependency).offsets();
            for (int p = 0; p < count; p++) {
                inputCounts[p] += offsets[p + 1] - offsets[p];
            }
        }
        Links links = Links.of(layer);
        int[] before = new int[count];
        Arrays.fill(before, -1);
        for (int p = 0; p < count; p++) {
            int at = links.offsets()[p];
            if (inputCounts[p] == 1 && links.offsets()[p + 1] > at && readCounts[links.sources()[at]] == 1) {
                before[p] = links.sources()[at];
            }
        }
        return before;
    }

    /// Writes the chain that ends with `last` to `members` from `start` on; returns where it ends.
    private static int addChain(int last, int[] before, int[] members, int start) {
        int length = 0;
        for (int p = last; p >= 0; p = before[p]) {
            length++;
        }
        int place = start + length;
        for (int p = last; p >= 0; p = before[p]) {
            members[--place] = p;
        }
        return start + length;
    }
}
