package io.lazuli.scheduler.simulation;

import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.session.SessionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What kind of world a seed is: small or large, calm or stormy.
///
/// @param core           options of the scheduler
/// @param session        options of the sessions between scheduler and workers
/// @param workers        what each offers
/// @param workerBytes    memory budget of each
/// @param diskBytes      room for spilled results of each
/// @param jobs           submitted in all
/// @param submitNanos    the last job comes before this
/// @param largestGraph   most layers
/// @param widestLayer    most partitions
/// @param largestResult  most bytes
/// @param meanTaskNanos  of a layer, on average
/// @param hasOddTasks    whether tasks may fail, kill, starve, expand, ...
/// @param isFickle       whether the client cancels and closes jobs
/// @param keeps          whether the client keeps results, and starts other jobs from them
/// @param leaves         how often a worker is asked to end, per second
/// @param weather        the faults
record Scenario(
        CoreOptions core,
        SessionOptions session,
        List<WorkerProfile> workers,
        long workerBytes,
        long diskBytes,
        int jobs,
        long submitNanos,
        int largestGraph,
        int widestLayer,
        long largestResult,
        long meanTaskNanos,
        boolean hasOddTasks,
        boolean isFickle,
        boolean keeps,
        double leaves,
        Weather weather) {
    static Scenario draw(Dice dice) {
        boolean isLarge = dice.chance(0.02);
        boolean isHasty = dice.chance(0.6);
        int workerCount = dice.between(1, 5);
        List<WorkerProfile> workers = new ArrayList<>();
        for (int w = 0; w < workerCount; w++) {
            workers.add(profile(dice, w));
        }
        long largestResult = 1 << dice.between(4, 16);
        Weather weather = Weather.draw(dice, isHasty);
        CoreOptions core = isHasty ? hasty(dice) : CoreOptions.CLUSTER;
        return new Scenario(
                core,
                new SessionOptions(
                        isLarge ? 1024 : dice.pick(List.of(4, 64, 1024)), isLarge ? 64 : dice.pick(List.of(1, 16, 64)),
                        200 * Times.MILLISECOND, 2 * Times.SECOND, core.suspectNanos() / 5),
                workers,
                largestResult * dice.pick(List.of(4, 6, 12, 100)),
                largestResult * (isLarge ? 10_000 : 1000),
                isLarge ? 2 : dice.between(1, 5),
                dice.between(0, 5) * Times.SECOND,
                isLarge ? 10 : dice.between(1, 7),
                isLarge ? 60 : dice.pick(List.of(3, 8, 16)),
                largestResult,
                dice.pick(List.of(Times.MILLISECOND / 10, Times.MILLISECOND, 30 * Times.MILLISECOND,
                        400 * Times.MILLISECOND)),
                dice.chance(0.6),
                dice.chance(0.3),
                dice.chance(0.5),
                dice.chance(0.5) ? 0 : dice.pick(List.of(0.1, 1.0, 10.0)) * (isHasty ? 1 : 0.2),
                weather);
    }

    private static CoreOptions hasty(Dice dice) {
        return new CoreOptions(
                dice.between(1, 3), dice.pick(List.of(1L, 100L)) * Times.MILLISECOND, dice.pick(List.of(1, 8, 256)),
                Times.SECOND, 6 * Times.SECOND, 20 * Times.SECOND, 3, dice.pick(List.of(2, 10, 10)), 10 * Times.SECOND);
    }

    private static WorkerProfile profile(Dice dice, int index) {
        TreeMap<String, Integer> resources = new TreeMap<>();
        TreeSet<String> labels = new TreeSet<>(List.of("worker " + index));
        if (index == 0 || dice.chance(0.3)) {
            resources.put("gpu", dice.between(index == 0 ? 2 : 1, 3));
        }
        if (index == 0 || dice.chance(0.4)) {
            labels.add("big");
        }
        return new WorkerProfile(dice.between(1, 4), resources, labels, dice.between(0, 2) << 16);
    }

    /// True if some worker may run tasks that want this.
    boolean hasWorkerFor(SortedSet<String> labels, Map<String, Integer> resources) {
        return workers.stream()
                .anyMatch(w -> (labels.isEmpty() || labels.stream().anyMatch(w.labels()::contains))
                        && resources.entrySet().stream()
                                .allMatch(r -> w.resources().getOrDefault(r.getKey(), 0) >= r.getValue()));
    }
}
