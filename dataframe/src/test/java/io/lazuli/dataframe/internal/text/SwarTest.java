package io.lazuli.dataframe.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

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
