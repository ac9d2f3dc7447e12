package io.lazuli.ml.internal.data;

import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.Upstream;
import io.lazuli.graph.memory.Block;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The rows that take part in something, in partitions that are made when they are needed.
///
/// @param rows      columns of FLOAT64 without validity, NaN where a value is missing; and of UTF8
/// @param shape     what they are, as the value of one partition
/// @param selection which of them; all if it is empty
public record Partitions(Upstream rows, Upstream shape, Roles roles, Optional<Selection> selection) {
    /// Rows of folds.
    ///
    /// @param folds says which fold each row of a partition is in, as a [Folds]
    public record Selection(Upstream folds, FoldSelection rows) {}

    public int count() {
        return rows.partitionCount();
    }

    /// What has to be there.
    public Stream<Upstream> upstreams() {
        return Stream.concat(Stream.of(rows, shape), selection.stream().map(Selection::folds));
    }

    /// For a layer with as many partitions, each of which reads one. They must be the first dependencies of the layer.
    public List<Dependency> each() {
        return dependencies(Dependency.OneToOne::new);
    }

    /// For a layer that keeps the rows until it has ended. They must be the first dependencies of the layer.
    public List<Dependency> kept() {
        return dependencies(Dependency.Kept::new);
    }

    private List<Dependency> dependencies(Function<Token, Dependency> pattern) {
        return Stream.concat(Stream.of(rows), selection.stream().map(Selection::folds))
                .map(Upstream::token)
                .map(pattern)
                .toList();
    }

    /// What a task needs to know to find its rows.
    public View view() {
        return new View(roles, selection.map(Selection::rows));
    }

    /// All rows, also those of no fold.
    public Partitions all() {
        return new Partitions(rows, shape, roles, Optional.empty());
    }

    public Partitions select(Selection selection) {
        return new Partitions(rows, shape, roles, Optional.of(selection));
    }

    /// Other rows in the same partitions.
    public Partitions with(Upstream rows, Upstream shape) {
        return new Partitions(rows, shape, roles, selection);
    }

    /// The same, of what a function gives in place of each upstream.
    public Partitions map(UnaryOperator<Upstream> function) {
        return new Partitions(
                function.apply(rows), function.apply(shape), roles,
                selection.map(chosen -> new Selection(function.apply(chosen.folds()), chosen.rows())));
    }

    /// How a task that depends on partitions sees them.
    public record View(Roles roles, Optional<FoldSelection> selection) {
        /// How many dependencies come before others.
        public int dependencyCount() {
            return selection.isPresent() ? 2 : 1;
        }

        /// The rows of the only partition that the task reads. Ownership: borrowed for the call.
        public BlockRows rows(TaskContext context, TaskInputs inputs) {
            return new BlockRows(
                    ColumnBlocks.view(inputs.block(0)), roles,
                    selection.map(rule -> folds(inputs.block(1)).rows(rule)).orElse(null),
                    context::checkCancelled);
        }

        private static Folds folds(Block block) {
            return (Folds) Objects.requireNonNull(block.value(), "folds");
        }
    }
}
