package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Evaluations.checkBinary;
import static io.lazuli.dataframe.internal.expression.Evaluations.checkUnary;
import static io.lazuli.dataframe.internal.expression.Evaluations.input;
import static io.lazuli.dataframe.internal.expression.Evaluations.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.Shape;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.expression.Evaluations.Operands;
import io.lazuli.dataframe.type.DataType;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CallTest {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    @Property(tries = 200)
    void fieldsOfDates(@ForAll("shapes") Shape shape) {
        checkUnary(shape, DataType.DATE, call(DateFunction.YEAR, DataType.INT), d -> day((int) d).getYear());
        checkUnary(shape, DataType.DATE, call(DateFunction.MONTH, DataType.INT), d -> day((int) d).getMonthValue());
        checkUnary(shape, DataType.DATE, call(DateFunction.DAY, DataType.INT), d -> day((int) d).getDayOfMonth());
        checkUnary(shape, DataType.DATE, call(DateFunction.DAY_OF_WEEK, DataType.INT),
                d -> day((int) d).getDayOfWeek().getValue());
    }

    @Property(tries = 200)
    void fieldsOfTimes(@ForAll("shapes") Shape shape) {
        List<Long> times = shape.values(DataType.TIMESTAMP, 0).stream()
                .map(t -> t == null ? null : (Long) ((long) t * 123_456_789_123L))
                .toList();
        checkUnary(shape, DataType.TIMESTAMP, times, call(DateFunction.YEAR, DataType.INT), t -> dayOf(t).getYear());
        checkUnary(shape, DataType.TIMESTAMP, times, call(DateFunction.MONTH, DataType.INT),
                t -> dayOf(t).getMonthValue());
        checkUnary(shape, DataType.TIMESTAMP, times, call(DateFunction.DAY, DataType.INT),
                t -> dayOf(t).getDayOfMonth());
        checkUnary(shape, DataType.TIMESTAMP, times, call(DateFunction.DAY_OF_WEEK, DataType.INT),
                t -> dayOf(t).getDayOfWeek().getValue());
        checkUnary(shape, DataType.TIMESTAMP, times, call(DateFunction.HOUR, DataType.INT),
                t -> (int) (Math.floorMod((long) t, MICROS_PER_DAY) / 3_600_000_000L));
    }

    @Test
    void everyDayOfFourCenturies_hasItsDate() {
        List<Object> days = IntStream.range(-180_000, 20_000).<Object>mapToObj(d -> d).toList();
        BoundExpr x = input(0, DataType.DATE);
        assertThat(evaluate(call(DateFunction.MONTH, DataType.INT).apply(x), DataType.DATE, days))
                .isEqualTo(days.stream().map(d -> day((int) d).getMonthValue()).toList());
        assertThat(evaluate(call(DateFunction.DAY, DataType.INT).apply(x), DataType.DATE, days))
                .isEqualTo(days.stream().map(d -> day((int) d).getDayOfMonth()).toList());
    }

    @Property(tries = 200)
    void textToText(@ForAll("shapes") Shape shape) {
        checkUnary(shape, DataType.UTF8, call(TextFunction.UPPER, DataType.UTF8),
                s -> ((String) s).toUpperCase(Locale.ROOT));
        checkUnary(shape, DataType.UTF8, call(TextFunction.LOWER, DataType.UTF8),
                s -> ((String) s).toLowerCase(Locale.ROOT));
        checkUnary(shape, DataType.UTF8, call(TextFunction.TRIM, DataType.UTF8),
                s -> ((String) s).replaceAll("^[ \\t-\\r]+|[ \\t-\\r]+$", ""));
    }

    @Property(tries = 200)
    void length_countsCodePoints(@ForAll("shapes") Shape shape) {
        checkUnary(shape, DataType.UTF8, call(TextFunction.LENGTH, DataType.INT),
                s -> ((String) s).codePointCount(0, ((String) s).length()));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void substring_countsCodePoints(
            @ForAll("shapes") Shape shape, @ForAll @IntRange(max = 20) int start,
            @ForAll @IntRange(max = 40) int length) {
        checkUnary(
                shape,
                DataType.UTF8,
                x -> new Call(TextFunction.SUBSTRING,
                        List.of(x, literal(DataType.INT, start), literal(DataType.INT, length)), DataType.UTF8),
                s -> substring((String) s, start, length));
    }

    private static String substring(String text, int start, int length) {
        int[] points = text.codePoints().skip(start).limit(length).toArray();
        return new String(points, 0, points.length);
    }

    @Property(tries = 300)
    void textTests(@ForAll("shapes") Shape shape, @ForAll Operands operands) {
        checkBinary(shape, operands, DataType.UTF8, call2(TextFunction.CONTAINS),
                (x, y) -> ((String) x).contains((String) y));
        checkBinary(shape, operands, DataType.UTF8, call2(TextFunction.STARTS_WITH),
                (x, y) -> ((String) x).startsWith((String) y));
        checkBinary(shape, operands, DataType.UTF8, call2(TextFunction.ENDS_WITH),
                (x, y) -> ((String) x).endsWith((String) y));
    }

    @Test
    void textTests_findPartsOfLongTexts() {
        List<Object> texts =
                List.of("the quick brown fox jumps over", "quick brown", "the quick brown fo", "quick brown fox");
        BoundExpr x = input(0, DataType.UTF8);
        BoundExpr part = literal(DataType.UTF8, "quick brown fox");
        assertThat(evaluate(call2(TextFunction.CONTAINS).apply(x, part), DataType.UTF8, texts)).containsExactly(true,
                false,
                false, true);
        assertThat(evaluate(call2(TextFunction.STARTS_WITH).apply(x, part), DataType.UTF8, texts)).containsExactly(
                false,
                false, false, true);
        assertThat(evaluate(call2(TextFunction.ENDS_WITH).apply(x, part), DataType.UTF8, texts)).containsExactly(false,
                false, false, true);
    }

    @Property(tries = 300)
    void concat(@ForAll("shapes") Shape shape, @ForAll Operands operands) {
        checkBinary(shape, operands, DataType.UTF8,
                (x, y) -> new Call(TextFunction.CONCAT, List.of(x, y), DataType.UTF8),
                (x, y) -> (String) x + y);
    }

    @Property(tries = 200)
    void numbers(@ForAll("shapes") Shape shape) {
        checkUnary(shape, DataType.INT, call(NumberFunction.ABS, DataType.INT), x -> Math.absExact((int) x));
        checkUnary(shape, DataType.LONG, call(NumberFunction.ABS, DataType.LONG), x -> Math.absExact((long) x));
        checkUnary(shape, DataType.FLOAT64, call(NumberFunction.ABS, DataType.FLOAT64), x -> Math.abs((double) x));
        checkUnary(shape, DataType.FLOAT64, call(NumberFunction.ROUND, DataType.FLOAT64), x -> Math.rint((double) x));
        checkUnary(shape, DataType.FLOAT64, call(NumberFunction.FLOOR, DataType.FLOAT64), x -> Math.floor((double) x));
        checkUnary(shape, DataType.FLOAT64, call(NumberFunction.CEIL, DataType.FLOAT64), x -> Math.ceil((double) x));
        checkUnary(shape, DataType.FLOAT64, call(NumberFunction.SQRT, DataType.FLOAT64), x -> Math.sqrt((double) x));
    }

    @Property(tries = 100)
    void abs_ofSmallIntegers(@ForAll("shapes") Shape shape) {
        List<Long> small =
                shape.values(DataType.LONG, 0).stream().map(v -> v == null ? null : (Long) ((long) v % 1000)).toList();
        checkUnary(shape, DataType.LONG, small, call(NumberFunction.ABS, DataType.LONG), x -> Math.abs((long) x));
    }

    @Test
    void abs_ofTheLeastInteger_overflows() {
        BoundExpr abs = call(NumberFunction.ABS, DataType.INT).apply(input(0, DataType.INT));
        assertThatThrownBy(() -> evaluate(abs, DataType.INT, List.of(1, Integer.MIN_VALUE)))
                .hasMessage("Overflow: abs(-2147483648) does not fit INT. Cast an operand to LONG.");
    }

    private static UnaryOperator<BoundExpr> call(ScalarFunction function, DataType type) {
        return operand -> new Call(function, List.of(operand), type);
    }

    private static BinaryOperator<BoundExpr> call2(ScalarFunction function) {
        return (x, y) -> new Call(function, List.of(x, y), DataType.BOOL);
    }

    private static List<Object> evaluate(BoundExpr expression, DataType type, List<Object> values) {
        return Evaluations.evaluate(expression, List.of(type), List.of(values));
    }

    private static LocalDate day(int days) {
        return LocalDate.ofEpochDay(days);
    }

    private static LocalDate dayOf(Object micros) {
        return LocalDate.ofEpochDay(Math.floorDiv((long) micros, MICROS_PER_DAY));
    }
}
