package io.lazuli.scheduler.internal.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Workers that leave: what they hold goes to others first, so that nothing is computed again.
///
/// ```
///   leaves --> results handed over, while what it runs ends --> it holds and runs nothing --> gone
///                 \--nobody to take them, or it takes too long--------------------------------^   they are made again
/// ```
///
/// A result goes to the worker with the most free memory, which fetches it as it does any input, and says that it has it. Until then,
/// and until it is gone, the one that leaves gives its results to whoever asks. Whoever may know of the old holder is told.
///
/// Costs O(tasks) for each that leaves, ten times a second.
final class Departures {
    /// Results of one worker that are on their way at a time.
    private static final int MOST_UNDERWAY = 64;

    private final SchedulerCore core;
    private final TaskTable tasks;
    /// By worker, in the order in which they said so.
    private final Map<WorkerState, Departure> departures = new LinkedHashMap<>();
    /// What is on its way, by task. May be outdated until time passes.
    private final Map<Integer, Handover> handovers = new HashMap<>();
    /// Who could not take a result, by task.
    private final Map<Integer, Set<WorkerState>> decliners = new HashMap<>();

    /// A worker that leaves.
    private static final class Departure {
        final long sinceNanos;
        /// Its results that nobody was asked to take since time passed last.
        final Deque<Integer> waiting = new ArrayDeque<>();
        int underway;

