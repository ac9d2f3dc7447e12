package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.lowering.Estimates;
import io.lazuli.dataframe.internal.lowering.GraphText;
import io.lazuli.dataframe.internal.lowering.Lowered;
import io.lazuli.dataframe.internal.lowering.Lowering;
import io.lazuli.dataframe.internal.lowering.Measurements;
import io.lazuli.dataframe.internal.plan.AlignedText;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.internal.plan.rule.Optimizer;
import io.lazuli.dataframe.internal.plan.rule.RuleSet;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.ProgressText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/// The texts of [DataFrame#explain(Explain...)], from one optimization and one lowering of the plan.
final class Explanation {
    private static final String UNKNOWN = "-";

    private final LogicalPlan written;
    private final Optimizer.Optimized optimized;
    private final Lowered lowered;

    private Explanation(LogicalPlan written) {
        this.written = written;
        this.optimized = Optimizer.optimize(written, RuleSet.DEFAULT);
        this.lowered = Lowering.trace(optimized.plan(), Measurements.NONE, Optional.empty());
    }

    static String of(LogicalPlan plan, RunOptions options, SortedSet<Explain> parts) {
        Explanation explanation = new Explanation(plan);
        return parts.stream()
                .map(part -> switch (part) {
                    case LOGICAL -> explanation.logical();
                    case OPTIMIZED -> explanation.optimized();
                    case LAYERS -> explanation.layers();
                    case ANALYZE -> explanation.analyze(options);
                })
                .collect(Collectors.joining());
    }

    private String logical() {
        return "logical plan\n" + PlanText.tree(written);
    }

    private String optimized() {
        Set<String> rules = new LinkedHashSet<>(optimized.trace());
        return "optimized plan" + (rules.isEmpty() ? "" : " (" + String.join(", ", rules) + ")") + "\n"
                + PlanText.tree(optimized.plan(), Explanation::prediction);
    }

    private static List<String> prediction(LogicalPlan node) {
        Estimates.Size size = Estimates.of(node);
        return List.of("about " + rows(Math.round(size.rowCount())) + " rows", bytes(size));
    }

    private String layers() {
        return "layers\n" + GraphText.of(lowered.graph(), lowered.notes());
    }

    private String analyze(RunOptions options) {
        Execution.Measured run = Execution.measure(written, optimized.plan(), options);
        Duration work =
                run.progress().layers().stream().map(LayerProgress::busy).reduce(Duration.ZERO, Duration::plus);
        return "measured in %s, %s of work, %s spilled\n"
                .formatted(
                        ProgressText.seconds(run.progress().elapsed()), ProgressText.seconds(work),
                        ProgressText.bytes(run.progress().spilledBytes()))
                + measuredPlan(run) + measuredLayers(run);
    }

    private String measuredPlan(Execution.Measured run) {
        return PlanText.tree(
                optimized.plan(), "plan", List.of("rows", "predicted", "bytes", "predicted"), node -> {
                    Estimates.Size size = Estimates.of(node);
                    Optional<Lowered.Place> place = run.lowered().place(node);
                    return List.of(
                            place.flatMap(p -> rowsAt(p, run)).map(Explanation::rows).orElse(UNKNOWN),
                            rows(Math.round(size.rowCount())),
                            place.flatMap(p -> bytesAt(p, run)).map(ProgressText::bytes).orElse(UNKNOWN),
                            bytes(size));
                });
    }

    private static Optional<Long> rowsAt(Lowered.Place place, Execution.Measured run) {
        return Optional.ofNullable(run.layers().get(place.layer().token()))
                .filter(layer -> place.stage() < layer.counts().size())
                .map(layer -> layer.counts().get(place.stage()));
    }

    private static Optional<Long> bytesAt(Lowered.Place place, Execution.Measured run) {
        return Optional.ofNullable(run.layers().get(place.layer().token()))
                .filter(layer -> place.stage() == layer.counts().size() - 1 && Lowered.keepsRows(place.layer()))
                .map(LayerProgress::outputBytes);
    }

    private static String measuredLayers(Execution.Measured run) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("layers", "tasks", "rows", "bytes", "work", "longest task"));
        List<String> notes = new ArrayList<>();
        for (Layer layer : run.lowered().layers()) {
            LayerProgress progress = run.layers().get(layer.token());
            String name = "  %d  %s".formatted(rows.size() - 1, layer.label());
            Optional.ofNullable(run.lowered().notes().get(layer.token()))
                    .ifPresent(note -> notes.add("  %d  %s\n".formatted(rows.size() - 1, note)));
            rows.add(progress == null ? unknown(name, layer) : measured(name, progress));
        }
        return AlignedText.of(rows) + (notes.isEmpty() ? "" : "notes\n" + String.join("", notes));
    }

    private static List<String> measured(String name, LayerProgress layer) {
        return List.of(
                name, rows(layer.taskCount()), rows(layer.outputRows()), ProgressText.bytes(layer.outputBytes()),
                ProgressText.seconds(layer.busy()), ProgressText.seconds(layer.longest()));
    }

    /// A layer whose result another job kept at the time.
    private static List<String> unknown(String name, Layer layer) {
        return List.of(name, rows(layer.partitionCount()), UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
    }

    private static String rows(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String bytes(Estimates.Size size) {
        return ProgressText.bytes(Math.round(size.byteSize()));
    }
}
