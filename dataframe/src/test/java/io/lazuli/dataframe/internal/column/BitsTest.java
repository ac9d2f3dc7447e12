package io.lazuli.dataframe.internal.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitsTest {
    private static final int SIZE = 1024;

    @Property(tries = 2000)
    void copy_fromAnyToAnyPosition_keepsTheBitsAround(
            @ForAll @IntRange(max = 130) int from,
            @ForAll @IntRange(max = 130) int to,
            @ForAll @IntRange(max = 700) int count,
            @ForAll long seed) {
        MemorySegment source = random(seed);
        MemorySegment target = random(~seed);
        BitSet expected = bits(target);
        for (int i = 0; i < count; i++) {
            expected.set(to + i, bits(source).get(from + i));
        }

        Bits.copy(source, from, target, to, count);

        assertThat(bits(target)).isEqualTo(expected);
    }

    @Test
    void copy_atEveryPairOfAlignments_upToTheLastBit() {
        for (int from = 0; from < 64; from++) {
            for (int to = 0; to < 64; to++) {
                int count = SIZE - Math.max(from, to);
                MemorySegment source = random(from);
                MemorySegment target = random(-1 - to);
                BitSet expected = bits(target);
                BitSet sourceBits = bits(source);
                for (int i = 0; i < count; i++) {
                    expected.set(to + i, sourceBits.get(from + i));
                }
                Bits.copy(source, from, target, to, count);
                assertThat(bits(target)).as("from %d to %d", from, to).isEqualTo(expected);
            }
        }
    }

    @Property(tries = 500)
    void setRange_setsNoOther(@ForAll @IntRange(max = 200) int start, @ForAll @IntRange(max = 200) int length,
            @ForAll long seed) {
        MemorySegment target = random(seed);
        BitSet expected = bits(target);
        expected.set(start, start + length);

        Bits.setRange(target, start, start + length);

        assertThat(bits(target)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 128, 1000})
    void count_ignoresBitsBeyondTheLength(int length) {
        MemorySegment source = random(length);

        assertThat(Bits.count(source, length)).isEqualTo(bits(source).get(0, length).cardinality());
        assertThat(Bits.wordCount(length) * 8L).isEqualTo(Bits.byteSize(length));
    }

    @Test
    void mask_coversTheBitsOfAWordWithinTheLength() {
        assertThat(Bits.mask(0, 64)).isEqualTo(-1L);
        assertThat(Bits.mask(0, 1)).isEqualTo(1L);
        assertThat(Bits.mask(1, 67)).isEqualTo(7L);
        assertThat(Bits.mask(1, 200)).isEqualTo(-1L);
    }

    @Test
    void set_changesOneBit() {
        MemorySegment target = random(1);
        BitSet expected = bits(target);
        for (int i = 0; i < 70; i++) {
            boolean value = i % 3 == 0;
            Bits.set(target, i, value);
            expected.set(i, value);
            assertThat(Bits.get(target, i)).isEqualTo(value);
        }
        assertThat(bits(target)).isEqualTo(expected);
    }

    private static MemorySegment random(long seed) {
        byte[] bytes = new byte[SIZE / 8];
        new Random(seed).nextBytes(bytes);
        return MemorySegment.ofArray(bytes);
    }

    private static BitSet bits(MemorySegment segment) {
        return BitSet.valueOf(segment.toArray(Layouts.BYTE));
    }
}
