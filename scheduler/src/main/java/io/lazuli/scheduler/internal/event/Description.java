package io.lazuli.scheduler.internal.event;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.JobDescription;
import io.lazuli.scheduler.event.JobDescription.Input;
import io.lazuli.scheduler.event.JobDescription.LayerDescription;
import io.lazuli.scheduler.event.JobDescription.Pattern;
import io.lazuli.scheduler.event.WorkerDescription;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.LayerCounts;
import io.lazuli.scheduler.internal.core.LayerPlan;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The block that tells a reader without memory where everything is.
public final class Description {
    private final TransitionBuffer entries = new TransitionBuffer();
    private final Map<Long, JobDescription> jobs = new LinkedHashMap<>();
    private final Map<Long, String> failures = new LinkedHashMap<>();
    private final Map<Integer, WorkerDescription> workers = new LinkedHashMap<>();
    private final long nanos;

    Description(long originNanos, long nanos) {
        this.nanos = nanos;
        entries.open(originNanos);
        entries.at(nanos);
    }

    void gap(long blockCount, long wordCount) {
        entries.gap(blockCount, wordCount);
    }

    public void worker(int worker, int threadCount) {
        entries.workerJoined(worker, threadCount);
    }

    /// A worker of which it is known who it is.
    public void worker(int worker, int threadCount, WorkerDescription description) {
        worker(worker, threadCount);
        workers.put(worker, description);
    }

    /// A job, from its submission on.
    ///
    /// @param counts of the layers of the graph, in its order
    public void job(JobDescription job, int firstTask, long startNanos, List<LayerCounts> counts) {
        jobs.put(job.id(), job);
        entries.at(startNanos);
        entries.jobSubmitted(job.id(), firstTask, TransitionBuffer.NONE);
        entries.at(nanos);
        int heldCount = job.layers().size() - counts.size();
        for (int i = 0; i < counts.size(); i++) {
            entries.layerCounted(job.id(), heldCount + i, counts.get(i));
        }
    }

    /// What a described job has on disk, and has had.
    public void spill(long job, long writtenBytes, long readBytes, long diskBytes) {
        if (writtenBytes > 0) {
            entries.resultsSpilled(job, writtenBytes, readBytes, diskBytes);
        }
    }

    /// A described job has ended, and its results have not all been taken.
    ///
    /// @param failure why it failed
    public void end(long job, JobProgress.State state, long endNanos, Optional<String> failure) {
        entries.at(endNanos);
        failure.ifPresent(message -> {
            failures.put(job, message);
            entries.jobFailed(job);
        });
        entries.jobFinished(job, state);
        entries.at(nanos);
    }

    void engineClosed() {
        entries.engineClosed();
    }

    EventBlock toBlock(long sequence) {
        return new EventBlock(sequence, entries.take(), jobs, failures, workers, Map.of(), List.of());
    }

    /// Describes a job.
    ///
    /// @param parent as [JobDescription#parent]
    /// @param graph the layers that were submitted, needed or not
    public static JobDescription of(
            long id, long parent, String name, int priority, List<Layer> graph, JobPlan plan) {
        Map<Token, LayerPlan> plans = new HashMap<>();
        Map<Token, Integer> indexes = new HashMap<>();
        List<LayerDescription> layers = new ArrayList<>();
        for (LayerPlan held : plan.layers()) {
            plans.put(held.token(), held);
            if (held.layer().isEmpty()) {
                indexes.put(held.token(), layers.size());
                layers.add(new LayerDescription(
                        held.token(), "held " + held.token().abbreviation(), held.offset(), held.partitionCount(), true,
                        List.of()));
            }
        }
        for (Layer layer : graph) {
            indexes.put(layer.token(), layers.size());
            layers.add(layer(layer, plans, indexes));
        }
        return new JobDescription(id, parent, name, priority, layers);
    }

    private static LayerDescription layer(Layer layer, Map<Token, LayerPlan> plans, Map<Token, Integer> indexes) {
        LayerPlan plan = plans.get(layer.token());
        if (plan == null) {
            return new LayerDescription(layer.token(), layer.label(), 0, 0, false, List.of());
        }
        List<Input> inputs = layer.dependencies().stream()
                .map(dependency -> input(indexes.getOrDefault(dependency.on(), -1), dependency))
                .toList();
        return new LayerDescription(layer.token(), layer.label(), plan.offset(), plan.partitionCount(), false, inputs);
    }

    private static Input input(int producer, Dependency dependency) {
        return switch (dependency) {
            case Dependency.OneToOne _ -> new Input(producer, Pattern.ONE_TO_ONE, 0);
            case Dependency.Broadcast _, Dependency.Kept _ -> new Input(producer, Pattern.BROADCAST, 0);
            case Dependency.Exchange _ -> new Input(producer, Pattern.EXCHANGE, 0);
            case Dependency.Tree tree -> new Input(producer, Pattern.TREE, tree.fanIn());
            case Dependency.Explicit _ -> new Input(producer, Pattern.EXPLICIT, 0);
        };
    }
}
