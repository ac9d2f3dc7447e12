package io.lazuli.dataframe.internal.source;

import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.kernel.DecimalKernels;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

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

    /// What formats of text can be declared to hold, and all there is.
    public static final Schema DECLARABLE = with(SCHEMA,
            new Field("price", DataType.decimal(9, 2)),
            new Field("share", DataType.decimal(18, 18)),
            new Field("whole", DataType.decimal(18, 0)),
            new Field("length", DataType.DURATION));
    public static final Schema ALL = with(DECLARABLE, new Field("raw", DataType.BINARY));

    private static final long LEAST_MICROS = -62_135_596_800_000_000L;
    private static final long GREATEST_MICROS = 253_402_300_799_999_999L;
    private static final String[] TEXTS = {
        "", "a", "twelve bytes", "thirteen byte", "żółć i jaźń", "a text that is a good deal longer than any view 🙂",
        "say \"hi\", twice", "two\nlines", "cr\r\nlf"
    };

    private RandomRows() {}

    private static Schema with(Schema schema, Field... more) {
        return new Schema(Stream.concat(schema.fields().stream(), Stream.of(more)).toList());
    }

    /// @param nullShare share of nulls in every column
    public static List<List<Object>> of(int rowCount, double nullShare, long seed) {
        return of(SCHEMA, rowCount, nullShare, seed);
    }

    public static List<List<Object>> of(Schema schema, int rowCount, double nullShare, long seed) {
        Random random = new Random(seed);
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < rowCount; row++) {
            List<Object> values = new ArrayList<>();
            for (Field field : schema.fields()) {
                values.add(random.nextDouble() < nullShare ? null : value(field.type(), random));
            }
            rows.add(values);
        }
        return rows;
    }

    private static Object value(DataType type, Random random) {
        return switch (type) {
            case DataType.Simple simple -> value(simple, random);
            case DataType.Decimal(int precision, int ignored) -> decimal(precision, random);
        };
    }

    private static long decimal(int precision, Random random) {
        long greatest = DecimalKernels.power(precision) - 1;
        return switch (random.nextInt(10)) {
            case 0 -> greatest;
            case 1 -> -greatest;
            case 2 -> random.nextLong(-greatest, greatest + 1);
            default -> random.nextLong(Math.max(-greatest, -1000), Math.min(greatest, 1000) + 1);
        };
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
            case DURATION -> isOdd ? pick(random, Long.MIN_VALUE, Long.MAX_VALUE, -1L) : random.nextLong();
            case BINARY -> isOdd ? bytes(random, 1000) : bytes(random, 20);
            case DATE -> random.nextInt(-719_162, 2_932_896);
            case TIMESTAMP -> random.nextLong(LEAST_MICROS, GREATEST_MICROS);
        };
    }

    private static Object bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return TestColumns.bytes(bytes);
    }

    private static Object pick(Random random, Object... values) {
        return values[random.nextInt(values.length)];
    }
}
