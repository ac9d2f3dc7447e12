package io.lazuli.tests.oracle;

import io.lazuli.dataframe.type.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// What the values of a random column look like. The first of a type is the simplest.
enum Distribution {
    COIN(DataType.BOOL, 1, 1),
    FEW_INTS(DataType.INT, 3, 1),
    SOME_INTS(DataType.INT, 100_000, 1),
    UNIQUE_INTS(DataType.INT, Unique.MODULUS, 1),
    EXTREME_INTS(DataType.INT, 0x1p31, 1),
    FEW_LONGS(DataType.LONG, 3, 1),
    SOME_LONGS(DataType.LONG, 0x1p40, 1),
    UNIQUE_LONGS(DataType.LONG, Unique.MODULUS, 1),
    EXTREME_LONGS(DataType.LONG, 0x1p63, 1),
    EIGHTHS(DataType.FLOAT64, 1 << 13, 0.125),
    DECIMALS(DataType.FLOAT64, 1e9, 0),
    SPECIAL_DOUBLES(DataType.FLOAT64, Double.POSITIVE_INFINITY, 0),
    FEW_DOUBLES(DataType.FLOAT64, Double.POSITIVE_INFINITY, 0),
    WORDS(DataType.UTF8, 0, 0),
    LONG_TEXTS(DataType.UTF8, 0, 0),
    MULTIBYTE_TEXTS(DataType.UTF8, 0, 0),
    AWKWARD_TEXTS(DataType.UTF8, 0, 0),
    NEAR_DATES(DataType.DATE, 0, 0),
    FAR_DATES(DataType.DATE, 0, 0),
    HOURS(DataType.TIMESTAMP, 0, 0),
    FAR_TIMES(DataType.TIMESTAMP, 0, 0),
    SMALL_PRICES(Terms.DECIMAL, 100, 0.01),
    PRICES(Terms.DECIMAL, Terms.DECIMAL_LIMIT, 0.01),
    SHORT_DURATIONS(DataType.DURATION, 5e6, 1),
    LONG_DURATIONS(DataType.DURATION, 1e15, 1),
    SHORT_BYTES(DataType.BINARY, 0, 0),
    LONG_BYTES(DataType.BINARY, 0, 0);

    private static final List<Integer> INTS = List.of(Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1, 1, 65_536);
    private static final List<Long> LONGS =
            List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L, 1L, 1L << 32, Long.MIN_VALUE + 1, (1L << 53) + 1);
    private static final List<Double> DOUBLES = List.of(
            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0, Double.MIN_VALUE,
            Double.MAX_VALUE, -Double.MAX_VALUE, 1.5, -2.5, 0.1, 1e15);
    private static final List<Double> SEVERAL = List.of(0.5, 1.5, -0.0, 0.0, Double.NaN);
    static final List<String> TEXTS = List.of("ash", "beech", "Elm", "", "oak", "a text longer than a view");
    private static final List<String> LETTERS =
            List.of("ä", "É", "ß", "日", "本", "🎉", "x", "Y", " ", "ñ", "Ж", "ж", "e\u0301");
    private static final List<String> AWKWARD = List.of(
            "", " ", "\"", "a,b", "two\nlines", "\"quoted\"", "NULL", "null", "NaN", " blanks ", "\ttab\t", "it's",
            "-1",
            "%", "a\\b", "x\r\ny", "#", "true", "2020-01-01", "end\"");
    private static final int LAST_DAY = (int) LocalDate.of(9999, 12, 31).toEpochDay();
    private static final int FIRST_DAY = (int) LocalDate.of(1, 1, 1).toEpochDay();

    final DataType type;
    final double limit;
    final double grain;

    Distribution(DataType type, double limit, double grain) {
        this.type = type;
        this.limit = limit;
        this.grain = grain;
    }

    private static final class Unique {
        /// A prime beyond the rows of any table.
        static final int MODULUS = 1_000_003;
    }

    static List<Distribution> of(DataType type) {
        return Stream.of(values()).filter(d -> d.type.equals(type)).toList();
    }

    boolean isUnique() {
        return this == UNIQUE_INTS || this == UNIQUE_LONGS;
    }

    /// True if NaN or infinities are among the values.
    boolean hasNan() {
        return this == SPECIAL_DOUBLES || this == FEW_DOUBLES;
    }

    Object value(SplittableRandom random, int row) {
        return switch (this) {
            case COIN -> random.nextBoolean();
            case FEW_INTS -> random.nextInt(-3, 4);
            case SOME_INTS -> random.nextInt(-100_000, 100_001);
            case UNIQUE_INTS -> unique(row);
            case EXTREME_INTS -> oneOf(INTS, random);
            case FEW_LONGS -> random.nextLong(-3, 4);
            case SOME_LONGS -> random.nextLong(-1L << 40, 1L << 40);
            case UNIQUE_LONGS -> (long) unique(row);
            case EXTREME_LONGS -> oneOf(LONGS, random);
            case EIGHTHS -> random.nextInt(-1 << 16, 1 << 16) / 8.0;
            case DECIMALS -> random.nextInt(-1_000_000, 1_000_000) * (random.nextBoolean() ? 0.001 : 1000.1);
            case SPECIAL_DOUBLES -> oneOf(DOUBLES, random);
            case FEW_DOUBLES -> oneOf(SEVERAL, random);
            case WORDS -> oneOf(TEXTS, random);
            case LONG_TEXTS -> "a long text, ".repeat(random.nextInt(1, 20)) + random.nextInt(100);
            case MULTIBYTE_TEXTS -> letters(random);
            case AWKWARD_TEXTS -> oneOf(AWKWARD, random);
            case NEAR_DATES -> LocalDate.EPOCH.plusDays(random.nextInt(-3, 1000));
            case FAR_DATES -> LocalDate.ofEpochDay(random.nextInt(FIRST_DAY, LAST_DAY + 1));
            case HOURS -> LocalDateTime.of(1969, 12, 30, 0, 0).plusHours(random.nextInt(1000));
            case FAR_TIMES -> LocalDate.ofEpochDay(random.nextInt(FIRST_DAY, LAST_DAY + 1))
                    .atStartOfDay()
                    .plusNanos(1000 * random.nextLong(86_400_000_000L));
            case SMALL_PRICES -> BigDecimal.valueOf(random.nextInt(-400, 401) * 25L, 2);
            case PRICES -> BigDecimal.valueOf(random.nextInt(-999_999_999, 1_000_000_000), 2);
            case SHORT_DURATIONS -> Duration.ofMillis(500L * random.nextInt(-10, 11));
            case LONG_DURATIONS -> Duration.of(random.nextLong(-1_000_000_000_000_000L, 1_000_000_000_000_000L),
                    ChronoUnit.MICROS);
            case SHORT_BYTES -> bytes(oneOf(TEXTS, random));
            case LONG_BYTES -> bytes(letters(random) + letters(random));
        };
    }

    private static int unique(int row) {
        return (int) ((row * 7919L + 13) % Unique.MODULUS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String letters(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(9); left > 0; left--) {
            text.append(oneOf(LETTERS, random));
        }
        return text.toString();
    }

    private static <T> T oneOf(List<T> values, SplittableRandom random) {
        return values.get(random.nextInt(values.size()));
    }
}
