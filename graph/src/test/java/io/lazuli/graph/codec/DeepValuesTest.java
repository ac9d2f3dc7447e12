package io.lazuli.graph.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Values of many levels, on threads of small stacks.
@Timeout(60)
class DeepValuesTest {
    record Link(Object value, Object next) {}

    interface Call extends Serializable {
        Object call();
    }

    static final class Box implements Portable {
        record Content(Object content) implements Form {
            @Override
            public Object restore() {
                return new Box(content);
            }
        }

        private final Object content;

        Box(Object content) {
            this.content = content;
        }

        @Override
        public Form form() {
            return new Content(content);
        }
    }

    record Kind(String name, UnaryOperator<Object> around) {
        Object nested(int levels) {
            Object value = "core";
            for (int i = 0; i < levels; i++) {
                value = around.apply(value);
            }
            return value;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// A level of each kind is one level of the codec's.
    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("record", value -> new Link(1, value)),
                new Kind("list", value -> new ArrayList<>(List.of(1, value))),
                new Kind("read-only list", List::of),
                new Kind("map", value -> new HashMap<>(Map.of("k", value))),
                new Kind("array", value -> new Object[] {value, 1}),
                new Kind("optional", Optional::of),
                new Kind("entry", value -> new AbstractMap.SimpleImmutableEntry<>(1, value)),
                new Kind("lambda", DeepValuesTest::lambda));
    }

    private static Object lambda(Object value) {
        Call call = () -> value;
        return call;
    }

    private final ValueCodec codec = ValueCodec.create();

    /// On a stack as small as any thread has.
    private static void onSmallStack(Runnable work) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(null, work, "small", 512 << 10);
        thread.setUncaughtExceptionHandler((_, e) -> failure.set(e));
        thread.start();
        thread.join();
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void valuesOfTheLastLevelComeBack(Kind kind) throws InterruptedException {
        for (int levels : new int[] {198, 199, 200, 201, 2_000, DeepStack.DEEPEST - 1}) {
            Object value = kind.nested(levels);
            onSmallStack(() -> {
                byte[] bytes = codec.encode(value);
                Object back = Objects.requireNonNull(codec.decode(bytes));
                assertThat(codec.encode(back)).as("%d levels", levels).isEqualTo(bytes);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void deeperOnesAreRefused(Kind kind) throws InterruptedException {
        Object value = kind.nested(5 * DeepStack.DEEPEST);
        onSmallStack(() -> assertThatThrownBy(() -> codec.encode(value))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageContaining("it lies more than 20,000 levels deep; use a list instead of a chain"));
    }

    /// The bytes before and after the innermost value of a kind, a million times.
    @ParameterizedTest
    @MethodSource("kinds")
    void hostileDepthIsATypedError(Kind kind) throws InterruptedException {
        byte[] once = codec.encode(kind.nested(2));
        byte[] more = codec.encode(kind.nested(3));
        int same = 1;
        while (once[same] == more[same]) {
            same++;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(more, 0, same);
        for (int i = 0; i < 1_000_000; i++) {
            bytes.write(more, same, Math.max(1, more.length - once.length));
        }
        byte[] hostile = bytes.toByteArray();
        onSmallStack(() -> assertThatThrownBy(() -> codec.decode(hostile))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA)));
    }

    @Test
    void aMillionOptionalsAreRefusedForTheirDepth() throws InterruptedException {
        byte[] hostile = new byte[1_000_000];
        java.util.Arrays.fill(hostile, (byte) Tag.OPTIONAL);
        hostile[0] = 1;
        onSmallStack(() -> assertThatThrownBy(() -> codec.decode(hostile)).isInstanceOf(LazuliException.class)
                .hasMessageContaining("values lie more than 20,000 levels deep"));
    }

    @Test
    void portableObjectsMayBeDeep() {
        Object value = "core";
        for (int i = 0; i < 9_000; i++) {
            value = new Box(value);
        }
        Object back = codec.decode(codec.encode(value));
        for (int i = 0; i < 9_000; i++) {
            back = ((Box) Objects.requireNonNull(back)).content;
        }
        assertThat(back).isEqualTo("core");
    }

    @Test
    void longCyclesAreRefused() {
        List<Object> cycle = new ArrayList<>();
        Object value = cycle;
        for (int i = 0; i < 3_000; i++) {
            value = new Link(i, value);
        }
        cycle.add(value);
        cycle.add(value);
        assertThatThrownBy(() -> codec.encode(cycle)).hasMessageContaining("it contains itself; break the cycle");
    }

    @Test
    void manyDeepPartsTakeTimeInProportionToTheirNumber() {
        Object part = kinds().findFirst().orElseThrow().nested(10);
        Object value = new ArrayList<>(java.util.Collections.nCopies(200_000, part));
        for (int i = 0; i < 195; i++) {
            value = Optional.of(value);
        }
        Object deep = value;
        byte[] bytes = codec.encode(deep);
        assertThat(codec.encode(codec.decode(bytes))).isEqualTo(bytes);
    }

    @Test
    void whatTheSinkHasIsNotWrittenTwice() throws Exception {
        List<Object> value = new ArrayList<>(List.of("x".repeat(300_000)));
        value.add(kinds().findFirst().orElseThrow().nested(1_000));
        value.add("end");
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        codec.encode(value, sink);

        assertThat(codec.decode(sink.toByteArray())).asInstanceOf(
                org.assertj.core.api.InstanceOfAssertFactories.LIST).hasSize(3).contains("x".repeat(300_000), "end");
    }

    @Test
    void bytesOfOneThreadAreReadOnAnother() {
        byte[] bytes = codec.encode(kinds().findFirst().orElseThrow().nested(2_000));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
            assertThat(codec.decode(segment)).isInstanceOf(Link.class);
        }
    }

    @Test
    void anInterruptIsKept() {
        byte[] bytes = codec.encode(kinds().findFirst().orElseThrow().nested(2_000));
        Thread.currentThread().interrupt();
        assertThat(codec.decode(bytes)).isInstanceOf(Link.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatCannotBeWrittenIsFoundAtAnyDepth() {
        Object value = new Thread();
        for (int i = 0; i < 5_000; i++) {
            value = new Link(i, value);
        }
        assertThat(codec.findUnencodable(value)).hasValueSatisfying(
                part -> assertThat(part.toString()).startsWith("java.lang.Thread at ...").contains(".next.next"));
    }
}
