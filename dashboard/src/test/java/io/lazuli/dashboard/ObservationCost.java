package io.lazuli.dashboard;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.scheduler.LocalEngine;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EventCursor;
import io.lazuli.scheduler.event.EventStream;
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
    private static final int JOBS = 12;
    private static final int CALLS = 100_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /// Of the one reader's thread.
    private static volatile long readCount;

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

    /// Of one job of that side.
    private static Cost measure(Side side) {
        var increment = Delayed.function((Integer i) -> i + 1);
        var sum = Delayed.functionOfAll((List<Integer> values) -> values.size());
        List<Delayed<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(increment.call(i));
        }
        Delayed<Integer> total = sum.call(calls);
        System.gc();
        long process = processNanos();
        long workers = side.workerNanos();
        total.compute(side.engine, JobOptions.DEFAULTS.withFusion(false));
        return new Cost((side.workerNanos() - workers) / (double) CALLS, (processNanos() - process) / (double) CALLS);
    }

    /// Jobs of both sides, taking turns; the median of each.
    private static Cost[] measurePair(Side plain, Side shown) {
        Cost[] without = new Cost[JOBS];
        Cost[] with = new Cost[JOBS];
        for (int job = 0; job < JOBS; job++) {
            if (job % 2 == 0) {
                without[job] = measure(plain);
                with[job] = measure(shown);
            } else {
                with[job] = measure(shown);
                without[job] = measure(plain);
            }
        }
        return new Cost[] {median(without), median(with)};
    }

    private static Cost median(Cost[] costs) {
        return new Cost(
                median(Arrays.stream(costs).mapToDouble(Cost::workers).toArray()),
                median(Arrays.stream(costs).mapToDouble(Cost::process).toArray()));
    }

    private static long processNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    public static void main(String[] arguments) {
        Side plain = Side.open();
        Side shown = Side.open();
        try (AutoCloseable subscriber = subscriber(arguments, shown.engine.events())) {
            Cost[] without = new Cost[PAIRS];
            Cost[] with = new Cost[PAIRS];
            for (int pair = -WARM_UP; pair < PAIRS; pair++) {
                Cost[] costs = measurePair(plain, shown);
                if (pair >= 0) {
                    without[pair] = costs[0];
                    with[pair] = costs[1];
                }
            }
            print(without, with);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            plain.engine.close();
            shown.engine.close();
        }
    }

    /// What is measured: `nobody` (how much two equal engines differ), `reader` (of every event), or a dashboard.
    private static AutoCloseable subscriber(String[] arguments, EventStream events) {
        return switch (arguments.length == 0 ? "dashboard" : arguments[0]) {
            case "nobody" -> () -> {
            };
            case "reader" -> events.subscribe(block -> {
                for (EventCursor event = block.cursor(); event.next();) {
                    readCount += event.task();
                }
            }, Delivery.LOSSY);
            default -> Dashboard.open(DashboardOptions.DEFAULTS.withPort(0), events);
        };
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
