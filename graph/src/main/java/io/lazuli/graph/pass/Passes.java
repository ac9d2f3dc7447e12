package io.lazuli.graph.pass;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Passes in the order in which they are applied.
///
/// ```
///   cull         leaves out what the output does not need, so that what follows sees true consumers
///   fuse-layers  one layer in place of a chain of layers
///   fuse-tasks   one task in place of a chain of tasks
///   order        numbers what is left
/// ```
public record Passes(List<Pass> passes) {
    private static final Passes STANDARD =
            new Passes(List.of(new Cull(), new FuseLayers(), new FuseTasks(), new Order()));
    private static final Passes WITHOUT_FUSION = new Passes(List.of(new Cull(), new Order()));

    public Passes {
        passes = List.copyOf(passes);
    }

    /// All passes.
    public static Passes standard() {
        return STANDARD;
    }

    /// Those that leave every task a task of its own, to be seen, timed and retried alone.
    public static Passes withoutFusion() {
        return WITHOUT_FUSION;
    }

    /// Those of a job with these options. Where it may retry tasks, or limits their time, each stays a task of its own: that was
    /// asked for each.
    public static Passes of(JobOptions options) {
        boolean fuses = options.fuses() && options.retries() == 0 && options.timeout().isZero();
        return fuses ? STANDARD : WITHOUT_FUSION;
    }

    /// The graph after all passes.
    public TaskGraph apply(TaskGraph graph) {
        return trace(graph).graph();
    }

    /// The graph after all passes, and what each of them did.
    public Trace trace(TaskGraph graph) {
        TaskGraph now = graph;
        List<Step> steps = new ArrayList<>();
        for (Pass pass : passes) {
            TaskGraph next = pass.apply(now);
            steps.add(new Step(pass.name(), now, next));
            now = next;
        }
        return new Trace(now, steps);
    }

    /// What the passes made of a graph; prints as one line for each.
    public record Trace(TaskGraph graph, List<Step> steps) {
        public Trace {
            steps = List.copyOf(steps);
        }

        @Override
        public String toString() {
            return steps.stream().map(Step::toString).collect(Collectors.joining("\n"));
        }
    }

    /// What one pass made of a graph.
    public record Step(String pass, TaskGraph before, TaskGraph after) {
        /// False if the pass returned the graph itself.
        public boolean changed() {
            return before != after;
        }

        @Override
        public String toString() {
            return changed() ? pass + ": " + size(before) + " -> " + size(after) : pass + ": nothing to do";
        }

        private static String size(TaskGraph graph) {
            return String.format(Locale.ROOT, "%,d layers, %,d tasks", graph.layers().size(), graph.taskCount());
        }
    }
}
