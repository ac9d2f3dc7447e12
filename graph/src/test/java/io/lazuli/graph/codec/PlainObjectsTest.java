package io.lazuli.graph.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.function.Captures;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.UserFunction;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Objects that are neither records nor of the JDK: functions that somebody wrote as a class, and what such programs capture.
class PlainObjectsTest {
    static class Vehicle implements Serializable {
        private static final long serialVersionUID = 1;
        static int made;
        protected final String name;
        private int wheels = 4;

        Vehicle(String name) {
            made++;
            this.name = Objects.requireNonNull(name);
        }
    }

    static final class Taxi extends Vehicle {
        private static final long serialVersionUID = 1;
        private final List<Long> fares = new ArrayList<>();
        private final double rate;
        private final boolean free = true;
        private transient Thread driver = Thread.currentThread();
        private final String name = "hides the other";

        Taxi(String name, double rate) {
            super(name);
            this.rate = rate;
        }

        @Override
        public String toString() {
            return super.name + super.wheels + fares + rate + free + (driver == null) + name;
        }
    }

    static class Plain {
        int x;
    }

    static class UnderPlain extends Plain implements Serializable {
        private static final long serialVersionUID = 1;
    }

    static class WithHook implements Serializable {
        private static final long serialVersionUID = 1;

        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("never called");
        }
    }

    static class Extern implements Externalizable {
        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {}
    }

    private final ValueCodec codec = ValueCodec.create();

    private <T> T roundTrip(T value) {
        @SuppressWarnings("unchecked") T back = (T) Objects.requireNonNull(codec.decode(codec.encode(value)));
        return back;
    }

    @Test
    void objectsComeBackFieldByFieldWithoutTheirConstructor() {
        Taxi taxi = new Taxi("yellow", 2.5);
        taxi.fares.add(7L);
        ((Vehicle) taxi).wheels = 3;
        int made = Vehicle.made;

        assertThat(roundTrip(taxi)).hasToString("yellow3[7]2.5truetruehides the other").isNotSameAs(taxi);
        assertThat(Vehicle.made).isEqualTo(made);
    }

    private record Fare(Vehicle base, int start) implements Function1<Integer, String> {
        @Override
        public String apply(Integer km) {
            return base.name + (start + km);
        }
    }

    private static Function1<Integer, Integer> times(int factor) {
        return new Function1<>() {
            private static final long serialVersionUID = 1;

            @Override
            public Integer apply(Integer x) {
                return factor * x;
            }
        };
    }

    @Test
    void functionsOfClassesTravelAsLambdasDo() throws Exception {
        Function1<Integer, Integer> anonymous = times(3);
        Fare fare = new Fare(new Vehicle("base"), 5);
        Function1<Integer, String> method = fare::apply;
        Function1<Integer, String> lambda = x -> fare.apply(anonymous.apply(x));

        assertThat(roundTrip(fare).apply(2)).isEqualTo("base7");
        assertThat(roundTrip(anonymous).apply(2)).isEqualTo(6);
        assertThat(roundTrip(method).apply(1)).isEqualTo("base6");
        assertThat(roundTrip(lambda).apply(1)).isEqualTo("base8");
    }

    static Stream<UserFunction> functions() {
        Taxi taxi = new Taxi("a", 1);
        AtomicInteger counter = new AtomicInteger();
        Plain plain = new Plain();
        Supplier<Integer> supplier = () -> 1;
        Function1<Integer, Object> inner = _ -> taxi;
        List<Function1<Integer, Object>> functions = List.of(
                _ -> taxi.rate, _ -> counter.get(), _ -> plain.x, _ -> supplier.get(), inner, x -> inner.apply(x),
                String::valueOf, _ -> List.of(plain), _ -> new WithHook(), anonymous(taxi), anonymous(plain),
                anonymous(new WithHook()));
        return functions.stream().map(function -> function);
    }

    private static Function1<Integer, Object> anonymous(Object captured) {
        return new Function1<>() {
            private static final long serialVersionUID = 1;

            @Override
            public Object apply(Integer x) {
                return captured;
            }
        };
    }

    @ParameterizedTest
    @MethodSource("functions")
    void whatMayBeCapturedIsWhatCanBeWritten(UserFunction function) {
        if (codec.canEncode(function)) {
            assertThatCode(() -> Captures.check(function)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> Captures.check(function)).isInstanceOf(LazuliException.class);
        }
    }

    @Test
    void objectsThatAreMoreThanTheirFieldsAreRefused() {
        assertThat(reason(new Plain())).contains("let its class implement java.io.Serializable");
        assertThat(reason(new UnderPlain())).contains("its super class " + Plain.class.getName());
        assertThat(reason(new WithHook())).contains("its own way of Java serialization");
        assertThat(reason(new Extern())).contains("its own way of Java serialization");
        assertThat(reason(new IllegalStateException())).contains("make it a record");
        assertThat(reason(new AtomicInteger())).contains("make it a record");
        assertThat(reason((Supplier<Integer>) () -> 1)).contains("its interface is not Serializable");
        List<Object> cycle = new ArrayList<>();
        Taxi taxi = new Taxi("a", 1);
        cycle.add(anonymous(taxi));
        assertThat(reason(anonymous(cycle))).as("no cycle").isEmpty();
        cycle.add(anonymous(cycle));
        assertThat(reason(cycle)).contains("it contains itself");
    }

    private String reason(Object value) {
        return codec.findUnencodable(value).map(Unencodable::reason).orElse("");
    }

    @Test
    void bytesCannotMakeObjectsOfOtherClasses() {
        byte[] bytes = codec.encode(new Vehicle("name"));
        byte[] hook = rename(bytes, "$Vehicle", "$Machine");
        assertThatThrownBy(() -> ValueCodec.of(getClass().getClassLoader(), name -> !name.endsWith("Vehicle"))
                .decode(bytes)).hasMessageContaining("which is not allowed here");
        assertThatThrownBy(() -> ValueCodec.of(getClass().getClassLoader(), _ -> true).decode(hook))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA));
    }

    private static byte[] rename(byte[] bytes, String from, String to) {
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).replace(from, to);
        return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @Test
    void damagedObjectsAreATypedError() {
        Taxi taxi = new Taxi("yellow", 2.5);
        taxi.fares.add(7L);
        byte[] bytes = codec.encode(List.of(taxi, new Vehicle("x"), anonymous(taxi)));
        Random random = new Random(5);
        for (int i = 0; i < bytes.length; i++) {
            for (byte flip : new byte[] {1, (byte) 0x80, (byte) (1 + random.nextInt(255))}) {
                byte[] damaged = bytes.clone();
                damaged[i] ^= flip;
                decodeOrTypedError(damaged);
            }
            decodeOrTypedError(Arrays.copyOf(bytes, i));
        }
    }

    private void decodeOrTypedError(byte[] bytes) {
        try {
            codec.decode(bytes);
        } catch (LazuliException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.DATA);
        }
    }
}
