package io.lazuli.tests.oracle;

import static io.lazuli.dataframe.Expressions.coalesce;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.nullOf;
import static io.lazuli.dataframe.Expressions.when;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.tests.oracle.Attribute.Trust;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Random expressions over the columns of a query. They never fail: whole numbers stay in their range, and only numbers that
/// fit are cast. [NumberTerms], [TextTerms], [TimeTerms] and [Conditions] make those of one kind.
final class Terms {
    static final List<DataType> TYPES = List.of(
            DataType.INT, DataType.LONG, DataType.FLOAT64, DataType.UTF8, DataType.BOOL, DataType.DATE,
            DataType.TIMESTAMP);
    /// What decimals of tables are; those of sums have more digits.
    static final DataType DECIMAL = DataType.decimal(9, 2);
    static final double DECIMAL_LIMIT = 9_999_999.99;
    static final List<DataType> ALL_TYPES =
            Stream.concat(TYPES.stream(), Stream.of(DECIMAL, DataType.DURATION, DataType.BINARY)).toList();

    private final Draw draw;
    private final Choices choices;
    private final List<Attribute> keys;

    /// @param columns those that are ROUNDED are not used
    Terms(Draw draw, List<Attribute> columns) {
        this.draw = draw;
        this.choices = draw.choices();
        this.keys = columns.stream().filter(Attribute::isKey).toList();
    }

    Draw draw() {
        return draw;
    }

    Choices choices() {
        return choices;
    }

    /// A type that a column has, or any if there is no column.
    DataType someType() {
        return choices.oneOf(keys.isEmpty() ? TYPES : keys.stream().map(Attribute::type).toList());
    }

    Term any(int depth) {
        return of(someType(), depth);
    }

    /// An expression of a type, with operations in operations `depth` times.
    Term of(DataType type, int depth) {
        if (depth == 0 || choices.below(3) == 0) {
            return leaf(type);
        }
        if (choices.below(5) == 4) {
            return choices.below(2) == 0 ? choice(type, depth - 1) : new ValueTerms(this).draw(type, depth - 1);
        }
        return switch (type) {
            case DataType.Simple.BOOL -> new Conditions(this).draw(depth - 1);
            case DataType.Simple.INT, DataType.Simple.LONG, DataType.Simple.FLOAT64 ->
                new NumberTerms(this).draw(type, depth - 1);
            case DataType.Simple.UTF8 -> new TextTerms(this).draw(depth - 1);
            case DataType.Simple.DATE, DataType.Simple.TIMESTAMP -> new TimeTerms(this).draw(type, depth - 1);
            case DataType.Simple.DURATION -> new DurationTerms(this).draw(depth - 1);
            case DataType.Simple.BINARY -> new TextTerms(this).bytes(depth - 1);
            case DataType.Decimal ignored -> type.equals(DECIMAL) ? new DecimalTerms(this).draw(depth - 1) : leaf(type);
        };
    }

    /// A column, or a constant.
    Term leaf(DataType type) {
        List<Attribute> columns = keys.stream().filter(a -> a.type().equals(type)).toList();
        return columns.isEmpty() || choices.below(4) == 3 ? constant(type) : column(choices.oneOf(columns));
    }

    private Term column(Attribute attribute) {
        draw.uses(attribute.type());
        return Term.of(attribute);
    }

    private Term constant(DataType type) {
        if (choices.chance(4) || Distribution.of(type).isEmpty()) {
            draw.uses("null constant");
            return Term.of(type, nullOf(type), "CAST(NULL AS " + Dialect.type(type) + ")", 0, 1, Trust.EXACT);
        }
        Distribution distribution = choices.oneOf(Distribution.of(type));
        Object value = distribution.value(new SplittableRandom(choices.below(1000)), 1);
        return switch (value) {
            case Boolean b -> Term.condition(lit(b), b.toString());
            case Integer i -> wholeInt(i);
            case Long l -> whole(l);
            case Double d -> Term.of(DataType.FLOAT64, lit(d), Dialect.literal(d),
                    Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.abs(d), 0, Trust.EXACT);
            case LocalDate date -> Term.of(type, lit(date), Dialect.literal(date));
            case LocalDateTime time -> Term.of(type, lit(time), Dialect.literal(time));
            case BigDecimal number -> Term.of(type, lit(number).cast(type),
                    "CAST('%s' AS %s)".formatted(number, Dialect.type(type)), number.abs().doubleValue(), 0.01,
                    Trust.EXACT);
            case Duration duration -> duration(duration);
            case byte[] bytes -> {
                String text = new String(bytes, StandardCharsets.UTF_8);
                yield Term.of(type, lit(text).cast(type), "encode(" + Dialect.literal(text) + ")");
            }
            default -> Term.of(type, lit((String) value), Dialect.literal((String) value));
        };
    }

    /// A whole-number constant as users write it, LONG until it meets an INT.
    private static Term whole(long value) {
        return new Term(DataType.LONG, lit(value), "CAST(" + Dialect.literal(value) + " AS BIGINT)",
                Math.abs((double) value), 1, Trust.EXACT, true, Optional.empty());
    }

    private static Term wholeInt(long value) {
        return Term.of(DataType.INT, lit(value).cast(DataType.INT), "CAST(" + Dialect.literal(value) + " AS INTEGER)",
                Math.abs((double) value), 1, Trust.EXACT);
    }

    private static Term duration(Duration value) {
        long micros = value.toNanos() / 1000;
        return Term.of(DataType.DURATION, lit(value), "CAST(" + Dialect.literal(micros) + " AS BIGINT)",
                Math.abs((double) micros), 1, Trust.EXACT);
    }

    /// A number that is neither NaN nor infinite.
    Term finite() {
        Term drawn = of(choices.oneOf(List.of(DataType.INT, DataType.LONG, DataType.FLOAT64, DECIMAL)), 1);
        return drawn.limit() < 0x1p63 ? drawn : wholeLiteral();
    }

    Term wholeLiteral() {
        return whole(choices.oneOf(List.of(0L, 1L, 2L, -1L, 3L, 7L, 100L, -50_000L)));
    }

    private Term choice(DataType type, int depth) {
        Term first = of(type, depth);
        Term second = of(type, depth);
        if (choices.below(2) == 0) {
            draw.uses("coalesce");
            return both(first, second, coalesce(first.expr(), second.expr()),
                    "coalesce(" + first.sql() + ", " + second.sql() + ")");
        }
        draw.uses("when");
        Term condition = of(DataType.BOOL, depth);
        Expr expr = when(condition.expr()).then(first.expr()).otherwise(second.expr());
        return both(first, second, expr,
                "CASE WHEN %s THEN %s ELSE %s END".formatted(condition.sql(), first.sql(), second.sql()));
    }

    /// One of two values of the same type.
    static Term both(Term first, Term second, Expr expr, String sql) {
        double grain = Math.min(first.grain(), second.grain());
        return Term.of(Term.common(first, second), expr, sql, Math.max(first.limit(), second.limit()), grain,
                first.trust().and(second.trust()));
    }

    /// What is known of the result of an operation on them.
    static Trust trust(Term... terms) {
        return Stream.of(terms).map(Term::trust).reduce(Trust.EXACT, Trust::and);
    }
}
