package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Random rows with the values that operators get wrong: nulls, NaN, both zeros, infinities, extreme integers, empty, short
/// and long texts that share beginnings.
final class RandomTables {
    static final List<DataType> ALL_TYPES = List.of(
            DataType.BOOL, DataType.INT, DataType.LONG, DataType.FLOAT64, DataType.UTF8, DataType.DATE,
            DataType.TIMESTAMP, DataType.DURATION, DataType.BINARY, DataType.decimal(18, 3));

    private final Random random;
    /// About how many different values a column has.
    private final int cardinality;
    private final double nullShare;

    RandomTables(long seed, int cardinality, double nullShare) {
        this.random = new Random(seed);
        this.cardinality = cardinality;
        this.nullShare = nullShare;
    }

    Random random() {
        return random;
    }

    List<List<Object>> rows(List<DataType> types, int rowCount) {
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < rowCount; row++) {
            rows.add(Arrays.asList(types.stream().map(this::value).toArray()));
        }
        return rows;
    }

    private Object value(DataType type) {
        if (random.nextDouble() < nullShare) {
            return null;
        }
        int number = random.nextInt(cardinality);
        return type instanceof DataType.Decimal ? decimal(number) : simple((DataType.Simple) type, number);
    }

    private Object decimal(int number) {
        return number == 0 ? -999_999_999_999_999_999L : number - cardinality / 2L;
    }

    private Object simple(DataType.Simple type, int number) {
        return switch (type) {
            case BOOL -> number % 2 == 0;
            case INT, DATE ->
                number == 0 ? Integer.MIN_VALUE : number == 1 ? Integer.MAX_VALUE : number - cardinality / 2;
            case LONG, TIMESTAMP, DURATION ->
                number == 0 ? Long.MIN_VALUE : number == 1 ? Long.MAX_VALUE : number - cardinality / 2L;
            case FLOAT64 -> number(number);
            case UTF8, BINARY -> text(number);
        };
    }

    private double number(int number) {
        return switch (number) {
            case 0 -> random.nextBoolean() ? 0.0 : -0.0;
            case 1 -> Double.NaN;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> Double.POSITIVE_INFINITY;
            default -> (number - cardinality / 2) * 0.37;
        };
    }

    private static String text(int number) {
        return switch (number % 5) {
            case 0 -> "";
            case 1 -> "id" + number;
            case 2 -> "id\0" + number;
            case 3 -> "id and more than twelve bytes " + number;
            default -> "größer als zwölf Bytes" + "!".repeat(number % 7);
        };
    }

    /// The value as a key: one zero.
    static Object asKey(Object value) {
        return value instanceof Double number && number == 0 ? (Object) 0.0 : value;
    }

    static List<Object> asKeys(List<Object> values) {
        return values.stream().map(RandomTables::asKey).collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }
}
