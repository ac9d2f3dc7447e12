package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.JobProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Gives the most urgent tasks to those workers that asked, as runs of one layer.
///
/// A task that was running each time a worker died is a *suspect*. Suspects run one at a time: a worker gets nothing new until it
/// is idle, then the suspect alone. So a death names its cause, and nobody innocent is blamed.
final class Assignment {
    /// Ready tasks that are looked at for one whose input is where it is to run.
    private static final int NEARBY = 64;

    /// A lease is at least such a part of the longest, as far as there are ready tasks.
    private static final int SHORTEST_SHARE = 16;

    private final SchedulerCore core;
    /// Indices of active workers with room; the last asker last: it is awake and has a warm cache.
    private int[] hungry = new int[4];
    private int hungryCount;
    /// Layers that no worker with room may run, while [#assign] looks at others.
    private final List<LayerState> blocked = new ArrayList<>();
    /// READY tasks that are to run alone.
    private final TreeSet<Integer> suspects = new TreeSet<>();
    /// The worker that gets nothing but a suspect; null if there is none.
    private @Nullable WorkerState isolated;
    /// While inputs are weighed: by worker.
    private long[] weights = new long[4];
    /// The suspect that runs there, or [Effect#NO_TASK] while the worker still has other tasks.
    private int isolatedTask = Effect.NO_TASK;

    Assignment(SchedulerCore core) {
        this.core = core;
    }

    void hasRoom(WorkerState worker, int leases) {
        worker.room += leases;
        if (worker.room > 0 && place(worker) < 0) {
            if (hungryCount == hungry.length) {
                hungry = Arrays.copyOf(hungry, 2 * hungryCount);
            }
            hungry[hungryCount++] = worker.index;
        }
    }

    private int place(WorkerState worker) {
        for (int i = hungryCount - 1; i >= 0; i--) {
            if (hungry[i] == worker.index) {
                return i;
            }
        }
        return -1;
    }

    private void removeHungry(int place) {
        System.arraycopy(hungry, place + 1, hungry, place, --hungryCount - place);
    }

    /// The worker gets nothing until it asks again, or speaks again.
    void forget(WorkerState worker) {
        int place = place(worker);
        if (place >= 0) {
            removeHungry(place);
        }
        if (worker == isolated && isolatedTask == Effect.NO_TASK) {
            isolated = null;
        }
    }

    /// The task can be leased from now on.
    void ready(LayerState layer, int task) {
        core.move(task, Transition.SATISFIED);
        if (core.tasks.has(task, TaskTable.SUSPECT)) {
            suspects.add(task);
        } else {
            layer.addReady(task - layer.first);
            core.queue.add(layer);
        }
    }

    /// The READY task cannot be leased any more.
    void unready(LayerState layer, int task) {
        if (core.tasks.has(task, TaskTable.SUSPECT)) {
            suspects.remove(task);
            return;
        }
        layer.removeReady(task - layer.first);
        if (layer.readyCount() == 0) {
            core.queue.remove(layer);
        }
    }

    /// The task is not in the worker's hands any more.
    void unlease(WorkerState worker, LayerState layer, int task) {
        worker.occupy(layer.plan.terms(), -1);
        layer.leased--;
        layer.job.leased--;
        if (task == isolatedTask) {
            endIsolation(worker);
        }
    }

    /// True if a suspect was running alone on the worker.
    boolean endIsolation(WorkerState worker) {
        boolean ran = worker == isolated && isolatedTask != Effect.NO_TASK;
        if (worker == isolated) {
            isolated = null;
            isolatedTask = Effect.NO_TASK;
        }
        return ran;
    }

    boolean isSuspect(int task) {
        return suspects.contains(task);
    }

    void assign() {
        if (!suspects.isEmpty() || isolated != null) {
            isolate();
        }
        while (hungryCount > 0 && !core.queue.isEmpty()) {
            LayerState layer = core.queue.first();
            WorkerState worker = workerFor(layer);
            if (worker == null) {
                core.queue.remove(layer);
                blocked.add(layer);
            } else {
                lease(layer, worker);
            }
        }
        if (!blocked.isEmpty()) {
            blocked.forEach(core.queue::add);
            blocked.clear();
        }
        if (core.options.patienceNanos() == 0 && core.restrictedCount() > 0) {
            timePassed();
        }
    }

    /// The worker with room that is to run some of the layer's tasks: one with an idle thread before one without; of these the one
    /// that has most of what the first task reads, else the last asker.
    private @Nullable WorkerState workerFor(LayerState layer) {
        WorkerState found = null;
        int wanted = core.workers.presentCount() > 1 ? inputHolder(layer, layer.lowestReady()) : -1;
        for (int i = hungryCount - 1; i >= 0; i--) {
            WorkerState worker = core.workers.known(hungry[i]);
            if (worker != isolated && mayRun(worker, layer) && (found == null || isBetter(worker, found, wanted))) {
                found = worker;
                if (wanted < 0 && worker.idleThreads() > 0) {
                    break;
                }
            }
        }
        return found;
    }

