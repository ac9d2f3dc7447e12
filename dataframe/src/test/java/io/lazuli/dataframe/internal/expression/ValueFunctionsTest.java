package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Evaluations.checkRows;
import static io.lazuli.dataframe.internal.expression.Evaluations.input;
import static io.lazuli.dataframe.internal.expression.Evaluations.literal;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Shape;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.type.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Functions of any type against java.util's sets, maps and comparators.
class ValueFunctionsTest {
    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    @Provide
    Arbitrary<DataType> types() {
        return Arbitraries.of(DataType.INT, DataType.LONG, DataType.FLOAT64, DataType.UTF8, DataType.DATE,
                DataType.TIMESTAMP, DataType.DURATION, DataType.decimal(18, 2));
    }

    @Property(tries = 200)
    void in_isMembership(
            @ForAll("shapes") Shape shape, @ForAll("types") DataType type,
            @ForAll @IntRange(min = 1, max = 40) int count) {
        List<Object> constants = constants(shape, type, count);
        Set<Object> keys = new LinkedHashSet<>(constants.stream().map(ValueFunctionsTest::key).toList());
        List<BoundExpr> arguments = new ArrayList<>(List.of(input(0, type)));
        constants.forEach(constant -> arguments.add(literal(type, constant)));

        checkRows(shape, List.of(type), List.of(shape.values(type, 0)),
                new Call(ValueFunction.IN, arguments, DataType.BOOL),
                row -> row.get(0) == null ? null : keys.contains(key(row.get(0))));
    }

    @Property(tries = 200)
    void replace_isAMap(
            @ForAll("shapes") Shape shape, @ForAll("types") DataType type,
            @ForAll @IntRange(min = 1, max = 40) int count) {
        List<Object> from = constants(shape, type, count);
        List<Object> to = constants(shape, type, 2 * count).subList(count, 2 * count);
        Map<Object, Object> replacements = new HashMap<>();
        List<BoundExpr> arguments = new ArrayList<>(List.of(input(0, type)));
        for (int i = 0; i < count; i++) {
            replacements.putIfAbsent(key(from.get(i)), to.get(i));
            arguments.addAll(List.of(literal(type, from.get(i)), literal(type, to.get(i))));
        }

        checkRows(shape, List.of(type), List.of(shape.values(type, 0)),
                new Call(ValueFunction.REPLACE, arguments, type),
                row -> row.get(0) == null ? null : replacements.getOrDefault(key(row.get(0)), row.get(0)));
    }

