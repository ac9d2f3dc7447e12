package io.lazuli.graph.delayed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Argument;
import io.lazuli.graph.BorrowedInputs;
import io.lazuli.graph.Engine;
import io.lazuli.graph.Expansion;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.RunningContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What calls do on every [Engine]: extend this class and say how to open one.
public abstract class DelayedContract {
    private static final DelayedFunction1<Integer, Integer> INC = Delayed.function((Integer i) -> i + 1).named("inc");
    private static final DelayedFunction2<Integer, Integer, Integer> ADD =
            Delayed.function((Integer a, Integer b) -> a + b).named("add");
    private static final DelayedListFunction<Integer, Integer> SUM =
            Delayed.functionOfAll((List<Integer> all) -> all.stream().mapToInt(i -> i).sum()).named("sum");

    private final Engine engine = open(2);

    protected abstract Engine open(int threads);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void callsOfAnyArity_withValuesAndResults() {
        Delayed<Integer> one = Delayed.function(() -> 1).call();
        Delayed<Integer> two = INC.call(one);
        assertThat(INC.call(5).compute(engine)).isEqualTo(6);
        assertThat(ADD.call(3, 4).compute(engine)).isEqualTo(7);
        assertThat(ADD.call(one, 4).compute(engine)).isEqualTo(5);
        assertThat(ADD.call(3, two).compute(engine)).isEqualTo(5);
        assertThat(ADD.call(one, two).compute(engine)).isEqualTo(3);
        var digits3 = Delayed.function((Integer a, Integer b, Integer c) -> a * 100 + b * 10 + c);
        assertThat(digits3.call(1, 2, 3).compute(engine)).isEqualTo(123);
        assertThat(digits3.call(two, Delayed.value(7), one).compute(engine)).isEqualTo(271);
        var digits4 = Delayed.function((Integer a, Integer b, Integer c, Integer d) -> a * 1000 + b * 100 + c * 10 + d);
        assertThat(digits4.call(1, 2, 3, 4).compute(engine)).isEqualTo(1234);
        assertThat(digits4.call(two, one, one, two).compute(engine)).isEqualTo(2112);
        assertThat(SUM.call(List.of(one, two, Delayed.value(10))).compute(engine)).isEqualTo(13);
        assertThat(SUM.call(List.of()).compute(engine)).isZero();
    }

    @Test
    void nullsAreValues() {
        var text = Delayed.function((String s) -> s == null ? null : s + "!");
        Delayed<String> none = text.call(Delayed.value(null));
        assertThat(none.compute(engine)).isNull();
        assertThat(text.call(none).compute(engine)).isNull();
        var list = Delayed.functionOfAll((List<String> all) -> all.toString());
        assertThat(list.call(List.of(none, Delayed.value(null), text.call("a"))).compute(engine))
                .isEqualTo("[null, null, a!]");
        assertThat(Delayed.computeAll(List.of(none, text.call("b")), engine)).containsExactly(null, "b!");
    }

    @Test
    void arrays_areValuesLikeOthers() {
        var length = Delayed.function((Object[] all) -> all.length);
        Object[] three = {1, null, INC.call(1)};
        assertThat(length.call(three).compute(engine)).isEqualTo(3);
        var make = Delayed.function(() -> new Object[2]);
        assertThat(length.call(make.call()).compute(engine)).isEqualTo(2);
    }

    @Test
    void delayedAsAPlainValue_staysDelayed() {
        var describe = Delayed.function((Delayed<Integer> later) -> "later: " + later);
        assertThat(describe.call(INC.call(1)).compute(engine)).isEqualTo("later: inc(1)");
        assertThat(Delayed.value(INC.call(1)).compute(engine)).hasToString("inc(1)");
    }

    @Test
    void sharedCall_isMadeOnce_impureEqualCallsAreNot() {
        AtomicInteger calls = new AtomicInteger();
        var next = Delayed.function((Integer i) -> i + calls.incrementAndGet() * 0);
        Delayed<Integer> shared = next.call(1);
        assertThat(SUM.call(List.of(shared, shared, shared)).compute(engine)).isEqualTo(3);
        assertThat(calls.get()).isEqualTo(1);
        assertThat(SUM.call(List.of(next.call(1), next.call(1))).compute(engine)).isEqualTo(2);
        assertThat(calls.get()).isEqualTo(3);
    }

