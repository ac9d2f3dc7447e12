package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DateOperations;
import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Random expressions that are true, false or null.
final class Conditions {
    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");

    private final Terms terms;
    private final Choices choices;
    private final Draw draw;

    Conditions(Terms terms) {
        this.terms = terms;
        this.choices = terms.choices();
        this.draw = terms.draw();
    }

    Term draw(int depth) {
        return switch (choices.below(11)) {
            case 0, 1, 2 -> compare(depth);
            case 3 -> isNull(depth);
            case 4 -> in(depth);
            case 5 -> between(depth);
            case 6 -> and(depth);
            case 7 -> or(depth);
            case 8 -> not(depth);
            case 9 -> new TextConditions(terms).draw(depth);
            default -> property(depth);
        };
    }

    private Term compare(int depth) {
        Term left = terms.any(depth);
        Term right = partner(left, depth);
        String operator = choices.oneOf(COMPARISONS);
        draw.uses(operator);
        DataType type = Term.common(left, right);
        Expr x = left.expr();
        Expr y = right.expr();
        Expr expr = switch (operator) {
            case "=" -> x.eq(y);
            case "<>" -> x.ne(y);
            case "<" -> x.lt(y);
            case "<=" -> x.le(y);
            case ">" -> x.gt(y);
            default -> x.ge(y);
        };
        return Term.condition(expr, "(%s %s %s)".formatted(left.sqlAs(type), operator, right.sqlAs(type)));
    }

    /// Something of a type that can be compared with another's.
    private Term partner(Term left, int depth) {
        if (left.type() == DataType.INT || left.type() == DataType.LONG) {
            return switch (choices.below(4)) {
                case 0 -> terms.wholeLiteral();
                case 1 -> terms.of(DataType.FLOAT64, depth);
                case 2 -> terms.of(left.type() == DataType.INT ? DataType.LONG : DataType.INT, depth);
                default -> terms.of(left.type(), depth);
            };
        }
        boolean isDate = left.type() == DataType.DATE && choices.chance(30);
        return terms.of(isDate ? DataType.TIMESTAMP : left.type(), depth);
    }

    private Term isNull(int depth) {
        Term operand = terms.any(depth);
        draw.uses("is null");
        return choices.below(2) == 0
                ? Term.condition(operand.expr().isNull(), "(" + operand.sql() + " IS NULL)")
                : Term.condition(operand.expr().isNotNull(), "(" + operand.sql() + " IS NOT NULL)");
    }

    private Term in(int depth) {
        draw.uses("in");
        int count = choices.between(1, 4);
        return switch (choices.below(3)) {
            case 0 -> {
                Term operand = terms.of(DataType.UTF8, depth);
                List<String> values = someOf(count, String.class, Distribution.WORDS);
                yield in(operand, operand.expr().in(values.toArray(new String[0])),
                        values.stream().map(Dialect::literal));
            }
            case 1 -> {
                Term operand = terms.of(DataType.LONG, depth);
                long[] values = IntStream.range(0, count).mapToLong(i -> choices.between(-3, 3)).toArray();
                yield in(operand, operand.expr().in(values),
                        IntStream.range(0, count).mapToObj(i -> Dialect.literal(values[i])));
            }
            default -> {
                Term operand = terms.of(DataType.DATE, depth);
                List<LocalDate> values = someOf(count, LocalDate.class, Distribution.NEAR_DATES);
                yield in(operand, operand.expr().in(values.toArray(new LocalDate[0])),
                        values.stream().map(Dialect::literal));
            }
        };
    }

    private <T> List<T> someOf(int count, Class<T> type, Distribution distribution) {
        SplittableRandom random = new SplittableRandom(choices.below(1000));
        return IntStream.range(0, count).mapToObj(i -> type.cast(distribution.value(random, i))).toList();
    }

    private static Term in(Term operand, Expr expr, Stream<String> values) {
        return Term.condition(expr, "(" + operand.sql() + " IN (" + values.collect(Collectors.joining(", ")) + "))");
    }

    private Term between(int depth) {
        Term operand = terms.any(depth);
        Term low = terms.of(operand.type(), depth);
        Term high = terms.of(operand.type(), depth);
        draw.uses("between");
        DataType lower = Term.common(operand, low);
        DataType upper = Term.common(operand, high);
        return Term.condition(operand.expr().between(low.expr(), high.expr()),
                "(%s >= %s AND %s <= %s)".formatted(
                        operand.sqlAs(lower), low.sqlAs(lower), operand.sqlAs(upper), high.sqlAs(upper)));
    }

    private Term and(int depth) {
        Term left = terms.of(DataType.BOOL, depth);
        Term right = terms.of(DataType.BOOL, depth);
        draw.uses("and");
        return Term.condition(left.expr().and(right.expr()), "(" + left.sql() + " AND " + right.sql() + ")");
    }

    private Term or(int depth) {
        Term left = terms.of(DataType.BOOL, depth);
        Term right = terms.of(DataType.BOOL, depth);
        draw.uses("or");
        return Term.condition(left.expr().or(right.expr()), "(" + left.sql() + " OR " + right.sql() + ")");
    }

    private Term not(int depth) {
        Term operand = terms.of(DataType.BOOL, depth);
        draw.uses("not");
        return Term.condition(operand.expr().not(), "(NOT " + operand.sql() + ")");
    }

    /// Of a number, or of a day.
    private Term property(int depth) {
        if (choices.below(2) == 0) {
            Term number = terms.of(DataType.FLOAT64, depth);
            String x = number.sql();
            return switch (choices.below(3)) {
                case 0 -> condition("isNaN", number.expr().isNaN(), "isnan(" + x + ")");
                case 1 -> condition("isFinite", number.expr().isFinite(), "isfinite(" + x + ")");
                default -> condition("isInfinite", number.expr().isInfinite(), "isinf(" + x + ")");
            };
        }
        Term time = terms.of(choices.below(2) == 0 ? DataType.DATE : DataType.TIMESTAMP, depth);
        String day = "CAST(" + time.sql() + " AS DATE)";
        DateOperations e = time.expr().dt();
        return switch (choices.below(6)) {
            case 0 -> condition("isMonthStart", e.isMonthStart(), "(day(" + day + ") = 1)");
            case 1 -> condition("isMonthEnd", e.isMonthEnd(), "(" + day + " = last_day(" + day + "))");
            case 2 -> condition("isQuarterStart", e.isQuarterStart(),
                    "(" + day + " = CAST(date_trunc('quarter', " + day + ") AS DATE))");
            case 3 -> condition("isYearStart", e.isYearStart(), "(dayofyear(" + day + ") = 1)");
            case 4 -> condition("isYearEnd", e.isYearEnd(), "(month(" + day + ") = 12 AND day(" + day + ") = 31)");
            default -> condition("isLeapYear", e.isLeapYear(),
                    "(year(%s) %% 4 = 0 AND (year(%s) %% 100 <> 0 OR year(%s) %% 400 = 0))".formatted(day, day, day));
        };
    }

    private Term condition(String feature, Expr expr, String sql) {
        draw.uses(feature);
        return Term.condition(expr, sql);
    }
}
