package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EngineEvent;
import io.lazuli.scheduler.event.EngineEvent.WorkerJoined;
import io.lazuli.scheduler.event.EngineEvent.WorkerLeft;
import io.lazuli.scheduler.event.EngineEvent.WorkerSampled;
import io.lazuli.scheduler.event.EventSubscription;
import io.lazuli.scheduler.event.JobSummary;
import io.lazuli.scheduler.event.ProgressView;
import io.lazuli.scheduler.event.WorkerDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// What a client hears of the workers and jobs of a cluster.
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class ClusterEventsTest {
    private static final int PRODUCERS = 24;

    @TempDir
    Path spill;

    /// One row without columns, after a while.
    private record Wait(long millis) implements Operation {
        @Override
        public String name() {
            return "wait";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (System.nanoTime() < end) {
                context.checkCancelled();
                LockSupport.parkNanos(1_000_000);
            }
            return Block.columns(1, new byte[0], List.of());
        }
    }

    /// Quick producers, whose results slow consumers need one by one, and one task that waits for all of these.
    private static TaskGraph graph() {
        Layer make = Layer.of(new Wait(1), PRODUCERS, List.of(), "make");
        Layer slow = Layer.of(
                new Wait(60), PRODUCERS, List.of(new Dependency.Broadcast(make.token())), "use");
        Layer all = Layer.of(new Wait(2), 1, List.of(new Dependency.Broadcast(slow.token())), "all");
        return TaskGraph.of(List.of(make, slow, all));
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static <E> List<E> of(List<EngineEvent> events, Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void aWorkerIsLost_whatWasMadeAgainIsCountedAsTheCoreCountsIt() {
        try (LoopbackCluster cluster = new LoopbackCluster(2, 1, 64 << 20, spill)) {
            ProgressView view = new ProgressView();
            List<EngineEvent> events = new CopyOnWriteArrayList<>();
            EventSubscription subscription = cluster.events().subscribe(view, Delivery.LOSSY);
            EventSubscription keeping =
                    cluster.events().subscribe(block -> events.addAll(block.events()), Delivery.LOSSLESS);
            await("both are there", () -> of(events, WorkerJoined.class).size() >= 2);
            try (Job job = cluster.submit(graph(), JobOptions.DEFAULTS)) {
                await("some were used", () -> view.summaries().stream()
                        .anyMatch(summary -> summary.finishedCount() > PRODUCERS + 4));
                cluster.kill(1);
                job.take(0).release();
                subscription.sync();
                JobSummary summary = view.summaries().getFirst();
                assertThat(summary.recomputedCount()).isPositive()
                        .isEqualTo(cluster.scheduler().recomputedCount());
                assertThat(summary.progress().layers()).isEqualTo(withoutMeasures(job.progress().layers()));
                assertThat(summary.toString()).contains(summary.recomputedCount() + " made again");
            }
            keeping.sync();
            assertThat(of(events, WorkerLeft.class)).singleElement().satisfies(left -> {
                assertThat(left.worker()).isEqualTo(worker(events, "worker-1"));
                assertThat(left.reason()).contains("its process was killed");
            });
            assertThat(subscription.droppedBlockCount()).isZero();
        }
    }

    /// Events say nothing of what tasks measure.
    private static List<io.lazuli.graph.JobProgress.LayerProgress> withoutMeasures(
            List<io.lazuli.graph.JobProgress.LayerProgress> layers) {
        return layers.stream()
                .map(layer -> new io.lazuli.graph.JobProgress.LayerProgress(
                        layer.label(), layer.taskCount(), layer.runningCount(), layer.finishedCount(), layer.busy(),
                        layer.outputRows(), layer.outputBytes()))
                .toList();
    }

    private static int worker(List<EngineEvent> events, String name) {
        return of(events, WorkerJoined.class).stream()
                .filter(joined -> joined.description().orElseThrow().name().equals(name))
                .findFirst().orElseThrow().worker();
    }

    @Test
    void workersHaveNames_andSayWhatTheyUse_toWhoComesLateToo() {
        try (LoopbackCluster cluster = new LoopbackCluster(2, 1, 64 << 20, spill)) {
            List<EngineEvent> early = new CopyOnWriteArrayList<>();
            cluster.events().subscribe(block -> early.addAll(block.events()), Delivery.LOSSLESS);
            await("both are there", () -> of(early, WorkerJoined.class).size() >= 2);
            List<EngineEvent> late = new CopyOnWriteArrayList<>();
            cluster.events().subscribe(block -> late.addAll(block.events()), Delivery.LOSSY);
            await("both are described", () -> of(late, WorkerJoined.class).size() >= 2);
            long pid = ProcessHandle.current().pid();
            for (List<EngineEvent> events : List.of(early, late)) {
                assertThat(of(events, WorkerJoined.class)).extracting(WorkerJoined::description)
                        .containsExactlyInAnyOrder(
                                Optional.of(new WorkerDescription("worker-0", "127.0.0.1", pid)),
                                Optional.of(new WorkerDescription("worker-1", "127.0.0.1", pid)));
                await("both say what they use", () -> of(events, WorkerSampled.class).stream()
                        .map(WorkerSampled::worker).distinct().count() == 2);
            }
        }
    }
}
