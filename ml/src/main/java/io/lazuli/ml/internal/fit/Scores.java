package io.lazuli.ml.internal.fit;

import static io.lazuli.ml.internal.fit.GuardedOperation.block;
import static io.lazuli.ml.internal.fit.GuardedOperation.value;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Upstream;
import io.lazuli.graph.memory.Block;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.data.Partitions;
import io.lazuli.ml.metrics.Metric;
import io.lazuli.ml.metrics.Metric.Input;
import io.lazuli.ml.model.Classifier;
import io.lazuli.ml.model.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Layers that say how good a model is.
///
/// ```
///   rows [P] --> score [P] --> merge ... --> finish: a double[] with a number for each metric
///   model ----------^
/// ```
public final class Scores {
    /// Partitions whose sums one task merges.
    private static final int FAN_IN = 8;

    private Scores() {}

    /// A number for each metric, as the value of one partition.
    ///
    /// @param model a predictor
    public static Upstream plan(Partitions data, Upstream model, List<Metric<?>> metrics, String label) {
        GraphParts parts = GraphParts.of(Stream.concat(data.upstreams(), Stream.of(model)));
        return finished(parts, sums(parts, data, model, metrics, label), new Finish(metrics), label);
    }

    /// What a metric sums up over all rows, as the value of one partition.
    ///
    /// @param model a predictor
    public static Upstream sum(Partitions data, Upstream model, Metric<?> metric, String label) {
        GraphParts parts = GraphParts.of(Stream.concat(data.upstreams(), Stream.of(model)));
        return finished(parts, sums(parts, data, model, List.of(metric), label), new First(), label);
    }

    private static Upstream finished(GraphParts parts, Layer sums, GuardedOperation last, String label) {
        return parts.upstream(
                parts.add(last, 1, List.of(new Dependency.Broadcast(sums.token())), label + ": scores"));
    }

    private static Layer sums(
            GraphParts parts, Partitions data, Upstream model, List<Metric<?>> metrics, String label) {
        List<Dependency> dependencies = Stream.concat(
                data.each().stream(),
                Stream.of(data.shape(), model).map(upstream -> new Dependency.Broadcast(upstream.token()))).toList();
        Layer sums = parts.add(new Score(metrics, data.view()), data.count(), dependencies, label + ": score");
        while (sums.partitionCount() > 1) {
            sums = parts.add(
                    new Merge(metrics), Math.ceilDiv(sums.partitionCount(), FAN_IN),
                    List.of(new Dependency.Tree(sums.token(), FAN_IN)), label + ": merge scores");
        }
        return sums;
    }

    /// Uses a metric whose type nobody outside it knows.
    @SuppressWarnings("unchecked")
    private static Metric<Object> of(Metric<?> metric) {
        return (Metric<Object>) metric;
    }

    /// The sums of one partition's rows.
    private record Score(List<Metric<?>> metrics, Partitions.View view) implements GuardedOperation {
        @Override
        public String name() {
            return "score";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            Shape shape = value(inputs.block(view.dependencyCount()));
            Predictor model = value(inputs.block(view.dependencyCount() + 1));
            ModelFeatures.check(model, shape.features());
            boolean needsProbabilities = metrics.stream().anyMatch(metric -> metric.input() == Input.PROBABILITIES);
            Rows rows = view.rows(context, inputs);
            PredictedTile predicted = needsProbabilities && model instanceof Classifier classifier
                    ? PredictedTile.ofProbabilities(classifier, rows)
                    : PredictedTile.ofValues(model, rows);
            if (needsProbabilities && !(model instanceof Classifier)) {
                throw MlErrors.noProbabilities(model.getClass());
            }
            List<Object> sums = new ArrayList<>();
            metrics.forEach(metric -> sums.add(of(metric).start(shape.classes())));
            rows.forEachTile(tile -> {
                predicted.predict(tile);
                IntStream.range(0, sums.size())
                        .forEach(m -> sums.set(m, of(metrics.get(m)).add(sums.get(m), predicted)));
            });
            return block(sums);
        }
    }

    /// Sums of neighbours as one, in their order.
    private record Merge(List<Metric<?>> metrics) implements GuardedOperation {
        @Override
        public String name() {
            return "merge scores";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            List<Object> total = value(inputs.blocks(0).getFirst());
            for (Block other : inputs.blocks(0).subList(1, inputs.blocks(0).size())) {
                List<Object> left = total;
                List<Object> right = value(other);
                total = IntStream.range(0, metrics.size())
                        .mapToObj(m -> of(metrics.get(m)).merge(left.get(m), right.get(m)))
                        .toList();
            }
            return block(new ArrayList<>(total));
        }
    }

    private record Finish(List<Metric<?>> metrics) implements GuardedOperation {
        @Override
        public String name() {
            return "scores";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            List<Object> sums = value(inputs.block(0));
            return block(
                    IntStream.range(0, metrics.size()).mapToDouble(m -> of(metrics.get(m)).finish(sums.get(m)))
                            .toArray());
        }
    }

    /// The sum of the only metric.
    private record First() implements GuardedOperation {
        @Override
        public String name() {
            return "sum";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            List<Object> sums = value(inputs.block(0));
            return block(sums.getFirst());
        }
    }
}
