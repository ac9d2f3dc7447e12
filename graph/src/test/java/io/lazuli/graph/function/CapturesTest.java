package io.lazuli.graph.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CapturesTest {
    record Rate(double rate, List<String> names) {}

    private final AtomicInteger field = new AtomicInteger();

    enum Fixed implements Function0<Integer> {
        ONE;

        @Override
        public Integer apply() {
            return 1;
        }
    }

    @Test
    void valuesRecordsAndFunctionsTravel() {
        Rate rate = new Rate(1.5, List.of("a"));
        int[] array = {1};
        Function1<Integer, Object> inner = x -> rate.rate() * x;
        Function1<Integer, Object> outer = x -> List.of(inner.apply(x), array, rate);
        Function0<Integer> bound = "text"::length;

        for (UserFunction function : List.of(inner, outer, bound, Fixed.ONE)) {
            assertThatCode(() -> Captures.check(function)).doesNotThrowAnyException();
        }
    }

    @Test
    void aVariableThatCannotTravelIsNamed() {
        AtomicInteger counter = new AtomicInteger();
        long before = 1;
        Function1<Integer, Object> function = x -> before + counter.incrementAndGet() + x;
        int line = StackWalker.getInstance().walk(frames -> frames.findFirst().orElseThrow().getLineNumber()) - 1;

        assertThatThrownBy(() -> Captures.check(function))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessage("A function cannot be sent to a worker: the lambda at CapturesTest.java:" + line
                        + " captures variable 'counter' of java.util.concurrent.atomic.AtomicInteger: make it a record of"
                        + " values, or compute it where it is used. Capture a record or plain values, or load it inside"
                        + " of the function.");
    }

    @Test
    void theWayToThePartThatCannotTravelIsNamed() {
        Map<String, List<Object>> map = Map.of("a", List.of(1, new Object()));
        Function0<Object> inner = () -> map;
        Function0<Object> outer = () -> inner;

        assertThatThrownBy(() -> Captures.check(outer))
                .hasMessageContaining("variable 'map'")
                .hasMessageContaining("with java.lang.Object at .values[0][1]: make it a record of values");
    }

    @Test
    void theObjectAroundIsNamedThis() {
        Function0<Object> lambda = () -> field.get();
        Function0<Object> anonymous = new Function0<>() {
            private static final long serialVersionUID = 1;

            @Override
            public Object apply() {
                return field.get();
            }
        };

        assertThatThrownBy(() -> Captures.check(lambda))
                .hasMessageContaining("captures 'this', the object around it of io.lazuli.graph.function.CapturesTest");
        assertThatThrownBy(() -> Captures.check(anonymous))
                .hasMessageContaining("the object of io.lazuli.graph.function.CapturesTest$1")
                .hasMessageContaining("captures 'this', the object around it");
    }

    @Test
    void variablesOfAnonymousClassesAndReceiversAreNamed() {
        AtomicInteger counter = new AtomicInteger();
        Function0<Object> anonymous = new Function0<>() {
            private static final long serialVersionUID = 1;

            @Override
            public Object apply() {
                return counter.get();
            }
        };
        Function0<Integer> bound = counter::get;

        assertThatThrownBy(() -> Captures.check(anonymous)).hasMessageContaining("captures variable 'counter'");
        assertThatThrownBy(() -> Captures.check(bound))
                .hasMessageContaining(
                        "the method reference java.util.concurrent.atomic.AtomicInteger::get captures the object"
                                + " before '::'");
    }

    @Test
    void withoutNamesFromTheCompilerThePositionIsNamed() {
        String main = "public class Main { static Object make() { long a = 1; Object b = new Object();"
                + " Function0<Object> f = () -> a + \" \" + b; return f; } }";
        assertThatThrownBy(() -> Captures.check(Program.of(List.of("-g:none"), main).function()))
                .hasMessageContaining("the lambda at app.Main captures captured variable number 2 of java.lang.Object");
    }

    @Test
    void functionsMadeAtRunTimeDoNotTravelOrAreChecked() {
        Object proxy = java.lang.reflect.Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {Function0.class}, (_, _, _) -> null);
        assertThatThrownBy(() -> Captures.check((UserFunction) proxy)).isInstanceOf(LazuliException.class)
                .hasMessageContaining("A function of ").hasMessageContaining("cannot be sent to a worker: its class");
    }
}