    private static List<Object> constants(Shape shape, DataType type, int count) {
        List<Object> constants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            constants.add(shape.value(type, 1000 + i));
        }
        return constants;
    }

    /// One zero.
    private static Object key(Object value) {
        return value instanceof Double number ? (Object) (number + 0.0) : value;
    }

    @Property(tries = 200)
    void greatestAndLeast_skipNulls(@ForAll("shapes") Shape shape, @ForAll("types") DataType type) {
        List<List<Object>> columns = List.of(shape.values(type, 0), shape.values(type, 1), shape.values(type, 2));
        List<BoundExpr> inputs = List.of(input(0, type), input(1, type), input(2, type));
        Comparator<Object> order = order(type);
        checkRows(shape, List.of(type, type, type), columns, new Call(ValueFunction.GREATEST, inputs, type),
                row -> row.stream().filter(Objects::nonNull).reduce((a, b) -> order.compare(a, b) >= 0 ? a : b)
                        .orElse(null));
        checkRows(shape, List.of(type, type, type), columns, new Call(ValueFunction.LEAST, inputs, type),
                row -> row.stream().filter(Objects::nonNull).reduce((a, b) -> order.compare(a, b) <= 0 ? a : b)
                        .orElse(null));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Comparator<Object> order(DataType type) {
        return switch (Kind.of(type)) {
            case UTF8 -> (a, b) -> Arrays.compareUnsigned(((String) a).getBytes(StandardCharsets.UTF_8),
                    ((String) b).getBytes(StandardCharsets.UTF_8));
            case DOUBLE -> (a, b) -> Double.compare((double) a + 0.0, (double) b + 0.0);
            case BOOL, INT, LONG -> (a, b) -> ((Comparable) a).compareTo(b);
        };
    }

    @Property(tries = 100)
    void hash_dependsOnValuesOnly(@ForAll("shapes") Shape shape, @ForAll("types") DataType type) {
        List<Object> values = shape.values(type, 0);
        BoundExpr hash = new Call(ValueFunction.HASH, List.of(input(0, type)), DataType.LONG);
        List<Object> hashes = Evaluations.evaluate(hash, List.of(type), List.of(values));
        Map<Object, Object> byValue = new HashMap<>();
        for (int row = 0; row < values.size(); row++) {
            Object known = byValue.putIfAbsent(key(values.get(row)), hashes.get(row));
            assertThat(known == null || known.equals(hashes.get(row))).isTrue();
        }
        assertThat(Set.copyOf(byValue.values())).hasSameSizeAs(byValue.keySet());
    }

    @Test
    void hash_isTheSameForEver() {
        BoundExpr hash =
                new Call(ValueFunction.HASH, List.of(input(0, DataType.UTF8), input(1, DataType.INT)), DataType.LONG);
        BoundExpr wide =
                new Call(ValueFunction.HASH, List.of(input(0, DataType.UTF8), input(1, DataType.LONG)), DataType.LONG);
        List<Object> texts = Arrays.asList("", "a text longer than a view", null);

        List<Object> hashes = Evaluations.evaluate(hash, List.of(DataType.UTF8, DataType.INT),
                List.of(texts, Arrays.asList(1, null, -7)));

        assertThat(hashes).isEqualTo(Evaluations.evaluate(wide, List.of(DataType.UTF8, DataType.LONG),
                List.of(texts, Arrays.asList(1L, null, -7L))));
        assertThat(hashes).containsExactly(HASHES);
    }

    private static final Object[] HASHES = {-6896012667771126294L, 6376212472267547388L, 6198262223130495491L};

    @Property(tries = 100)
    void tryCast_givesNullForWhatDoesNotFit(@ForAll("shapes") Shape shape) {
        checkTry(shape, DataType.LONG, DataType.INT, v -> Math.toIntExact((long) v));
        checkTry(shape, DataType.FLOAT64, DataType.LONG,
                v -> new BigDecimal((double) v).toBigInteger().longValueExact());
        checkTry(shape, DataType.FLOAT64, DataType.INT, v -> new BigDecimal((double) v).toBigInteger().intValueExact());
        checkTry(shape, DataType.INT, DataType.LONG, v -> (long) (int) v);
        checkTry(shape, DataType.DATE, DataType.TIMESTAMP, v -> Math.multiplyExact((long) (int) v, 86_400_000_000L));
    }

    private static void checkTry(Shape shape, DataType from, DataType to,
            java.util.function.UnaryOperator<Object> exact) {
        checkRows(shape, List.of(from), List.of(shape.values(from, 0)),
                new Call(ValueFunction.TRY_CAST, List.of(input(0, from)), to), row -> {
                    try {
                        return row.get(0) == null ? null : exact.apply(row.get(0));
                    } catch (ArithmeticException | NumberFormatException e) {
                        return null;
                    }
                });
    }

    @Test
    void tryCast_ofTexts() {
        List<Object> texts = Arrays.asList("1", "x", null, "2.5", "-7", "");
        assertThat(tryCast(texts, DataType.UTF8, DataType.LONG)).containsExactly(1L, null, null, null, -7L, null);
        assertThat(tryCast(texts, DataType.UTF8, DataType.FLOAT64)).containsExactly(1.0, null, null, 2.5, -7.0, null);
        assertThat(tryCast(List.of("true", "yes"), DataType.UTF8, DataType.BOOL)).containsExactly(true, null);
        assertThat(tryCast(List.of("2026-02-29", "1970-01-02"), DataType.UTF8, DataType.DATE)).containsExactly(null, 1);
        assertThat(tryCast(List.of("PT1S", "1s"), DataType.UTF8, DataType.DURATION)).containsExactly(1_000_000L, null);
    }

    private static List<Object> tryCast(List<Object> values, DataType from, DataType to) {
        return Evaluations.evaluate(new Call(ValueFunction.TRY_CAST, List.of(input(0, from)), to), List.of(from),
                List.of(values));
    }
}
