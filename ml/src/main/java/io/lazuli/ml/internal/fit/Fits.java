package io.lazuli.ml.internal.fit;

import static io.lazuli.ml.internal.fit.GuardedOperation.block;
import static io.lazuli.ml.internal.fit.GuardedOperation.value;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Expansion;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.Upstream;
import io.lazuli.graph.memory.Block;
import io.lazuli.ml.internal.graph.GraphParts;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Fit.Step;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.data.Partitions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Turns fits into layers. Rows in one partition are fitted by one task; else passes are layers:
///
/// ```
///   rows [P]  --> pass [P] --> merge ... --> next --> pass [P] --> ... --> next --> finish: the model, or it expands to more
///   shape --> start ---------^                  '-------^
/// ```
///
/// What follows the last pass costs little: a pass, and what merges it, does nothing once the model is there.
public final class Fits {
    /// Partitions whose sums one task merges.
    private static final int FAN_IN = 8;
    /// Passes that are planned at a time: not many, as those that turn out not to be needed find their rows all the same.
    private static final int MOST_ROUNDS = 8;
    private static final int MOST_TASKS_AT_A_TIME = 64;

    private Fits() {}

    /// The model, as the value of one partition.
    public static Upstream plan(Fit<?, ?, ?> fit, Partitions data) {
        GraphParts parts = GraphParts.of(data.upstreams());
        Dependency shape = new Dependency.Broadcast(data.shape().token());
        if (data.count() == 1) {
            return parts.upstream(parts.add(new Whole(fit, data.view()), 1, with(data.each(), shape), fit.name()));
        }
        Layer start = parts.add(new Start(fit), 1, List.of(shape), fit.name() + ": start");
        int rounds = fit.isOnePass() ? 1 : Math.clamp(MOST_TASKS_AT_A_TIME / data.count(), 1, MOST_ROUNDS);
        Layer last = passes(parts, fit, data.view(), data.each(), data.count(), start, rounds);
        return parts.upstream(finish(parts, fit, data.view(), data.kept(), data.count(), last, rounds));
    }

    private static Layer passes(
            GraphParts parts, Fit<?, ?, ?> fit, Partitions.View view, List<Dependency> rows, int count, Layer start,
            int rounds) {
        Layer state = start;
        for (int round = 0; round < rounds; round++) {
            Dependency known = new Dependency.Broadcast(state.token());
            Layer sums = parts.add(new Pass(fit, view), count, with(rows, known), fit.name() + ": pass");
            while (sums.partitionCount() > 1) {
                sums = parts.add(
                        new Merge(fit), Math.ceilDiv(sums.partitionCount(), FAN_IN),
                        List.of(new Dependency.Tree(sums.token(), FAN_IN)), fit.name() + ": merge");
            }
            state = parts.add(
                    new Next(fit), 1, List.of(known, new Dependency.Broadcast(sums.token())), fit.name() + ": next");
        }
        return state;
    }

    private static Layer finish(
            GraphParts parts, Fit<?, ?, ?> fit, Partitions.View view, List<Dependency> kept, int count, Layer last,
            int rounds) {
        Dependency state = new Dependency.Broadcast(last.token());
        if (fit.isOnePass()) {
            return parts.add(new OnePass(), 1, List.of(state), fit.name());
        }
        List<Token> rows = kept.stream().map(Dependency::on).toList();
        return parts.add(new Finish(fit, view, rounds, rows, count), 1, with(kept, state), fit.name());
    }

    private static List<Dependency> with(List<Dependency> all, Dependency last) {
        return Stream.concat(all.stream(), Stream.of(last)).toList();
    }

    /// Runs a fit whose types nobody outside it knows.
    @SuppressWarnings("unchecked")
    private static Fit<Object, Object, Object> of(Fit<?, ?, ?> fit) {
        return (Fit<Object, Object, Object>) fit;
    }

    /// All passes over rows in one partition.
    private record Whole(Fit<?, ?, ?> fit, Partitions.View view) implements GuardedOperation {
        @Override
        public String name() {
            return fit.name();
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            Fit<Object, Object, Object> own = of(fit);
            Rows rows = view.rows(context, inputs);
            Step<Object, Object> step = start(fit, value(inputs.block(view.dependencyCount())));
            while (step instanceof Step.Again<Object, Object>(Object state)) {
                step = own.next(state, own.pass(state, rows));
            }
            return block(((Step.Done<Object, Object>) step).model());
        }
    }

