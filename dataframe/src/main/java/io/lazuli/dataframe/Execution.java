package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.lowering.Lowering;
import io.lazuli.dataframe.internal.plan.HeldResult;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.internal.plan.rule.Optimizer;
import io.lazuli.dataframe.internal.plan.rule.RuleSet;
import io.lazuli.dataframe.internal.source.TableWriter;
import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.memory.Block;
import java.lang.ref.Reference;
import java.util.function.Consumer;
import java.util.function.Function;

/// A plan on its way through an engine: optimized, lowered, submitted; its output partitions are taken in order.
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
        Engine engine = options.engineFor(plan);
        Job job = engine.submit(graph(plan), jobOptions(verb, plan));
        return new Execution(plan, job, ProgressFeed.start(job, options.listener()));
    }

    static HeldResult persist(LogicalPlan plan, RunOptions options) {
        Engine engine = options.engineFor(plan);
        try {
            return HeldResult.of(
                    engine,
                    engine.persist(graph(plan), jobOptions("persist", plan)),
                    plan.schema(),
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

    /// Runs the graph of a plan, drops its result and tells how it went, layer by layer. No layers are fused, so that each shows.
    static JobProgress measure(TaskGraph graph, LogicalPlan plan, RunOptions options) {
        Engine engine = options.engineFor(plan);
        Job job = engine.submit(graph, jobOptions("explain", plan).withFusion(false));
        try (Execution execution = new Execution(plan, job, ProgressFeed.start(job, options.listener()))) {
            for (int partition = 0; partition < execution.partitionCount(); partition++) {
                job.take(partition).release();
            }
        }
        return job.progress();
    }

    /// Runs a plan to its end into a writer, whose encoding the tasks do.
    static void write(String verb, LogicalPlan plan, RunOptions options, TableWriter writer) {
        TaskGraph graph = graph(plan, optimized -> writer.encoding()
                .map(encoding -> Lowering.lower(optimized, encoding))
                .orElseGet(() -> Lowering.lower(optimized)));
        Job job = options.engineFor(plan).submit(graph, jobOptions(verb, plan));
        try (Execution execution = new Execution(plan, job, ProgressFeed.start(job, options.listener()))) {
            for (int partition = 0; partition < execution.partitionCount(); partition++) {
                execution.takeBlock(partition, writer::append);
            }
        }
    }

    private static TaskGraph graph(LogicalPlan plan) {
        return graph(plan, Lowering::lower);
    }

    private static TaskGraph graph(LogicalPlan plan, Function<LogicalPlan, TaskGraph> lowering) {
        try {
            return lowering.apply(Optimizer.optimize(plan, RuleSet.DEFAULT).plan());
        } catch (StackOverflowError e) {
            throw Errors.planTooDeep(e);
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
