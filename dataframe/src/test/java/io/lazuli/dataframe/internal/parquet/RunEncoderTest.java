package io.lazuli.dataframe.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RunEncoderTest {
    @Property(tries = 300)
    void decodesToWhatWasEncoded_inNoMoreBytesThanSaid(
            @ForAll @IntRange(max = 31) int width, @ForAll @IntRange(min = 1, max = 4000) int count,
            @ForAll long seed) {
        int[] values = runs(new Random(seed), width, count);
        try (Arena arena = Arena.ofConfined()) {
            long most = RunEncoder.mostBytes(count, width);
            MemorySegment bytes = arena.allocate(most);
            long end = RunEncoder.encode(values, count, width, bytes, 0);
            assertThat(end).isLessThanOrEqualTo(most);
            RunDecoder decoder = new RunDecoder();
            decoder.start(bytes, 0, end, width);
            int[] decoded = new int[count];
            decoder.readInts(decoded, count);
            assertThat(decoded).isEqualTo(values);
        }
    }

    @Test
    void equalValuesTakeAFewBytes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(RunEncoder.mostBytes(4096, 10));
            assertThat(RunEncoder.encode(new int[4096], 4096, 10, bytes, 0)).isEqualTo(4);
        }
    }

    @Property(tries = 100)
    void bitsBehindTheLastOneAreZeros(@ForAll @IntRange(min = 1, max = 100) int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ones = arena.allocate(16);
            ones.fill((byte) -1);
            MemorySegment bytes = arena.allocate(32);
            long end = RunEncoder.encodeBits(ones, 0, count, bytes, 0);
            int set = 0;
            for (long at = 1; at < end; at++) {
                set += Integer.bitCount(bytes.get(Layouts.BYTE, at) & 0xFF);
            }
            assertThat(set).isEqualTo(count);
        }
    }

    /// Runs of lengths around the eight from which on they are worth it.
    private static int[] runs(Random random, int width, int count) {
        int[] values = new int[count];
        for (int i = 0; i < count;) {
            int value = width == 0 ? 0 : random.nextInt() >>> 32 - width;
            for (int left = 1 + random.nextInt(20); left > 0 && i < count; left--) {
                values[i++] = value;
            }
        }
        return values;
    }
}
