package io.lazuli.dataframe.internal.column;

import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// What decides how a kernel's loop runs: how many rows, how many of them null, and where in a longer column they stand.
/// Values follow from the seed.
///
/// @param offset the row of a longer column that is row 0 here
public record Shape(int length, double nullDensity, int offset, long seed) {
    private static final String[] TEXTS = {
        "", "a", "b", "abcd", "abce", "abcdefgh", "abcdefghijkl", "abcdefghijkm", "abcdefghijklm", "abcdefghijkln",
        "abcdefghijklmnopqrstuvwxyz", "abcd ends otherwise and is long", "Zoë", "zürich", "ΑΣ", "straße", "日本語のテキスト",
        "😀",
        "  padded\t", " \n ", "abc\0", "an even longer text with Ünïcode in it  ", "ABCDEFGHIJKLMNOP{[`@",
        "éééééééééééééééé"
    };
    private static final int[] INTS = {0, 1, -1, 7, -7, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 16, 46341};
    private static final long[] LONGS = {
        0, 1, -1, 10, -10, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 31, -(1L << 31), (1L << 31) - 1, 3037000500L, 1L << 53
    };
    private static final double[] DOUBLES = {
        0.0, -0.0, 1.0, -1.5, 0.1, 2.5, 1e300, -1e300, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY, 2147483647.5, -2147483648.5, 0x1p63, -0x1p63
    };

    public static Arbitrary<Shape> any() {
        return Combinators.combine(
                Arbitraries.of(0, 1, 63, 64, 65, 1000),
                Arbitraries.of(0.0, 0.5, 1.0),
                Arbitraries.of(0, 1, 13, 64, 127),
                Arbitraries.longs())
                .as(Shape::new);
    }

    /// Values of a column; `number` tells columns of one test apart. Extremes of the type are frequent.
    public List<Object> values(DataType type, int number) {
        Random random = new Random(seed + number * 31L);
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < length; row++) {
            values.add(random.nextDouble() < nullDensity ? null : value(type, random));
        }
        return values;
    }

    /// One value that is not null.
    public Object value(DataType type, int number) {
        return value(type, new Random(seed ^ number * 31L));
    }

    public Column column(TestColumns columns, DataType type, List<?> values) {
        return columns.sliced(offset, type, values);
    }

    private static Object value(DataType type, Random random) {
        boolean special = random.nextInt(3) == 0;
        return switch (Kind.of(type)) {
            case BOOL -> random.nextBoolean();
            case INT -> special ? (Object) INTS[random.nextInt(INTS.length)] : (Object) (random.nextInt(2000) - 1000);
            case LONG ->
                special ? (Object) LONGS[random.nextInt(LONGS.length)] : (Object) (random.nextInt(2000) - 1000L);
            case DOUBLE -> special ? (Object) DOUBLES[random.nextInt(DOUBLES.length)] : (Object) random.nextGaussian();
            case UTF8 -> special ? text(random) : TEXTS[random.nextInt(TEXTS.length)];
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(30); left > 0; left--) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }
}
