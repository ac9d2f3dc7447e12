package io.lazuli.dataframe.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class Lz4BlockTest {
    @Property(tries = 300)
    void decompressesWhatTheFormatDescribes(
            @ForAll @StringLength(min = 1, max = 800) @CharRange(from = 'a', to = 'c') String text) throws IOException {
        byte[] plain = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(decompress(compress(plain), plain.length)).isEqualTo(plain);
    }

    @Test
    void refusesBlocksThatReachOutside() {
        byte[] plain = "abcabcabcabcabcabc".repeat(20).getBytes(StandardCharsets.US_ASCII);
        byte[] block = compress(plain);
        for (int length = 1; length < block.length; length++) {
            byte[] cut = Arrays.copyOf(block, length);
            assertThatThrownBy(() -> decompress(cut, plain.length)).isInstanceOfAny(IOException.class,
                    AssertionError.class);
        }
        assertThatThrownBy(() -> decompress(block, plain.length - 1)).hasMessageStartingWith("an LZ4 block");
        assertThatThrownBy(() -> decompress(new byte[] {0x10, 'a', 2, 0}, 10))
                .hasMessage("an LZ4 block copies from outside of its page");
    }

    private static byte[] decompress(byte[] block, int plainSize) throws IOException {
        byte[] plain = new byte[plainSize];
        long size = Lz4Block.decompress(MemorySegment.ofArray(block), block.length, MemorySegment.ofArray(plain),
                plainSize);
        assertThat(size).isEqualTo(plainSize);
        return plain;
    }

    /// Greedy and slow: copies the nearest match of at least four bytes.
    private static byte[] compress(byte[] plain) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        int literals = 0;
        int at = 0;
        while (at < plain.length) {
            int offset = nearest(plain, at);
            int count = offset == 0 ? 0 : matching(plain, at, offset);
            if (count < 4 || at + count == plain.length) {
                at++;
                continue;
            }
            sequence(block, plain, literals, at, offset, count);
            at += count;
            literals = at;
        }
        sequence(block, plain, literals, plain.length, 0, 4);
        return block.toByteArray();
    }

    private static int nearest(byte[] plain, int at) {
        for (int offset = 1; offset <= at; offset++) {
            if (matching(plain, at, offset) >= 4) {
                return offset;
            }
        }
        return 0;
    }

    private static int matching(byte[] plain, int at, int offset) {
        int count = 0;
        while (at + count < plain.length && plain[at + count] == plain[at + count - offset]) {
            count++;
        }
        return count;
    }

    private static void sequence(ByteArrayOutputStream block, byte[] plain, int start, int end, int offset, int count) {
        block.write(Math.min(15, end - start) << 4 | Math.min(15, count - 4));
        length(block, end - start);
        block.write(plain, start, end - start);
        if (offset > 0) {
            block.write(offset);
            block.write(offset >>> 8);
            length(block, count - 4);
        }
    }

    private static void length(ByteArrayOutputStream block, int length) {
        if (length >= 15) {
            int rest = length - 15;
            for (; rest >= 255; rest -= 255) {
                block.write(255);
            }
            block.write(rest);
        }
    }
}
