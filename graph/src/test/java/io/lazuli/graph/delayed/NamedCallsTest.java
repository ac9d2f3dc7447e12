package io.lazuli.graph.delayed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Engine;
import io.lazuli.graph.ReferenceEngine;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NamedCallsTest {
    private static final DelayedFunction1<Integer, Integer> INC = Delayed.function((Integer i) -> i + 1).named("inc");
    private static final DelayedFunction2<Integer, Integer, Integer> ADD =
            Delayed.function((Integer a, Integer b) -> a + b).named("add");
    private static final DelayedListFunction<Integer, Integer> SUM =
            Delayed.functionOfAll((List<Integer> all) -> all.stream().mapToInt(i -> i).sum()).named("sum");

    @Test
    void namesMayBeReadBeforeTheyArePut() {
        NamedCalls calls = NamedCalls.create()
                .put("total", ADD, "a", "b")
                .put("a", INC, "one")
                .put("b", INC, "a")
                .putValue("one", 1);
        try (Engine engine = ReferenceEngine.open(2, 1 << 20)) {
            assertThat(calls.delayed("total", Integer.class).compute(engine)).isEqualTo(5);
            assertThat(calls.delayed("one", Integer.class).compute(engine)).isEqualTo(1);
            assertThatThrownBy(() -> calls.delayed("one", String.class).compute(engine))
                    .hasRootCauseInstanceOf(ClassCastException.class);
        }
        assertThat(calls).hasToString("""
                total = add(a, b)
                a = inc(one)
                b = inc(a)
                one = the value 1""");
        assertThat(calls.names()).containsExactly("total", "a", "b", "one");
    }

    @Test
    void namesAreTheLabels() {
        NamedCalls calls = NamedCalls.create().put("a", INC, "one").putValue("one", 1);
        assertThat(calls.delayed("a", Integer.class)).hasToString("Integer(a(1))");
    }

    @Test
    void longChain() {
        NamedCalls calls = NamedCalls.create().putValue("0", 0);
        for (int i = 100_000; i > 0; i--) {
            calls.put(Integer.toString(i), INC, Integer.toString(i - 1));
        }
        assertThat(calls.delayed("100000", Integer.class).graph().taskCount()).isEqualTo(100_001 + 1);
        calls.put("wide", SUM, IntStream.range(0, 1_000).mapToObj(Integer::toString).toArray(String[]::new));
        assertThat(calls.delayed("wide", Integer.class).graph().taskCount()).isEqualTo(999 + 2 + 1);
    }

    @Test
    void cycle_isNamedInOrder() {
        NamedCalls calls = NamedCalls.create()
                .put("out", ADD, "x", "a")
                .putValue("x", 1)
                .put("a", INC, "b")
                .put("b", ADD, "x", "c")
                .put("c", INC, "a")
                .put("self", INC, "self");
        refused(() -> calls.delayed("out", Integer.class),
                "Tasks depend on themselves: 'a' -> 'b' -> 'c' -> 'a' (each reads the next). Take one of these references out.");
        refused(() -> calls.delayed("self", Integer.class),
                "Tasks depend on themselves: 'self' -> 'self' (each reads the next). Take one of these references out.");
        assertThat(calls.delayed("x", Integer.class)).isNotNull();
    }

    @Test
    void longCycle_isCut() {
        NamedCalls calls = NamedCalls.create();
        for (int i = 0; i < 1_000; i++) {
            calls.put("t" + i, INC, "t" + (i + 1) % 1_000);
        }
        refused(() -> calls.delayed("t0", Integer.class),
                "Tasks depend on themselves: 't0' -> 't1' -> 't2' -> 't3' -> ... 992 more ... -> 't996' -> 't997' -> 't998' -> 't999' -> 't0' (each reads the next). Take one of these references out.");
    }

    @Test
    void unknownReference_suggestsTheClosest() {
        NamedCalls calls = NamedCalls.create().put("total", INC, "prcie").putValue("price", 1);
        refused(() -> calls.delayed("total", Integer.class),
                "Task 'total' reads 'prcie', which was not put. Did you mean 'price'? Put are: total, price.");
        refused(() -> calls.delayed("xyz", Integer.class), "No task 'xyz' was put. Put are: total, price.");
        refused(() -> calls.delayed("totals", Integer.class),
                "No task 'totals' was put. Did you mean 'total'? Put are: total, price.");
    }

    @Test
    void nameTwice_isRefusedUnlessItIsTheSame() {
        NamedCalls calls = NamedCalls.create().put("a", INC, "x").putValue("x", 1);
        calls.put("a", INC, "x").put("a", Delayed.function(INC.function()).named("inc"), "x").putValue("x", 1);
        refused(() -> calls.put("a", INC, "y"),
                "Task 'a' was put as inc(x), and now as inc(y). Give one of them another name.");
        refused(() -> calls.put("a", INC.pure(), "x"),
                "Task 'a' was put as inc(x), and now as pure inc(x). Give one of them another name.");
        refused(() -> calls.putValue("x", 2),
                "Task 'x' was put as the value 1, and now as the value 2. Give one of them another name.");
    }

    @Test
    void wrongNumberOfInputs_isRefused() {
        refused(() -> NamedCalls.create().put("a", ADD, "x"), "Function 'a' is called with 1 arguments, but takes 2.");
    }

    @Test
    void pureCallOfSomethingWithoutContent_isRefused() {
        var hash = Delayed.function((Object o) -> o.hashCode()).named("hash").pure();
        refused(() -> hash.call(new Object()).graph(),
                "A pure call of 'hash' cannot be told from others: argument 1 is a java.lang.Object, which has no stable content. Use a record, implement Tokenized, or leave out pure().");
    }

    private static void refused(ThrowingCallable action, String message) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessage(message);
    }
}
