package io.lazuli.ml.internal.data;

import io.lazuli.graph.Token;
import io.lazuli.graph.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Partitions as a task names them that keeps them, see [io.lazuli.graph.Dependency.Kept]: for graphs that it expands to. Travels.
public record HeldPartitions(
        Token rows, int count, Token shape, Roles roles, Optional<Token> folds, Optional<FoldSelection> selection) {
    public static HeldPartitions of(Partitions data) {
        return new HeldPartitions(
                data.rows().token(), data.count(), data.shape().token(), data.roles(),
                data.selection().map(selection -> selection.folds().token()),
                data.selection().map(Partitions.Selection::rows));
    }

    /// What a task has to keep.
    public Stream<Token> tokens() {
        return Stream.concat(Stream.of(rows, shape), folds.stream());
    }

    /// The partitions, for a graph that starts from what is kept.
    public Partitions partitions() {
        return new Partitions(
                held(rows, count), held(shape, 1), roles,
                selection.map(taken -> new Partitions.Selection(held(folds.orElseThrow(), count), taken)));
    }

    private static Upstream held(Token token, int count) {
        return new Upstream(Map.of(token, count), List.of(), token, count, Set.of());
    }
}
