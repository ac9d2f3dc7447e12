package io.lazuli.dataframe.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The parsers of numbers and dates against those of Java.
class NumbersTest {
    private interface Parser<T> {
        T parse(MemorySegment bytes, long start, int length);
    }

    /// Parses a text that stands between others.
    private static <T> T parse(String text, Parser<T> parser) {
        byte[] bytes = ("5." + text + ".5" + "\0".repeat(16)).getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(bytes.length);
            MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
            return parser.parse(segment, 2, text.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    private static Object orError(String text, Parser<Object> parser) {
        try {
            return parse(text, parser);
        } catch (NumberFormatException e) {
            return "error";
        }
    }

    @Property
    void integersAreThoseOfJava(@ForAll long value) {
        for (int shift : new int[] {0, 7, 20, 37, 50, 63}) {
            String text = Long.toString(value >> shift);
            long common = parse(text, Numbers::common);
            long parsed = common == Numbers.UNCOMMON ? parse(text, Numbers::integer) : common;
            assertThat(parsed).isEqualTo(value >> shift);
            assertThat(common == Numbers.UNCOMMON).isEqualTo(text.replace("-", "").length() > 18);
        }
    }

    @Property
    void onlyDigitsAreCommonIntegers(@ForAll("almostNumbers") String text) {
        long common = parse(text, Numbers::common);
        if (text.matches("[+-]?[0-9]{1,18}")) {
            assertThat(common).isEqualTo(Long.parseLong(text));
        } else {
            assertThat(common).isEqualTo(Numbers.UNCOMMON);
        }
    }

    @Property
    void doublesAreThoseOfJava(@ForAll double value) {
        String text = Double.toString(value);
        assertThat(parse(text, Numbers::decimal)).isEqualTo(value);
        double common = parse(text, Numbers::commonDecimal);
        if (!Double.isNaN(common)) {
            assertThat(common).isEqualTo(value);
        }
    }

    @Property
    void shortDecimalsAreCommonAndRoundedOnce(
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999L) long digits,
            @ForAll @IntRange(min = 1, max = 8) int places) {
        String all = "%015d".formatted(digits);
        String text = all.substring(Math.max(0, 15 - places - 7), 15 - places) + "." + all.substring(15 - places);
        assertThat(parse(text, Numbers::commonDecimal)).isEqualTo(Double.parseDouble(text));
        assertThat(parse("-" + text, Numbers::commonDecimal)).isEqualTo(-Double.parseDouble(text));
    }

    @Property
    void decimalsAreWhatTheGrammarSays(@ForAll("almostNumbers") String text) {
        boolean isNumber = text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
        Object expected = isNumber ? (Object) Double.parseDouble(text) : "error";
        assertThat(orError(text, Numbers::decimal)).isEqualTo(expected);
        double common = parse(text, Numbers::commonDecimal);
        if (!Double.isNaN(common)) {
            assertThat((Object) common).isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<String> almostNumbers() {
        return Arbitraries.strings().withChars("0123456789").withChars("+-.eE,/:x").ofMinLength(1).ofMaxLength(24);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.5f", "0x10", "0x1p3", "1d", "", "-", "+", ".", "e5", "1e", "1e+", "1 2", "infinit", "--1"})
    void whatJavaTakesButCsvDoesNotIsNoNumber(String text) {
        assertThat(orError(text, Numbers::decimal)).isEqualTo("error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "NaN", "Infinity", "-inf", "+INF", " 12.5 ", "5.", ".5", "1e-400", "1E309",
        "123456789012345678901234567890"})
    void otherFormsOfDecimals(String text) {
        String java = text.strip().replaceAll("(?i)^([+-]?)inf(inity)?$", "$1Infinity").replaceAll("(?i)^nan$", "NaN");
        assertThat(parse(text, Numbers::decimal)).isEqualTo((Object) Double.parseDouble(java));
    }

    @Property
    void datesAreThoseOfJava(@ForAll @IntRange(min = -719_528, max = 2_932_896) int day) {
        assertThat(parse(LocalDate.ofEpochDay(day).toString(), Dates::days)).isEqualTo(day);
    }

    @Property
    void timestampsAreThoseOfJava(
            @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long second,
            @ForAll @IntRange(max = 999_999) int micros,
            @ForAll @IntRange(max = 6) int places) {
        String fraction = places == 0 ? "" : "." + "%06d".formatted(micros).substring(0, places);
        long expected = places == 0 ? 0 : Long.parseLong((fraction.substring(1) + "000000").substring(0, 6));
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        String text = time.toLocalDate()
                + "T%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond()) + fraction;
        assertThat(parse(text, Dates::micros)).isEqualTo(second * 1_000_000 + expected);
        assertThat(parse(text.replace('T', ' '), Dates::micros)).isEqualTo(second * 1_000_000 + expected);
        assertThat(parse(text.substring(0, 10), Dates::micros))
                .isEqualTo(Math.floorDiv(second, 86_400) * 86_400_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-04-31", "2024-1-1",
                "2024/01/01", "20240101",
                "2024-01-01 24:00:00", "2024-01-01 00:60:00", "2024-01-01 00:00:60", "2024-01-01 00:00",
                "2024-01-01x00:00:00",
                "2024-01-01 00:00:00.", "2024-01-01 00:00:00.1234567", "2024-01-01 00:00:00,5", "2024-01-01 0a:00:00",
                "", "-024-01-01"
            })
    void noDates(String text) {
        assertThat(parse(text, Dates::days)).isEqualTo(Dates.INVALID);
        assertThat(parse(text, Dates::micros)).isEqualTo(Dates.INVALID);
    }
}
