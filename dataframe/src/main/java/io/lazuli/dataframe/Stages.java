package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.lowering.Lowered;
import io.lazuli.dataframe.internal.lowering.Lowering;
import io.lazuli.dataframe.internal.lowering.Measurements;
import io.lazuli.dataframe.internal.plan.Layout;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.source.PartEncoding;
import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// The jobs of one run of a plan. As long as sizes that nobody knows would decide how to go on, what has these sizes is run and
/// kept; the last job starts from what is kept. A plan that leaves nothing open is one job.
///
/// ```
///   lower ──question──▶ job: run and keep ──size──▶ lower again ──question──▶ job ... ──▶ lower again ──▶ last job
/// ```
///
/// Why not by an expansion of a task: that has one partition, as the task has, while the size of a join's side changes how many
/// partitions everything above it has. Sizes come to whoever plans; rows stay where they are.
final class Stages implements AutoCloseable {
    private final LogicalPlan plan;
    private final Optional<PartEncoding> encoding;
    private final Engine engine;
    private final JobOptions options;
    private final Measurements start;
    /// What is kept until the next job has started.
    private final Map<Token, Persisted> kept = new LinkedHashMap<>();
    /// All that were started, the running one last.
    private final List<Started> started = new CopyOnWriteArrayList<>();

    /// True from the start of the last job on.
    private volatile boolean isLast;

    private record Started(TaskGraph graph, Job job) {}

    /// @param plan  after the rules
    /// @param start what is known before anything runs
    Stages(
            LogicalPlan plan, Optional<PartEncoding> encoding, Engine engine, JobOptions options,
            Measurements start) {
        this.plan = plan;
        this.encoding = encoding;
        this.engine = engine;
        this.options = options;
        this.start = start;
    }

    /// Runs what has to be known, and returns the plan of the last job. Errors: whatever made a job fail.
    Lowered prepare() {
        Measurements known = start;
        Lowered lowered = lower(known);
        while (lowered.question().isPresent()) {
            Measurements.Question question = lowered.question().get();
            String name = options.name() + ", stage " + (started.size() + 1);
            Persisted result = engine.persist(
                    question.graph(), options.withName(name), job -> started.add(new Started(question.graph(), job)));
            kept.put(result.token(), result);
            known = known.with(question, result);
            lowered = lower(known);
            release(lowered);
        }
        return lowered;
    }

    private Lowered lower(Measurements known) {
        return PlanDepth.guarded(() -> Lowering.trace(plan, known, encoding));
    }

    /// Gives back what is part of what was kept since.
    private void release(Lowered lowered) {
        Set<Token> needed = new HashSet<>(lowered.graph().held().keySet());
        lowered.question().ifPresent(question -> needed.addAll(question.graph().held().keySet()));
        kept.entrySet().removeIf(entry -> {
            if (!needed.contains(entry.getKey())) {
                entry.getValue().close();
            }
            return !needed.contains(entry.getKey());
        });
    }

    /// Starts the last job.
    Job submit(Lowered lowered) {
        Job job = engine.submit(lowered.graph(), options);
        startedLast(lowered.graph(), job);
        return job;
    }

    /// Runs the last job and keeps its result.
    Persisted persist(Lowered lowered) {
        return engine.persist(lowered.graph(), options, job -> startedLast(lowered.graph(), job));
    }

    /// How the rows of the last job lie.
    Layout layout(Lowered lowered) {
        return lowered.layout(plan);
    }

    private void startedLast(TaskGraph graph, Job job) {
        started.add(new Started(graph, job));
        isLast = true;
    }

    /// Of all jobs so far, as if they were one.
    JobProgress progress() {
        boolean wasLast = isLast;
        List<JobProgress> all = started.stream().map(stage -> stage.job.progress()).toList();
        return new JobProgress(
                all.isEmpty() ? JobProgress.State.RUNNING : state(all.getLast(), wasLast),
                all.stream().map(JobProgress::elapsed).reduce(Duration.ZERO, Duration::plus),
                all.stream().mapToLong(JobProgress::spilledBytes).sum(),
                all.stream().flatMap(job -> job.layers().stream()).toList());
    }

    /// A stage that has succeeded is followed by another.
    private static JobProgress.State state(JobProgress last, boolean isLast) {
        return isLast || last.state() != JobProgress.State.SUCCEEDED ? last.state() : JobProgress.State.RUNNING;
    }

    /// How each layer went that was run.
    Map<Token, JobProgress.LayerProgress> layers() {
        Map<Token, JobProgress.LayerProgress> layers = new LinkedHashMap<>();
        for (Started stage : started) {
            List<Layer> of = stage.graph.layers();
            List<JobProgress.LayerProgress> progress = stage.job.progress().layers();
            for (int i = 0; i < of.size(); i++) {
                layers.put(of.get(i).token(), progress.get(i));
            }
        }
        return layers;
    }

    /// Gives back what was kept; a job that started from it keeps it to its end.
    @Override
    public void close() {
        kept.values().forEach(Persisted::close);
        kept.clear();
    }
}
