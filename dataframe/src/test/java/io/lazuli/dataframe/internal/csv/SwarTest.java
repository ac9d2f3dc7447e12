package io.lazuli.dataframe.internal.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.io.CsvReadOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class SwarTest {
    @Property
    void matchesTellEveryByte(@ForAll @Size(8) byte[] bytes, @ForAll byte wanted, @ForAll byte other,
            @ForAll byte shift) {
        long word = 0;
        for (int i = 0; i < 8; i++) {
            // Bytes near the wanted one are where inexact forms go wrong.
            byte value = (byte) ((shift >>> i & 1) != 0 ? wanted + bytes[i] % 2 : bytes[i]);
            word |= (value & 0xFFL) << 8 * i;
        }
        long match = Swar.match(word, Swar.repeat(wanted));
        long either = Swar.matchEither(word, Swar.repeat(wanted), Swar.repeat(other));
        boolean any = (Swar.anyMatch(word, Swar.repeat(wanted)) & Swar.HIGH_BITS) != 0;
        for (int i = 0; i < 8; i++) {
            byte value = (byte) (word >>> 8 * i);
            assertThat(match >>> 8 * i & 0xFF).isEqualTo(value == wanted ? 0x80 : 0);
            assertThat(either >>> 8 * i & 0xFF).isEqualTo(value == wanted || value == other ? 0x80 : 0);
        }
        assertThat(any).isEqualTo(match != 0);
    }

    @Property
    void transposedExchangesRowsAndColumns(@ForAll long matrix, @ForAll @IntRange(max = 7) int i,
            @ForAll @IntRange(max = 7) int j) {
        assertThat(Swar.transposed(matrix) >>> 8 * j + i & 1).isEqualTo(matrix >>> 8 * i + j & 1);
    }

    @Property
    void separatorsAreFoundWhereTheyAre(
            @ForAll @StringLength(max = 300) @CharRange(from = '*', to = '.') String text,
            @ForAll @IntRange(max = 20) int from) {
        byte[] bytes = text.replace('.', '\n').getBytes(StandardCharsets.US_ASCII);
        int start = Math.min(from, bytes.length);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(bytes.length + (long) Separators.PADDING);
            segment.fill((byte) ',');
            MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
            Separators separators = new Separators(CsvDialect.of(CsvReadOptions.DEFAULTS));
            int count = separators.find(segment, start, bytes.length, true);
            int[] expected =
                    IntStream.range(start, bytes.length).filter(i -> bytes[i] == ',' || bytes[i] == '\n').toArray();
            assertThat(Arrays.copyOf(separators.places(), count)).isEqualTo(expected);
        }
    }

    @Property
    void numbersAreThoseOfTheirDigits(
            @ForAll @IntRange(max = 99_999_999) int number, @ForAll @IntRange(min = 1, max = 8) int count,
            @ForAll long rest) {
        String digits = "%08d".formatted(number).substring(8 - count);
        long word = count == 8 ? 0 : rest << 8 * count;
        for (int i = 0; i < count; i++) {
            word |= (long) digits.charAt(i) << 8 * i;
        }
        long found = Swar.digits(word, count);
        assertThat(Swar.areDigits(found)).isTrue();
        assertThat(Swar.number(found)).isEqualTo(Long.parseLong(digits));
        assertThat(Swar.areDigits(Swar.digits(word + 10, count))).isFalse();
    }
}