    private static boolean isBetter(WorkerState worker, WorkerState other, int wanted) {
        boolean isIdle = worker.idleThreads() > 0;
        return isIdle == other.idleThreads() > 0 ? worker.index == wanted : isIdle;
    }

    /// Asks the worker with the most tasks more than it has threads to give some back, if others have nothing to do.
    void balance() {
        List<WorkerState> idle = new ArrayList<>();
        int idleThreads = 0;
        for (int i = 0; core.workers.presentCount() > 1 && i < hungryCount; i++) {
            WorkerState worker = core.workers.known(hungry[i]);
            if (worker != isolated && worker.idleThreads() > 0) {
                idle.add(worker);
                idleThreads += worker.idleThreads();
            }
        }
        WorkerState busiest = idle.isEmpty() ? null : busiest();
        if (busiest == null) {
            return;
        }
        int most = Math.min(idleThreads, -busiest.idleThreads());
        int[] leased = core.recovery.heldBy(busiest, TaskStatus.LEASED);
        // What was leased last has most likely not started.
        for (int i = leased.length - 1; i >= 0 && most > 0; i--) {
            int task = leased[i];
            LayerState layer = core.layerOf(task);
            boolean isKnownToRun =
                    core.tasks.has(task, TaskTable.RUNS_LONG) || core.tasks.has(task, TaskTable.RECALLED);
            if (!isKnownToRun && idle.stream().anyMatch(worker -> mayRun(worker, layer))) {
                core.tasks.set(task, TaskTable.RECALLED);
                core.out.recallTask(busiest.index, task, core.tasks.attempt(task));
                most--;
            }
        }
    }

    /// The worker that has most tasks beyond those that it can run; null if none has such.
    private @Nullable WorkerState busiest() {
        WorkerState found = null;
        for (int w = 0; w < core.workers.size(); w++) {
            WorkerState worker = core.workers.get(w);
            if (worker != null && worker.isActive() && worker.idleThreads() < 0
                    && (found == null || worker.idleThreads() < found.idleThreads())) {
                found = worker;
            }
        }
        return found;
    }

    /// True if the worker would be given something.
    boolean isHungry(WorkerState worker) {
        return place(worker) >= 0;
    }

    private static boolean mayRun(WorkerState worker, LayerState layer) {
        LayerTerms terms = layer.plan.terms();
        return !terms.restrictsWorkers() || terms.isMetBy(worker.profile) && worker.capacityFor(terms) > 0;
    }

    private void lease(LayerState layer, WorkerState worker) {
        int most = layer.readyCount() == 1 ? 1 : Math.min(share(layer), worker.capacityFor(layer.plan.terms()));
        boolean isAmongMany = core.workers.presentCount() > 1;
        int partition = isAmongMany ? nearest(layer, worker) : layer.lowestReady();
        int first = layer.first + partition;
        int attempt = core.tasks.attempt(first);
        int count = 0;
        while (count < most && isReady(layer, partition + count, attempt)) {
            if (isAmongMany) {
                locateInputs(layer, partition + count, worker);
            }
            layer.removeReady(partition + count);
            give(worker, first + count++);
        }
        if (layer.readyCount() == 0) {
            core.queue.remove(layer);
        }
        hand(layer, worker, first, count, attempt, false);
    }

    /// How many of the ready tasks one thread is to have.
    private int share(LayerState layer) {
        int share = Math.max(layer.readyCount() / (2 * core.workers.threadCount()), shortest(layer));
        return Math.min(share, layer.tasksWithin(core.options.leaseNanos(), core.options.largestLease()));
    }

    /// So many tasks that handing them out is cheap beside running them: they are not shared further.
    private int shortest(LayerState layer) {
        return layer.tasksWithin(core.options.leaseNanos() / SHORTEST_SHARE, core.options.largestLease());
    }

    private boolean isReady(LayerState layer, int partition, int attempt) {
        return partition < layer.plan.partitionCount()
                && layer.isReady(partition)
                && core.tasks.attempt(layer.first + partition) == attempt;
    }

    private void give(WorkerState worker, int task) {
        core.tasks.holder[task] = (short) worker.index;
        core.move(task, Transition.ASSIGNED);
        core.tasks.clear(task, TaskTable.RUNS_LONG | TaskTable.RECALLED);
    }

    private void hand(LayerState layer, WorkerState worker, int first, int count, int attempt, boolean alone) {
        worker.occupy(layer.plan.terms(), count);
        layer.leased += count;
        layer.job.leased += count;
        layer.unrunnableSince = -1;
        if (--worker.room == 0) {
            removeHungry(place(worker));
        }
        core.out.runTasks(worker.index, layer.job.id, layer.index, first, count, attempt, alone);
    }

