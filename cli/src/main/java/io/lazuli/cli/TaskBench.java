package io.lazuli.cli;

import io.lazuli.graph.Engine;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.delayed.DelayedFunction1;
import io.lazuli.graph.delayed.DelayedListFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The benchmark of many small tasks: how fast a graph of separate calls is written down, and how fast one runs. Every call is a
/// task of its own: nothing is fused.
final class TaskBench {
    private static final int FAN_IN = 16;
    private static final DelayedFunction1<Integer, Long> INCREMENT = Delayed.function((Integer i) -> i + 1L);
    private static final DelayedListFunction<Long, Long> SUM =
            Delayed.functionOfAll((List<Long> values) -> values.stream().mapToLong(Long::longValue).sum());

    private TaskBench() {}

    /// A question: run it, get its check.
    record Question(Supplier<String> run) {}

    /// Empty if there is no such question.
    static Optional<Question> question(String name, String size) {
        return switch (name) {
            case "graph" -> Optional.of(new Question(() -> graph(count(size, 100_000, 1_000_000, 2_000_000))));
            case "inc_sum" -> Optional.of(new Question(() -> sum(count(size, 10_000, 100_000, 300_000))));
            default -> Optional.empty();
        };
    }

    private static int count(String size, int small, int medium, int large) {
        return switch (size) {
            case "M" -> medium;
            case "L" -> large;
            default -> small;
        };
    }

    /// Increments of the numbers below `count`, then sums of 16, of these sums, and so on.
    private static Delayed<Long> tree(int count) {
        List<Delayed<Long>> level = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            level.add(INCREMENT.call(i));
        }
        while (level.size() > 1) {
            List<Delayed<Long>> sums = new ArrayList<>();
            for (int i = 0; i < level.size(); i += FAN_IN) {
                sums.add(SUM.call(level.subList(i, Math.min(i + FAN_IN, level.size()))));
            }
            level = sums;
        }
        return level.getFirst();
    }

    private static String graph(int count) {
        int tasks = tree(count).graph().taskCount();
        if (tasks < count) {
            throw new IllegalStateException("a graph of %,d calls has only %,d tasks".formatted(count, tasks));
        }
        return Integer.toString(count);
    }

    private static String sum(int count) {
        return count + ", " + tree(count).compute(Engine.shared(), JobOptions.DEFAULTS.withFusion(false));
    }
}
