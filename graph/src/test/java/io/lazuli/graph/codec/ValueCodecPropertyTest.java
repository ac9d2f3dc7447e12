package io.lazuli.graph.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class ValueCodecPropertyTest {
    enum Color {
        RED,
        GREEN
    }

    record Leaf(int number, String text) {}

    record Tree(Object left, Object right) {}

    interface Call extends Serializable {
        Object call();
    }

    /// Refuses negative numbers, with an error of another kind than that of damaged bytes.
    record Counter(int start) implements Portable {
        record Parts(int start) implements Form {
            @Override
            public Object restore() {
                if (start < 0) {
                    throw new LazuliException(ErrorCode.USER, "a counter of " + start);
                }
                return new Counter(start);
            }
        }

        @Override
        public Form form() {
            return new Parts(start);
        }
    }

    private final ValueCodec codec = ValueCodec.create();

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void valuesComeBackEqual(@ForAll("values") Object value) {
        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void encodingIsStable(@ForAll("values") Object value) {
        byte[] bytes = codec.encode(value);
        assertThat(codec.encode(codec.decode(bytes))).hasSameSizeAs(bytes);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void everyTruncationIsATypedError(@ForAll("anything") Object value) {
        byte[] bytes = codec.encode(value);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(decodes(Arrays.copyOf(bytes, length))).as("the first %d of %d bytes", length, bytes.length)
                    .isFalse();
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void everyFlippedByteGivesAValueOrATypedError(@ForAll("anything") Object value, @ForAll Random random) {
        byte[] bytes = codec.encode(value);
        for (int i = 0; i < bytes.length; i++) {
            for (byte flip : new byte[] {1, (byte) 0x80, (byte) (1 + random.nextInt(255))}) {
                byte[] damaged = bytes.clone();
                damaged[i] ^= flip;
                decodes(damaged);
            }
        }
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void noiseGivesAValueOrATypedError(@ForAll byte[] noise) {
        codec.encode(List.of(new Leaf(1, "a"), Color.RED));
        byte[] versioned = new byte[noise.length + 1];
        versioned[0] = 1;
        System.arraycopy(noise, 0, versioned, 1, noise.length);
        decodes(versioned);
    }

    /// Fails the test for whatever else than a value or the typed error.
    private boolean decodes(byte[] bytes) {
        try {
            codec.decode(bytes);
            return true;
        } catch (LazuliException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.DATA);
            return false;
        }
    }

    /// Values and, which equal nothing that is read, lambdas with what they capture.
    @Provide
    Arbitrary<Object> anything() {
        return Arbitraries.oneOf(
                values(),
                Arbitraries.integers().between(0, 99).map(Counter::new),
                Arbitraries.of(int.class, Tree.class, Tree[][].class),
                values().map(ValueCodecPropertyTest::capturing));
    }

    private static Object capturing(@Nullable Object value) {
        int number = 7;
        Call inner = () -> number;
        Call outer = () -> List.of(inner.call(), String.valueOf(value));
        return outer;
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(5).map(text -> text),
                Arbitraries.strings().all().ofMaxLength(300).map(text -> text),
                Arbitraries.integers().map(number -> number),
                Arbitraries.longs().map(number -> number),
                Arbitraries.doubles().map(number -> number),
                Arbitraries.of(true, false, 'a', (byte) 1, (short) 1, 1.5f, Color.RED, Color.GREEN, LocalDate.EPOCH,
                        Instant.MAX,
                        BigDecimal.TEN, Optional.empty()),
                Arbitraries.just(null));
        return Arbitraries.recursive(() -> leaf, inner -> Arbitraries.oneOf(
                inner.list().ofMaxSize(5).map(ArrayList::new),
                inner.list().ofMaxSize(5).map(list -> list),
                inner.set().ofMaxSize(5).map(HashSet::new),
                Arbitraries.maps(inner, inner).ofMaxSize(4).map(HashMap::new),
                Arbitraries.maps(Arbitraries.integers(), inner).ofMaxSize(4).map(TreeMap::new),
                Arbitraries.maps(Arbitraries.strings().ofMaxLength(3), inner).ofMaxSize(4).map(LinkedHashMap::new),
                inner.map(Optional::ofNullable),
                inner.list().ofSize(2).map(two -> new Tree(two.get(0), two.get(1))),
                Arbitraries.integers().map(number -> new Leaf(number, "leaf " + number))), 0, 4);
    }
}