    @Test
    void equalPureCalls_areMadeOnce() {
        AtomicInteger calls = new AtomicInteger();
        var inc = Delayed.function((Integer i) -> i + 1 + calls.incrementAndGet() * 0).pure();
        Delayed<Integer> sum =
                SUM.call(List.of(inc.call(inc.call(1)), inc.call(inc.call(1)), inc.call(1), inc.call(2)));
        assertThat(sum.graph().taskCount()).isEqualTo(3 + 1 + 1);
        assertThat(sum.compute(engine)).isEqualTo(3 + 3 + 2 + 3);
        assertThat(calls.get()).isEqualTo(3);
        assertThat(Delayed.computeAll(List.of(inc.call(1), inc.call(1)), engine)).containsExactly(2, 2);
    }

    @Test
    void pureCallsOfOneImpureCall_areEqual_ofTwoAreNot() {
        Delayed<Integer> impure = INC.call(1);
        var inc = INC.pure();
        assertThat(Delayed.graphOfAll(List.of(inc.call(impure), inc.call(impure))).layers().getFirst().partitionCount())
                .isEqualTo(2);
        assertThat(
                Delayed.graphOfAll(List.of(inc.call(impure), inc.call(INC.call(1)))).layers().getFirst()
                        .partitionCount())
                .isEqualTo(4);
        assertThat(inc.call(impure).token()).isEmpty();
    }

    @Test
    void pureCall_isNotMixedUpWithAnEqualLookingValue() {
        var same = Delayed.function((Object o) -> o).pureAs(Token.of("same"));
        Delayed<Object> inner = same.call((Object) 1);
        Delayed<Object> outer = same.call(inner);
        Delayed<Object> fake = same.call((Object) inner.token().orElseThrow());
        assertThat(outer.token()).isNotEqualTo(fake.token());
    }

    @Test
    void tokensOfPureGraphs_areTheirContent() {
        var inc = INC.pureAs(Token.of("inc"));
        TaskGraph graph = inc.call(inc.call(1)).graph();
        assertThat(inc.call(inc.call(1)).graph().output()).isEqualTo(graph.output());
        assertThat(inc.call(inc.call(2)).graph().output()).isNotEqualTo(graph.output());
        assertThat(inc.call(1).token()).isEqualTo(inc.call(1).token()).isNotEmpty();
        assertThat(INC.call(1).graph().output()).isNotEqualTo(INC.call(1).graph().output());
    }

    @Test
    void pureFunctions_areToldByTheirCode() {
        assertThat(plus(1).call(5).token()).isPresent().isEqualTo(plus(1).call(5).token());
        assertThat(plus(1).call(5).token()).isNotEqualTo(plus(2).call(5).token());
        assertThat(plus(1).call(5).token()).isNotEqualTo(plus(1).call(6).token());
        assertThat(SUM.call(List.of(plus(1).call(5), plus(1).call(5))).graph().taskCount()).isEqualTo(1 + 1 + 1);
    }

    private static DelayedFunction1<Integer, Integer> plus(int more) {
        return Delayed.function((Integer i) -> i + more).pure();
    }

    @Test
    void computeAll_deliversInOrder_alsoWhatIsReadByOthersAndWhatIsWantedTwice() {
        Delayed<Integer> a = INC.call(0);
        Delayed<Integer> b = INC.call(a);
        assertThat(Delayed.computeAll(List.of(b, a, b, Delayed.value(9)), engine)).containsExactly(2, 1, 2, 9);
        assertThat(Delayed.computeAll(List.of(a, b), engine)).containsExactly(1, 2);
        assertThat(Delayed.computeAll(List.<Delayed<Integer>>of(), engine)).isEmpty();
    }

    @Test
    void graphIsOneLayer_numberedDepthFirst() {
        Delayed<Integer> load = INC.call(1);
        Delayed<Integer> sum = ADD.call(INC.call(load), INC.named("count").call(load));
        TaskGraph graph = sum.graph();
        assertThat(graph.layers().getFirst().label()).isEqualTo("inc, count, add");
        assertThat(tasks(graph, 0)).containsExactly("0[]", "1[0]", "2[0]", "3[1, 2]");
        assertThat(tasks(graph, 1)).containsExactly("0[3]");
        assertThat(Delayed.graphOfAll(List.of(load, INC.call(load))).layers()).hasSize(1);
        assertThat(load.graph().layers()).hasSize(1);
    }

    private static List<String> tasks(TaskGraph graph, int layer) {
        var of = graph.layers().get(layer);
        List<Integer> counts = graph.producerCounts(of);
        List<String> tasks = new ArrayList<>();
        for (int p = 0; p < of.partitionCount(); p++) {
            tasks.add(p + of.task(p, counts).arguments().stream().map(a -> a.key().partition()).toList().toString());
        }
        return tasks;
    }

