package io.lazuli.graph.delayed;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Engine;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.pass.Passes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;

/// Random graphs of calls beside the same calls made at once, on any [Engine].
public abstract class DelayedPropertyContract {
    private static final JobOptions UNFUSED = JobOptions.DEFAULTS.withFusion(false);

    private final Engine engine = open(2);

    protected abstract Engine open(int threads);

    @AfterProperty
    void close() {
        engine.close();
    }

    /// A call and its result.
    private record Known(Delayed<Long> call, long result) {}

    private static long mix(long a, long b) {
        return (a * 31 + b) * 0x9E3779B97F4A7C15L >>> 7;
    }

    private static long mixAll(List<Long> all) {
        return all.stream().reduce(7L, DelayedPropertyContract::mix);
    }

    /// @param purity share of functions that are pure
    private static List<Known> graph(Random random, int count, double purity, int annotationCount) {
        List<Known> known = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean pure = random.nextDouble() < purity;
            Annotations annotations = Annotations.NONE.withPriority(random.nextInt(annotationCount));
            known.add(node(random, known, pure, annotations));
        }
        return known;
    }

    private static Known node(Random random, List<Known> known, boolean pure, Annotations annotations) {
        long value = random.nextInt(3);
        Known a = known.isEmpty() ? valueOf(value) : known.get(random.nextInt(known.size()));
        Known b = known.isEmpty() ? valueOf(value) : known.get(random.nextInt(known.size()));
        var one = Delayed.function((Long x) -> mix(x, 1)).annotated(annotations);
        var two = Delayed.function(DelayedPropertyContract::mix).annotated(annotations);
        var all = Delayed.functionOfAll(DelayedPropertyContract::mixAll).annotated(annotations);
        var one1 = pure ? one.pureAs(Token.of("one")) : one;
        var two1 = pure ? two.pureAs(Token.of("two")) : two;
        var all1 = pure ? all.pureAs(Token.of("all")) : all;
        return switch (random.nextInt(6)) {
            case 0 -> new Known(one1.call(value), mix(value, 1));
            case 1 -> new Known(one1.call(a.call), mix(a.result, 1));
            case 2 -> new Known(two1.call(a.call, value), mix(a.result, value));
            case 3 -> new Known(two1.call(value, b.call), mix(value, b.result));
            case 4 -> new Known(two1.call(a.call, b.call), mix(a.result, b.result));
            default -> {
                List<Known> some =
                        Stream.generate(() -> random.nextBoolean() ? a : b).limit(random.nextInt(5)).toList();
                yield new Known(all1.call(some.stream().map(Known::call).toList()),
                        mixAll(some.stream().map(Known::result).toList()));
            }
        };
    }

    private static Known valueOf(long value) {
        return new Known(Delayed.value(value), value);
    }

    @Property(tries = 200)
    void anyGraph_givesWhatTheCallsGive(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 40) int count,
            @ForAll @IntRange(min = 1, max = 3) int annotationCount,
            @ForAll @IntRange(min = 0, max = 2) int purity) {
        List<Known> known = graph(random, count, purity / 2.0, annotationCount);
        List<Known> wanted =
                Stream.generate(() -> known.get(random.nextInt(count))).limit(1 + random.nextInt(5)).toList();
        List<Delayed<Long>> calls = calls(wanted);
        List<Long> expected = wanted.stream().map(Known::result).toList();
        assertThat(Delayed.<Long>computeAll(calls, engine)).isEqualTo(expected);
        assertThat(Delayed.<Long>computeAll(calls, engine, UNFUSED)).isEqualTo(expected);
        TaskGraph graph = Delayed.graphOfAll(calls);
        assertThat(taskCount(graph, JobOptions.DEFAULTS)).isLessThanOrEqualTo(taskCount(graph, UNFUSED));
    }

    private static int taskCount(TaskGraph graph, JobOptions options) {
        return Passes.of(options).apply(graph).taskCount();
    }

    /// The first of a random graph is persisted, and the others start from there.
    @Property(tries = 100)
    void whatReadsPersistedCalls_givesTheSame(
            @ForAll Random random, @ForAll @IntRange(min = 2, max = 30) int count, @ForAll boolean fuses) {
        List<Known> known = graph(random, count, 0.5, 2);
        JobOptions options = JobOptions.DEFAULTS.withFusion(fuses);
        int half = count / 2;
        List<Delayed<Long>> kept = Delayed.persistAll(calls(known.subList(0, half)), engine, options);
        List<Known> before = new ArrayList<>();
        for (int i = 0; i < half; i++) {
            before.add(new Known(kept.get(i), known.get(i).result));
        }
        before.addAll(known.subList(half, count));
        for (int i = 0; i < count; i++) {
            before.add(node(random, before, random.nextBoolean(), Annotations.NONE.withPriority(random.nextInt(2))));
        }
        assertThat(Delayed.<Long>computeAll(calls(before), engine, options))
                .isEqualTo(before.stream().map(Known::result).toList());
    }

    private static List<Delayed<Long>> calls(List<Known> known) {
        return known.stream().map(Known::call).toList();
    }

    @Property(tries = 300)
    void pureGraphs_haveOneTaskForEachDistinctCall_andStableTokens(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count) {
        TaskGraph graph = Delayed.graphOfAll(graph(new Random(seed), count, 1, 1).stream().map(Known::call).toList());
        List<Known> again = graph(new Random(seed), count, 1, 1);
        assertThat(Delayed.graphOfAll(again.stream().map(Known::call).toList())).hasToString(graph.toString());
        HashSet<Token> distinct = new HashSet<>();
        again.forEach(known -> distinct.add(known.call.token().orElseThrow()));
        assertThat(graph.layers().getFirst().partitionCount()).isEqualTo(distinct.size());
    }
}
