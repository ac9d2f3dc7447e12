package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.lowering.Lowered;
import io.lazuli.dataframe.internal.lowering.Lowering;
import io.lazuli.dataframe.internal.lowering.Measurements;
import io.lazuli.dataframe.internal.plan.HeldResult;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.internal.plan.rule.Optimizer;
import io.lazuli.dataframe.internal.plan.rule.RuleSet;
import io.lazuli.dataframe.internal.source.PartEncoding;
import io.lazuli.dataframe.internal.source.TableWriter;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Token;
import io.lazuli.graph.Upstream;
import io.lazuli.graph.memory.Block;
import java.lang.ref.Reference;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A plan on its way through an engine: optimized, run up to its last job ([Stages]); its output partitions are taken in order.
final class Execution implements AutoCloseable {
    private final LogicalPlan plan;
    private final Job job;
    private final ProgressFeed feed;

    private Execution(LogicalPlan plan, Job job, ProgressFeed feed) {
        this.plan = plan;
        this.job = job;
        this.feed = feed;
    }

    /// Ownership: the caller closes it.
    static Execution start(String verb, LogicalPlan plan, RunOptions options) {
        return start(plan, stages(verb, plan, Optional.empty(), options), options);
    }

    /// Ownership: takes over `stages`.
    private static Execution start(LogicalPlan plan, Stages stages, RunOptions options) {
        ProgressFeed feed = ProgressFeed.start(stages::progress, options.listener());
        try (stages) {
            return new Execution(plan, stages.submit(stages.prepare()), feed);
        } catch (Throwable e) {
            feed.close();
            throw e;
        }
    }

    private static Stages stages(
            String verb, LogicalPlan plan, Optional<PartEncoding> encoding, RunOptions options) {
        return new Stages(
                PlanDepth.guarded(() -> Optimizer.optimize(plan, RuleSet.DEFAULT).plan()), encoding,
                options.engineFor(plan),
                jobOptions(verb, plan), Measurements.NONE);
    }

    /// The output of the plan for another collection's graph; where sizes would decide, by guesses.
    static Upstream upstream(LogicalPlan plan) {
        LogicalPlan optimized = PlanDepth.guarded(() -> Optimizer.optimize(plan, RuleSet.DEFAULT).plan());
        Set<io.lazuli.graph.HeldResult> held = new LinkedHashSet<>();
        plan.nodes().forEach(node -> {
            if (node instanceof LogicalPlan.Held(HeldResult result, var ignored)) {
                held.add(result.partitions());
            } else if (node instanceof LogicalPlan.Given given) {
                held.addAll(given.rows().results());
            }
        });
        return Upstream.of(PlanDepth.guarded(() -> Lowering.lower(optimized)), held);
    }

    static HeldResult persist(LogicalPlan plan, RunOptions options) {
        try (Stages stages = stages("persist", plan, Optional.empty(), options)) {
            Lowered lowered = stages.prepare();
            return HeldResult.of(
                    options.engineFor(plan), stages.persist(lowered), plan.schema(), stages.layout(lowered),
                    "persisted " + PlanText.sources(plan));
        } finally {
            Reference.reachabilityFence(plan);
        }
    }

    /// Runs a plan to its end, handing over the rows of each partition in order; they are borrowed for the call.
    static void run(String verb, LogicalPlan plan, RunOptions options, Consumer<Batch> consumer) {
        try (Execution execution = start(verb, plan, options)) {
            for (int partition = 0; partition < execution.partitionCount(); partition++) {
                execution.take(partition, consumer);
            }
        }
    }

    /// How the run of a plan went, as the plan was in the end.
    record Measured(Lowered lowered, JobProgress progress, Map<Token, JobProgress.LayerProgress> layers) {}

    /// Runs a plan, drops its result and tells how it went, layer by layer. No layers are fused, so that each shows.
    ///
    /// @param optimized the plan after the rules
    static Measured measure(LogicalPlan plan, LogicalPlan optimized, RunOptions options) {
        JobOptions unfused = jobOptions("explain", plan).withFusion(false);
        try (Stages stages = new Stages(
                optimized, Optional.empty(), options.engineFor(plan), unfused, Measurements.NONE)) {
            Lowered lowered;
            try (ProgressFeed feed = ProgressFeed.start(stages::progress, options.listener())) {
                lowered = stages.prepare();
                try (Execution execution = new Execution(plan, stages.submit(lowered), feed)) {
                    for (int partition = 0; partition < execution.partitionCount(); partition++) {
                        execution.job.take(partition).release();
                    }
                }
            }
            return new Measured(lowered, stages.progress(), stages.layers());
        }
    }

    /// Runs a plan to its end into a writer, whose encoding the tasks do.
    static void write(String verb, LogicalPlan plan, RunOptions options, TableWriter writer) {
        try (Execution execution = start(plan, stages(verb, plan, writer.encoding(), options), options)) {
            for (int partition = 0; partition < execution.partitionCount(); partition++) {
                execution.takeBlock(partition, writer::append);
            }
        }
    }

    private static JobOptions jobOptions(String verb, LogicalPlan plan) {
        return JobOptions.DEFAULTS.withName(verb + " " + PlanText.sources(plan));
    }

    int partitionCount() {
        return job.partitionCount();
    }

    /// Waits for a partition and hands its rows over; they are borrowed for the call.
    void take(int partition, Consumer<Batch> consumer) {
        takeBlock(partition, block -> consumer.accept(ColumnBlocks.view(block)));
    }

    private void takeBlock(int partition, Consumer<Block> consumer) {
        Block block = job.take(partition);
        try {
            consumer.accept(block);
        } finally {
            block.release();
        }
    }

    /// Cancels what still runs. The listener hears of the job one last time when it has ended.
    @Override
    public void close() {
        try (feed) {
            job.close();
        } finally {
            // held results that the plan refers to must outlive the job
            Reference.reachabilityFence(plan);
        }
    }
}