    /// Of the first ready partitions, one whose input the worker has; else the lowest.
    private int nearest(LayerState layer, WorkerState worker) {
        int partition = layer.lowestReady();
        for (int i = 0, p = partition; i < NEARBY && p >= 0; i++, p = layer.nextReady(p + 1)) {
            int holder = inputHolder(layer, p);
            if (holder == worker.index) {
                return p;
            }
            if (holder < 0) {
                return partition;
            }
        }
        return partition;
    }

    /// Who holds most bytes of the inputs that the partition does not share with all others; -1 if there are none.
    private int inputHolder(LayerState layer, int partition) {
        Arrays.fill(weights, 0);
        for (Edge edge : layer.inputs) {
            if (!edge.isBarrier()) {
                LayerState producer = layer.job.layers[edge.producer()];
                edge.forEachInput(
                        partition, producer.plan.partitionCount(), p -> weigh(producer.first + p));
            }
        }
        int heaviest = -1;
        for (int w = 0; w < weights.length; w++) {
            if (weights[w] > 0 && (heaviest < 0 || weights[w] > weights[heaviest])) {
                heaviest = w;
            }
        }
        return heaviest;
    }

    /// Results without bytes count too, a little.
    private void weigh(int task) {
        if (core.tasks.status(task) == TaskStatus.IN_MEMORY) {
            int holder = core.tasks.holder[task];
            weights = holder < weights.length ? weights : Arrays.copyOf(weights, 2 * holder);
            weights[holder] += core.tasks.kibibytes[task] + 1L;
        }
    }

    /// Tells the worker where the inputs are that it does not hold itself. Those behind a barrier are told once.
    private void locateInputs(LayerState layer, int partition, WorkerState worker) {
        for (Edge edge : layer.plan.inputs()) {
            LayerState producer = layer.job.layers[edge.producer()];
            if (!edge.isRead()) {
                continue;
            }
            if (edge.isBarrier()) {
                for (int p = 0; !producer.informs(worker.index) && p < producer.plan.partitionCount(); p++) {
                    locate(producer.first + p, worker);
                }
                producer.inform(worker.index);
            } else {
                edge.forEachInput(
                        partition, producer.plan.partitionCount(), p -> locate(producer.first + p, worker));
            }
        }
    }

    private void locate(int task, WorkerState worker) {
        int holder = core.tasks.holder[task];
        if (holder != worker.index) {
            core.out.locateResult(worker.index, task, core.tasks.attempt(task), holder);
        }
    }

    private void isolate() {
        if (isolatedTask != Effect.NO_TASK) {
            return;
        }
        isolated = null;
        for (int task : suspects) {
            LayerState layer = core.layerOf(task);
            WorkerState worker = quietest(layer.plan.terms());
            if (worker == null) {
                continue;
            }
            isolated = worker;
            if (worker.leased == 0 && worker.room > 0) {
                suspects.remove(task);
                isolatedTask = task;
                locateInputs(layer, task - layer.first, worker);
                give(worker, task);
                hand(layer, worker, task, 1, core.tasks.attempt(task), true);
            }
            return;
        }
    }

    private @Nullable WorkerState quietest(LayerTerms terms) {
        WorkerState found = null;
        for (int w = 0; w < core.workers.size(); w++) {
            WorkerState worker = core.workers.get(w);
            if (worker != null && worker.isActive() && terms.isMetBy(worker.profile)
                    && (found == null || worker.leased < found.leased)) {
                found = worker;
            }
        }
        return found;
    }

    /// Fails the jobs whose tasks have waited too long for a worker that may run them.
    void timePassed() {
        for (int i = 0; i < core.queue.size(); i++) {
            LayerState layer = core.queue.get(i);
            if (!layer.plan.terms().restrictsWorkers() || isRunnable(layer.plan.terms())) {
                layer.unrunnableSince = -1;
            } else if (layer.unrunnableSince < 0) {
                layer.unrunnableSince = core.now;
            }
            if (layer.unrunnableSince >= 0 && core.now - layer.unrunnableSince >= core.options.patienceNanos()) {
                blocked.add(layer);
            }
        }
        for (LayerState layer : blocked) {
            if (layer.job.isRunning()) {
                core.out.reportUnrunnable(layer.job.id, layer.index);
                core.stop(layer.job, JobProgress.State.FAILED, Effect.NO_TASK);
            }
        }
        blocked.clear();
        while (core.production.settle() || core.expansions.settle()) {
            continue;
        }
    }

    private boolean isRunnable(LayerTerms terms) {
        for (int w = 0; w < core.workers.size(); w++) {
            WorkerState worker = core.workers.get(w);
            if (worker != null && !worker.isGone() && !worker.isLeaving() && terms.isMetBy(worker.profile)) {
                return true;
            }
        }
        return false;
    }
}