    @Test
    void sameResultTwiceInOneCall() {
        Delayed<Integer> a = INC.call(1);
        assertThat(ADD.call(a, a).compute(engine)).isEqualTo(4);
    }

    @Test
    void annotationsThatAlternate_makeLayersWithoutACircle() {
        var careful = INC.annotated(INC.annotations().withRetries(3)).named("careful");
        Delayed<Integer> a = INC.call(0);
        Delayed<Integer> b = careful.call(a);
        Delayed<Integer> c = INC.call(b);
        Delayed<Integer> d = careful.call(INC.call(10));
        Delayed<Integer> sum = SUM.call(List.of(a, b, c, d));
        TaskGraph graph = sum.graph();
        assertThat(graph.layers().stream().map(layer -> layer.label() + " " + layer.annotations().retries()))
                .containsExactly("inc -1", "careful 3", "inc, sum -1", "deliver -1");
        assertThat(sum.compute(engine)).isEqualTo(1 + 2 + 3 + 12);
        assertThat(Delayed.computeAll(List.of(d, c, b, a), engine)).containsExactly(12, 3, 2, 1);
    }

    @Test
    void flatten_returnsAnExpansionInPlaceOfItsResult() throws Exception {
        var range = Delayed.function(
                (Integer n) -> SUM.call(IntStream.range(0, n).mapToObj(INC::call).toList()));
        Delayed<Integer> flat = Delayed.flatten(range.call(3));
        Layer layer = flat.graph().layers().getFirst();
        assertThat(layer.label()).isEqualTo("call, flatten");
        Block returned = run(layer, 1, Block.value(range.function().apply(3), 0));
        TaskGraph expansion = returned.value(Expansion.class).graph();
        assertThat(expansion.outputLayer().partitionCount()).isEqualTo(1);
        assertThat(expansion.taskCount()).isEqualTo(3 + 1 + 1);
    }

    @Test
    void flatten_refusesWhatIsNotDelayed() {
        Layer layer = Delayed.flatten(new Delayed<Delayed<Integer>>(INC, 1)).graph().layers().getFirst();
        assertThatThrownBy(() -> run(layer, 1, Block.value(null, 0))).isInstanceOf(LazuliException.class)
                .hasMessage(
                        "Function 'flatten' gave null where flatten expects a Delayed. Return Delayed.value(...) for a plain result.");
    }

    private static Block run(Layer layer, int partition, Block input) {
        return layer.operation().run(
                new RunningContext(new Key(layer.token(), partition), null, () -> false),
                new BorrowedInputs(List.of(Argument.WHOLE), List.of(List.of(input))));
    }

    @Test
    void from_readsAFuture() {
        CompletableFuture<Integer> source = new CompletableFuture<>();
        Delayed<Integer> sum = ADD.call(Delayed.from(source), INC.call(Delayed.from(source)));
        assertThat(sum.awaited()).containsExactly(source);
        source.complete(4);
        assertThat(sum.compute(engine)).isEqualTo(9);
    }

    @Test
    void from_aFailedFuture_failsWithItsCause() {
        CompletableFuture<Integer> source = new CompletableFuture<>();
        source.completeExceptionally(new IOException("no such host"));
        assertThatThrownBy(() -> INC.call(Delayed.from(source)).compute(engine))
                .hasRootCauseInstanceOf(IOException.class)
                .hasRootCauseMessage("no such host");
    }

    @Test
    void checkedException_isTheCause() {
        var fail = Delayed.function((Integer i) -> {
            if (i > 0) {
                throw new IOException("disk is gone");
            }
            return i;
        });
        assertThatThrownBy(() -> INC.call(fail.call(1)).compute(engine, JobOptions.DEFAULTS))
                .isInstanceOf(LazuliException.class)
                .hasCause(new IOException("disk is gone"));
    }

    @Test
    void toString_isTheCall() {
        assertThat(ADD.call(INC.call(5), 2)).hasToString("add(inc(5), 2)");
        assertThat(Delayed.value("a")).hasToString("value(\"a\")");
        assertThat(Delayed.value(null)).hasToString("value(null)");
        Delayed<Integer> deep = INC.call(0);
        for (int i = 0; i < 100_000; i++) {
            deep = ADD.call(deep, deep);
        }
        assertThat(deep.toString()).startsWith("add(add(add(").hasSizeLessThan(2_000);
        assertThat(SUM.call(Arrays.asList(new Delayed<?>[10]).stream().map(_ -> INC.call(1)).toList()).toString())
                .endsWith("inc(1), ... 4 more)");
    }
}
