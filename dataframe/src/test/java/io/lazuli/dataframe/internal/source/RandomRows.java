package io.lazuli.dataframe.internal.source;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Rows with values of every type: ordinary ones, the ends of their ranges, and nulls.
public final class RandomRows {
    public static final Schema SCHEMA = Schema.of(
            new Field("bool", DataType.BOOL),
            new Field("int", DataType.INT),
            new Field("long", DataType.LONG),
            new Field("double", DataType.FLOAT64),
            new Field("text", DataType.UTF8),
            new Field("date", DataType.DATE),
            new Field("time", DataType.TIMESTAMP));

    private static final long LEAST_MICROS = -62_135_596_800_000_000L;
    private static final long GREATEST_MICROS = 253_402_300_799_999_999L;
    private static final String[] TEXTS = {
        "", "a", "twelve bytes", "thirteen byte", "żółć i jaźń", "a text that is a good deal longer than any view 🙂",
        "say \"hi\", twice", "two\nlines", "cr\r\nlf"
    };

    private RandomRows() {}

    /// @param nullShare share of nulls in every column
    public static List<List<Object>> of(int rowCount, double nullShare, long seed) {
        Random random = new Random(seed);
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < rowCount; row++) {
            List<Object> values = new ArrayList<>();
            for (Field field : SCHEMA.fields()) {
                values.add(random.nextDouble() < nullShare ? null : value((DataType.Simple) field.type(), random));
            }
            rows.add(values);
        }
        return rows;
    }

    private static Object value(DataType.Simple type, Random random) {
        boolean isOdd = random.nextInt(20) == 0;
        return switch (type) {
            case BOOL -> random.nextBoolean();
            case INT -> isOdd ? pick(random, Integer.MIN_VALUE, Integer.MAX_VALUE, 0) : random.nextInt(1000);
            case LONG -> isOdd ? pick(random, Long.MIN_VALUE, Long.MAX_VALUE, -1L) : random.nextLong();
            case FLOAT64 ->
                isOdd
                        ? pick(random, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, -0.0, Double.MAX_VALUE)
                        : random.nextGaussian();
            case UTF8 -> isOdd ? "text number " + random.nextInt() : pick(random, (Object[]) TEXTS);
            case DURATION -> random.nextLong();
            case BINARY -> pick(random, (Object[]) TEXTS);
            case DATE -> random.nextInt(-719_162, 2_932_896);
            case TIMESTAMP -> random.nextLong(LEAST_MICROS, GREATEST_MICROS);
        };
    }

    private static Object pick(Random random, Object... values) {
        return values[random.nextInt(values.length)];
    }
}
