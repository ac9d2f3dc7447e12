package io.lazuli.dashboard;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.scheduler.LocalEngine;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a dashboard costs those who work: processor time of the compute threads for a task that does nothing, with an open dashboard that
/// nobody looks at and without, taking turns. A program, not a test: its numbers mean something on a calm machine only.
///
/// ```
/// plain 1234 ns, shown 1240 ns, ratio 1.005; all threads plain 1300 ns, shown 1450 ns
/// ```
final class ObservationCost {
    private static final int PAIRS = 20;
    private static final int WARM_UP = 6;
    /// In one measurement, and tasks of each.
    private static final int JOBS = 4;
    private static final int CALLS = 100_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ObservationCost() {}

    /// An engine and its compute threads.
    private record Side(LocalEngine engine, Set<Long> threads) {
        static Side open() {
            Set<Long> before = workers();
            LocalEngine engine = Work.engine();
            Set<Long> threads = workers();
            threads.removeAll(before);
            return new Side(engine, threads);
        }

        private static Set<Long> workers() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("lazuli-worker-"))
                    .map(Thread::threadId)
                    .collect(Collectors.toSet());
        }

        private long workerNanos() {
            return threads.stream().mapToLong(THREADS::getThreadCpuTime).sum();
        }
    }

    /// Nanoseconds of compute threads and of the process, for a task.
    private record Cost(double workers, double process) {}

    private static Cost measure(Side side) {
        var increment = Delayed.function((Integer i) -> i + 1);
        var sum = Delayed.functionOfAll((List<Integer> values) -> values.size());
        long workers = 0;
        long process = 0;
        for (int job = 0; job < JOBS; job++) {
            List<Delayed<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(increment.call(i));
            }
            Delayed<Integer> total = sum.call(calls);
            System.gc();
            process -= processNanos();
            workers -= side.workerNanos();
            total.compute(side.engine, JobOptions.DEFAULTS.withFusion(false));
            workers += side.workerNanos();
            process += processNanos();
        }
        return new Cost(workers / ((double) JOBS * CALLS), process / ((double) JOBS * CALLS));
    }

    private static long processNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    public static void main(String[] arguments) {
        Side plain = Side.open();
        Side shown = Side.open();
        try (Dashboard dashboard = Dashboard.open(DashboardOptions.DEFAULTS.withPort(0), shown.engine.events())) {
            Cost[] without = new Cost[PAIRS];
            Cost[] with = new Cost[PAIRS];
            for (int pair = -WARM_UP; pair < PAIRS; pair++) {
                boolean isPlainFirst = pair % 2 == 0;
                Cost first = measure(isPlainFirst ? plain : shown);
                Cost second = measure(isPlainFirst ? shown : plain);
                if (pair >= 0) {
                    without[pair] = isPlainFirst ? first : second;
                    with[pair] = isPlainFirst ? second : first;
                }
            }
            print(without, with);
        } finally {
            plain.engine.close();
            shown.engine.close();
        }
    }

    private static void print(Cost[] without, Cost[] with) {
        double[] ratios = new double[PAIRS];
        Arrays.setAll(ratios, i -> with[i].workers / without[i].workers);
        System.out.println(String.format(
                Locale.ROOT,
                "plain %.0f ns, shown %.0f ns, ratio %.3f (median of %d pairs, %.3f to %.3f); all threads plain %.0f ns, shown %.0f ns",
                median(Arrays.stream(without).mapToDouble(Cost::workers).toArray()),
                median(Arrays.stream(with).mapToDouble(Cost::workers).toArray()),
                median(ratios), PAIRS, Arrays.stream(ratios).min().orElseThrow(),
                Arrays.stream(ratios).max().orElseThrow(),
                median(Arrays.stream(without).mapToDouble(Cost::process).toArray()),
                median(Arrays.stream(with).mapToDouble(Cost::process).toArray())));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