        Departure(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    /// One attempt's result on its way.
    private record Handover(int attempt, WorkerState from, WorkerState to) {}

    Departures(SchedulerCore core) {
        this.core = core;
        this.tasks = core.tasks;
    }

    /// The worker has said that it leaves.
    void begin(WorkerState worker) {
        if (!worker.isLeaving()) {
            worker.status = WorkerState.Status.LEAVING;
            worker.room = 0;
            core.assignment.forget(worker);
            departures.put(worker, new Departure(core.now));
            advance(worker);
        }
    }

    /// The worker is gone.
    void end(WorkerState worker) {
        departures.remove(worker);
        if (departures.isEmpty()) {
            handovers.clear();
            decliners.clear();
        }
    }

    void timePassed() {
        List.copyOf(departures.keySet()).forEach(this::advance);
    }

    /// Looks at what the worker has, and sends it on its way. Lets the worker go when there is nothing more to do.
    private void advance(WorkerState worker) {
        Departure departure = departures.get(worker);
        if (departure == null) {
            return;
        }
        departure.waiting.clear();
        departure.underway = 0;
        for (int task : core.recovery.heldBy(worker, TaskStatus.IN_MEMORY)) {
            if (isOnItsWay(task, worker)) {
                departure.underway++;
            } else {
                handovers.remove(task);
                if (isNeeded(task)) {
                    departure.waiting.add(task);
                }
            }
        }
        handOver(worker, departure);
        boolean isDone = departure.underway == 0 && worker.leased == 0;
        if (isDone || core.now - departure.sinceNanos >= core.options.departureNanos()) {
            core.workers.lose(worker, false);
        }
    }

    private boolean isOnItsWay(int task, WorkerState from) {
        Handover handover = handovers.get(task);
        return handover != null
                && handover.from == from
                && handover.attempt == tasks.attempt(task)
                && handover.to.isActive();
    }

    /// False for what a job started from that does not run any more.
    private boolean isNeeded(int task) {
        LayerState layer = core.layerOf(task);
        return !layer.plan.isHeld() || layer.job.isRunning();
    }

    private void handOver(WorkerState worker, Departure departure) {
        long[] freeKibibytes = departure.waiting.isEmpty() ? new long[0] : freeKibibytes();
        while (!departure.waiting.isEmpty() && departure.underway < MOST_UNDERWAY) {
            int task = departure.waiting.poll();
            WorkerState to = receiver(task, freeKibibytes);
            if (to != null) {
                freeKibibytes[to.index] -= tasks.kibibytes[task];
                handovers.put(task, new Handover(tasks.attempt(task), worker, to));
                departure.underway++;
                core.out.keepResult(to.index, task, tasks.attempt(task), worker.index);
            }
        }
    }

    /// By worker, with what is on its way to it taken off.
    private long[] freeKibibytes() {
        long[] free = new long[core.workers.size()];
        for (int w = 0; w < free.length; w++) {
            WorkerState worker = core.workers.get(w);
            free[w] = worker == null ? 0 : worker.profile.memoryBytes() >>> 10;
        }
        for (JobState job : core.jobs.values()) {
            for (int task = job.first; task < job.end(); task++) {
                if (tasks.status[task] == TaskStatus.IN_MEMORY.ordinal() && !core.layerOf(task).plan.isHeld()) {
                    free[tasks.holder[task]] -= tasks.kibibytes[task];
                }
            }
        }
        handovers.forEach((task, handover) -> free[handover.to.index] -= tasks.kibibytes[task]);
        return free;
    }

    /// The worker that is to have the result; null if there is none that would take it.
    private @Nullable WorkerState receiver(int task, long[] freeKibibytes) {
        Set<WorkerState> without = decliners.getOrDefault(task, Set.of());
        WorkerState found = null;
        for (int w = 0; w < freeKibibytes.length; w++) {
            WorkerState worker = core.workers.get(w);
            if (worker != null && worker.isActive() && !without.contains(worker)
                    && (found == null || freeKibibytes[w] > freeKibibytes[found.index])) {
                found = worker;
            }
        }
        return found;
    }

    /// The worker has a result that it was to take.
    void kept(WorkerState receiver, int task, int attempt) {
        Handover handover = handovers.get(task);
        if (handover == null || handover.to != receiver || handover.attempt != attempt || !isOpen(task, handover)) {
            core.countStale();
            core.production.dropUnlessKnown(receiver, task, attempt);
            return;
        }
        handovers.remove(task);
        tasks.holder[task] = (short) receiver.index;
        LayerState layer = core.layerOf(task);
        layer.copied(handover.from.index);
        redirect(task, receiver);
        JobState job = layer.job;
        if (job.isOutput(layer) && job.parent == null && !tasks.has(task, TaskTable.TAKEN)) {
            core.out.withdrawResult(job.id, task);
            core.out.offerResult(receiver.index, job.id, task, attempt);
        }
        next(handover.from);
    }

    /// True if the result is still where it is to be taken from.
    private boolean isOpen(int task, Handover handover) {
        return tasks.attempt(task) == handover.attempt
                && isHeld(task, handover.from)
                && handover.from.isLeaving();
    }

    /// Tells everybody who may know of the old holder.
    private void redirect(int task, WorkerState holder) {
        for (int w = 0; w < core.workers.size(); w++) {
            WorkerState worker = core.workers.get(w);
            if (worker != null && !worker.isGone() && worker != holder) {
                core.out.redirectResult(w, task, tasks.attempt(task), holder.index);
            }
        }
    }

    /// The worker does not get a result that it was to take: another is to try.
    void declined(WorkerState receiver, int task, int attempt) {
        Handover handover = handovers.get(task);
        if (handover == null || handover.to != receiver || handover.attempt != attempt) {
            core.countStale();
            return;
        }
        handovers.remove(task);
        decliners.computeIfAbsent(task, _ -> new HashSet<>()).add(receiver);
        next(handover.from);
    }

    /// Something of the worker's is not on its way any more.
    private void next(WorkerState worker) {
        Departure departure = departures.get(worker);
        if (departure == null) {
            return;
        }
        departure.underway--;
        if (departure.waiting.isEmpty()) {
            if (departure.underway == 0) {
                advance(worker);
            }
        } else if (departure.underway <= MOST_UNDERWAY / 2) {
            departure.waiting.removeIf(task -> !isHeld(task, worker));
            handOver(worker, departure);
        }
    }

    private boolean isHeld(int task, WorkerState worker) {
        return tasks.status(task) == TaskStatus.IN_MEMORY && tasks.holder[task] == worker.index;
    }

    /// The result is not needed any more: who is about to take it is told.
    void released(int task) {
        Handover handover = handovers.remove(task);
        if (handover != null && !handover.to.isGone()) {
            core.out.releaseResult(handover.to.index, task, handover.attempt);
        }
        decliners.remove(task);
    }
}
