package io.lazuli.dataframe.internal.lowering;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The layers of a plan, of which a graph takes those that it needs.
///
/// @param held   results of other jobs that layers read, with their partitions
/// @param layers each after those that it reads
record LayerSet(Map<Token, Integer> held, Map<Token, Layer> layers) {
    /// What makes `output` from what is there.
    ///
    /// @param there layers whose results need not be made, with their partitions
    TaskGraph graph(Token output, Map<Token, Integer> there) {
        Set<Token> needed = new HashSet<>(Set.of(output));
        List<Layer> chosen = new ArrayList<>();
        for (Layer layer : List.copyOf(layers.values()).reversed()) {
            boolean isMade = needed.contains(layer.token())
                    && (!there.containsKey(layer.token()) || layer.token().equals(output));
            if (isMade) {
                chosen.addFirst(layer);
                layer.dependencies().stream().map(Dependency::on).forEach(needed::add);
            }
        }
        Map<Token, Integer> start = new LinkedHashMap<>();
        held.forEach((token, count) -> {
            if (needed.contains(token)) {
                start.put(token, count);
            }
        });
        chosen.forEach(layer -> layer.dependencies().stream().map(Dependency::on)
                .filter(there::containsKey)
                .forEach(token -> start.put(token, there.get(token))));
        return new TaskGraph(start, chosen, output);
    }
}
