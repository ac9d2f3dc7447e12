package io.lazuli.ml.internal.fit;

import static io.lazuli.ml.internal.fit.GuardedOperation.block;
import static io.lazuli.ml.internal.fit.GuardedOperation.value;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Upstream;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.memory.Block;
import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.FoldRule;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.data.BlockRows;
import io.lazuli.ml.internal.data.FeatureIndexes;
import io.lazuli.ml.internal.data.Partitions;
import io.lazuli.ml.internal.data.Roles;
import io.lazuli.ml.internal.data.RowBlocks;
import io.lazuli.ml.model.Transform;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Layers with as many partitions as there are of rows.
public final class RowLayers {
    private RowLayers() {}

    /// All rows with the features that a model makes of theirs; the selection stays.
    public static Partitions transformed(Partitions data, Upstream model, String label) {
        Upstream shape = Values.apply(new TransformedShape(), List.of(data.shape(), model), label + ": features");
        Upstream rows = add(
                new Transformed(data.roles()), data.all(),
                List.of(new Dependency.Broadcast(data.shape().token()), new Dependency.Broadcast(model.token())),
                Stream.of(model), label + ": transform");
        return data.with(rows, shape);
    }

    /// All rows with some of their features; the selection stays.
    public static Partitions selected(Partitions data, List<String> features) {
        Upstream shape = Values.apply(new SelectedShape(features), List.of(data.shape()), "features");
        Upstream rows = add(
                new Selected(data.roles(), features), data.all(),
                List.of(new Dependency.Broadcast(data.shape().token())), Stream.of(), "select");
        return data.with(rows, shape);
    }

    /// All rows with the index of their class as target.
    ///
    /// @param classes as the value of one partition
    public static Partitions classified(Partitions data, Upstream classes) {
        Upstream shape = Values.apply(new ClassifiedShape(), List.of(data.shape(), classes), "classes: features");
        Upstream rows = add(
                new Classified(data.roles()), data.all(), List.of(new Dependency.Broadcast(classes.token())),
                Stream.of(classes), "classes: encode");
        return data.with(rows, shape);
    }

    /// The fold of each row; none for rows that take no part.
    public static Upstream folds(Partitions data, FoldRule<?, ?> rule) {
        Partitions.View view = data.view();
        Upstream counts = add(new Count(rule, view), data, List.of(), Stream.of(), rule.name() + ": count");
        GraphParts parts = GraphParts.of(Stream.of(counts));
        Upstream plan = parts.upstream(
                parts.add(new Plan(rule), 1, List.of(new Dependency.Broadcast(counts.token())),
                        rule.name() + ": plan"));
        return add(
                new Assign(rule, view), data, List.of(new Dependency.Broadcast(plan.token())), Stream.of(plan),
                rule.name());
    }

    private static Upstream add(
            GuardedOperation operation, Partitions data, List<Dependency> others, Stream<Upstream> upstreams,
            String label) {
        GraphParts parts = GraphParts.of(Stream.concat(data.upstreams(), upstreams));
        List<Dependency> dependencies = Stream.concat(data.each().stream(), others.stream()).toList();
        Layer layer = parts.add(operation, data.count(), dependencies, label);
        return parts.upstream(layer);
    }

    private record TransformedShape() implements Function1<List<Object>, Shape> {
        @Override
        public Shape apply(List<Object> given) {
            Shape shape = (Shape) given.get(0);
            return new Shape(((Transform) given.get(1)).output(), shape.classes());
        }
    }

    private record SelectedShape(List<String> features) implements Function1<List<Object>, Shape> {
        @Override
        public Shape apply(List<Object> given) {
            Shape shape = (Shape) given.getFirst();
            Features all = shape.features();
            return new Shape(new Features(FeatureIndexes.of(all, features).stream().map(all::get).toList()),
                    shape.classes());
        }
    }

    private record ClassifiedShape() implements Function1<List<Object>, Shape> {
        @Override
        public Shape apply(List<Object> given) {
            return new Shape(((Shape) given.get(0)).features(), (Classes) given.get(1));
        }
    }

    /// The features that a model makes; target, weights and groups as they are.
    private record Transformed(Roles roles) implements GuardedOperation {
        @Override
        public String name() {
            return "transform";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            Shape shape = value(inputs.block(1));
            Transform model = value(inputs.block(2));
            ModelFeatures.check(model, shape.features());
            return RowBlocks.transformed(
                    inputs.block(0), new Partitions.View(roles, Optional.empty()).rows(context, inputs), roles, model,
                    context.memory());
        }
    }

    /// Some features; target, weights and groups as they are.
    private record Selected(Roles roles, List<String> features) implements GuardedOperation {
        @Override
        public String name() {
            return "select";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            Shape shape = value(inputs.block(1));
            return RowBlocks.selected(inputs.block(0), roles, FeatureIndexes.of(shape.features(), features));
        }
    }

    /// Classes in place of the target's values.
    private record Classified(Roles roles) implements GuardedOperation {
        @Override
        public String name() {
            return "encode classes";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            Classes classes = value(inputs.block(1));
            return RowBlocks.classified(
                    inputs.block(0), new Partitions.View(roles, Optional.empty()).rows(context, inputs), classes,
                    context.memory());
        }
    }

    private record Count(FoldRule<?, ?> rule, Partitions.View view) implements GuardedOperation {
        @Override
        public String name() {
            return "count";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            return block(rule.count(view.rows(context, inputs).withoutFeatures()));
        }
    }

    private record Plan(FoldRule<?, ?> rule) implements GuardedOperation {
        @Override
        public String name() {
            return "plan";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            List<Object> counts = inputs.blocks(0).stream().map(GuardedOperation::value).toList();
            return block(of(rule).plan(counts));
        }
    }

    private record Assign(FoldRule<?, ?> rule, Partitions.View view) implements GuardedOperation {
        @Override
        public String name() {
            return "assign";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            List<Object> known = value(inputs.block(view.dependencyCount()));
            BlockRows rows = view.rows(context, inputs).withoutFeatures();
            return block(rows.folds(of(rule).assign(known.get(context.partition()), rows)));
        }
    }

    /// Runs a rule whose types nobody outside it knows.
    @SuppressWarnings("unchecked")
    private static FoldRule<Object, Object> of(FoldRule<?, ?> rule) {
        return (FoldRule<Object, Object>) rule;
    }
}