    private static Step<Object, Object> start(Fit<?, ?, ?> fit, Shape shape) {
        List<String> texts = shape.features().texts();
        if (!fit.takesTexts() && !texts.isEmpty()) {
            throw MlErrors.textFeatures(fit.name(), texts);
        }
        return new Step.Again<>(of(fit).start(shape));
    }

    /// The first state.
    private record Start(Fit<?, ?, ?> fit) implements GuardedOperation {
        @Override
        public String name() {
            return "start";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            return block(start(fit, value(inputs.block(0))));
        }
    }

    /// The sum of one partition's rows; nothing once the model is there.
    private record Pass(Fit<?, ?, ?> fit, Partitions.View view) implements GuardedOperation {
        @Override
        public String name() {
            return "pass";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            Step<Object, Object> step = value(inputs.block(view.dependencyCount()));
            return switch (step) {
                case Step.Again<Object, Object>(Object state) ->
                    block(of(fit).pass(state, view.rows(context, inputs)));
                case Step.Done<Object, Object> _ -> block(null);
            };
        }
    }

    /// Sums of neighbours as one, in their order.
    private record Merge(Fit<?, ?, ?> fit) implements GuardedOperation {
        @Override
        public String name() {
            return "merge";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            List<Block> sums = inputs.blocks(0);
            if (sums.getFirst().value() == null) {
                return block(null);
            }
            Object total = value(sums.getFirst());
            for (Block sum : sums.subList(1, sums.size())) {
                total = of(fit).merge(total, value(sum));
            }
            return block(total);
        }
    }

    /// What follows from the sum of a pass.
    private record Next(Fit<?, ?, ?> fit) implements GuardedOperation {
        @Override
        public String name() {
            return "next";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            Step<Object, Object> step = value(inputs.block(0));
            return switch (step) {
                case Step.Again<Object, Object>(Object state) -> block(of(fit).next(state, value(inputs.block(1))));
                case Step.Done<Object, Object> done -> block(done);
            };
        }
    }

    /// The model after one pass.
    private record OnePass() implements GuardedOperation {
        @Override
        public String name() {
            return "model";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            Step<Object, Object> step = value(inputs.block(0));
            if (step instanceof Step.Done<Object, Object>(Object model)) {
                return block(model);
            }
            throw new IllegalStateException("a fit of one pass wants another one");
        }
    }

    /// The model; or more passes, if it is not there yet.
    ///
    /// @param rounds that are planned at a time
    /// @param rows   what the passes read, first the rows
    /// @param count  partitions of the rows
    private record Finish(Fit<?, ?, ?> fit, Partitions.View view, int rounds, List<Token> rows,
            int count) implements GuardedOperation {
        @Override
        public String name() {
            return "model";
        }

        @Override
        public boolean namesInputs() {
            return true;
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            Step<Object, Object> step = value(inputs.block(rows.size()));
            return switch (step) {
                case Step.Done<Object, Object>(Object model) -> block(model);
                case Step.Again<Object, Object> again -> more(again).toBlock();
            };
        }

        private Expansion more(Step.Again<Object, Object> step) {
            GraphParts parts = GraphParts.of(Stream.of());
            Layer start = parts.add(new Given(step), 1, List.of(), fit.name() + ": state");
            List<Dependency> each = rows.stream().<Dependency>map(Dependency.OneToOne::new).toList();
            List<Dependency> kept = rows.stream().<Dependency>map(Dependency.Kept::new).toList();
            Layer last = passes(parts, fit, view, each, count, start, rounds);
            Layer output = finish(parts, fit, view, kept, count, last, rounds);
            Map<Token, Integer> held = new LinkedHashMap<>();
            rows.forEach(token -> held.put(token, count));
            return new Expansion(new TaskGraph(held, new ArrayList<>(parts.layers()), output.token()));
        }
    }

    /// The state that passes go on from.
    private record Given(Step.Again<Object, Object> step) implements GuardedOperation {
        @Override
        public String name() {
            return "state";
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            return block(step);
        }
    }
}
