package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.lowering.Estimates;
import io.lazuli.dataframe.internal.lowering.GraphText;
import io.lazuli.dataframe.internal.lowering.Lowered;
import io.lazuli.dataframe.internal.lowering.Lowering;
import io.lazuli.dataframe.internal.plan.AlignedText;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.internal.plan.rule.Optimizer;
import io.lazuli.dataframe.internal.plan.rule.RuleSet;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.JobProgress;
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
        this.lowered = Lowering.trace(optimized.plan());
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
        JobProgress job = Execution.measure(lowered.graph(), written, options);
        Duration work = job.layers().stream().map(LayerProgress::busy).reduce(Duration.ZERO, Duration::plus);
        return "measured in %s, %s of work, %s spilled\n"
                .formatted(
                        ProgressText.seconds(job.elapsed()), ProgressText.seconds(work),
                        ProgressText.bytes(job.spilledBytes()))
                + measuredPlan(job) + measuredLayers(job);
    }

    private String measuredPlan(JobProgress job) {
        return PlanText.tree(
                optimized.plan(), "plan", List.of("rows", "predicted", "bytes", "predicted"), node -> {
                    Estimates.Size size = Estimates.of(node);
                    Optional<Lowered.Place> place = lowered.place(node);
                    return List.of(
                            place.flatMap(p -> rowsAt(p, job)).map(Explanation::rows).orElse(UNKNOWN),
                            rows(Math.round(size.rowCount())),
                            place.flatMap(p -> bytesAt(p, job)).map(ProgressText::bytes).orElse(UNKNOWN),
                            bytes(size));
                });
    }

    private static Optional<Long> rowsAt(Lowered.Place place, JobProgress job) {
        List<Long> counts = job.layers().get(place.layer()).counts();
        return place.stage() < counts.size() ? Optional.of(counts.get(place.stage())) : Optional.empty();
    }

    private Optional<Long> bytesAt(Lowered.Place place, JobProgress job) {
        LayerProgress layer = job.layers().get(place.layer());
        boolean isOutput = place.stage() == layer.counts().size() - 1 && lowered.keepsRows(place.layer());
        return isOutput ? Optional.of(layer.outputBytes()) : Optional.empty();
    }

    private static String measuredLayers(JobProgress job) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("layers", "tasks", "rows", "bytes", "work", "longest task"));
        for (LayerProgress layer : job.layers()) {
            rows.add(List.of(
                    "  %d  %s".formatted(rows.size() - 1, layer.label()),
                    rows(layer.taskCount()),
                    rows(layer.outputRows()),
                    ProgressText.bytes(layer.outputBytes()),
                    ProgressText.seconds(layer.busy()),
                    ProgressText.seconds(layer.longest())));
        }
        return AlignedText.of(rows);
    }

    private static String rows(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String bytes(Estimates.Size size) {
        return ProgressText.bytes(Math.round(size.byteSize()));
    }
}
