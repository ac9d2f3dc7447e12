package io.lazuli.dataframe.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.Bits;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;

class RunDecoderTest {
    @Property(tries = 300)
    void decodesWhatParquetJavaEncodes(
            @ForAll @IntRange(max = 32) int width, @ForAll @IntRange(min = 1, max = 5000) int count, @ForAll long seed)
            throws IOException {
        int[] values = values(width, count, seed);
        byte[] encoded = encode(width, values);
        try (Arena arena = Arena.ofConfined()) {
            RunDecoder decoder = start(arena, encoded, width);
            int[] piece = new int[4096];
            Random random = new Random(seed);
            for (int done = 0; done < count; ) {
                int length = Math.min(count - done, 1 + random.nextInt(1500));
                decoder.readInts(piece, length);
                for (int i = 0; i < length; i++) {
                    assertThat(piece[i]).isEqualTo(values[done + i]);
                }
                done += length;
            }
        }
    }

    @Property(tries = 300)
    void decodesBitsToAnyPlace(@ForAll @IntRange(min = 1, max = 3000) int count, @ForAll long seed) throws IOException {
        int[] values = values(1, count, seed);
        try (Arena arena = Arena.ofConfined()) {
            RunDecoder decoder = start(arena, encode(1, values), 1);
            MemorySegment bits = arena.allocate(Bits.byteSize(count));
            Random random = new Random(seed);
            int expected = 0;
            for (int done = 0; done < count; ) {
                int length = Math.min(count - done, 1 + random.nextInt(300));
                decoder.readBits(bits, done, length);
                int set = 0;
                for (int i = done; i < done + length; i++) {
                    set += values[i];
                    assertThat(Bits.get(bits, i)).isEqualTo(values[i] == 1);
                }
                assertThat(BitRanges.count(bits, done, length)).isEqualTo(set);
                expected += set;
                done += length;
            }
            assertThat(Bits.count(bits, count)).isEqualTo(expected);
        }
    }

    @Test
    void endsWithAnErrorWhereValuesAreMissing() {
        try (Arena arena = Arena.ofConfined()) {
            RunDecoder decoder = start(arena, new byte[] {2 << 1, 7}, 8);
            int[] out = new int[3];
            assertThatThrownBy(() -> decoder.readInts(out, 3))
                    .hasMessage("a page has fewer values than its header says");
        }
    }

    /// Runs of one value and runs of any values.
    private static int[] values(int width, int count, long seed) {
        Random random = new Random(seed);
        int mask = (int) ((1L << width) - 1);
        int[] values = new int[count];
        int repeated = 0;
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (left-- == 0) {
                left = random.nextInt(100);
                repeated = random.nextBoolean() ? random.nextInt() & mask : -1;
            }
            values[i] = repeated == -1 ? random.nextInt() & mask : repeated;
        }
        return values;
    }

    private static byte[] encode(int width, int[] values) throws IOException {
        try (var encoder =
                new RunLengthBitPackingHybridEncoder(width, 64, 1 << 20, HeapByteBufferAllocator.getInstance())) {
            for (int value : values) {
                encoder.writeInt(value);
            }
            return encoder.toBytes().toByteArray();
        }
    }

    private static RunDecoder start(Arena arena, byte[] encoded, int width) {
        MemorySegment bytes = arena.allocate(encoded.length + (long) ChunkBytes.PADDING);
        MemorySegment.copy(encoded, 0, bytes, ValueLayout.JAVA_BYTE, 0, encoded.length);
        RunDecoder decoder = new RunDecoder();
        decoder.start(bytes, 0, encoded.length, width);
        return decoder;
    }
}
