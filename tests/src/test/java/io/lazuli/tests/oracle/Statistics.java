package io.lazuli.tests.oracle;

import static io.lazuli.dataframe.Expressions.all;
import static io.lazuli.dataframe.Expressions.any;
import static io.lazuli.dataframe.Expressions.approxCountDistinct;
import static io.lazuli.dataframe.Expressions.corr;
import static io.lazuli.dataframe.Expressions.countDistinct;
import static io.lazuli.dataframe.Expressions.covar;
import static io.lazuli.dataframe.Expressions.first;
import static io.lazuli.dataframe.Expressions.kurtosis;
import static io.lazuli.dataframe.Expressions.last;
import static io.lazuli.dataframe.Expressions.maxBy;
import static io.lazuli.dataframe.Expressions.median;
import static io.lazuli.dataframe.Expressions.minBy;
import static io.lazuli.dataframe.Expressions.quantile;
import static io.lazuli.dataframe.Expressions.sem;
import static io.lazuli.dataframe.Expressions.skew;
import static io.lazuli.dataframe.Expressions.std;
import static io.lazuli.dataframe.Expressions.sum;
import static io.lazuli.dataframe.Expressions.var;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.tests.oracle.Attribute.Trust;
import java.util.List;
import java.util.Optional;

/// Random aggregates that are more than sums and extremes. Those of moments and ranks have finite operands, for DuckDB refuses
/// infinities there and Lazuli gives NaN.
final class Statistics {
    private static final List<Double> FRACTIONS = List.of(0.5, 0.0, 1.0, 0.25, 0.9);
    private static final double EPSILON = Math.ulp(1.0);

    private final Draw draw;
    private final Choices choices;
    private final Terms terms;
    private final boolean isOrdered;
    private final long rowLimit;

    Statistics(Draw draw, Terms terms, boolean isOrdered, long rowLimit) {
        this.draw = draw;
        this.choices = draw.choices();
        this.terms = terms;
        this.isOrdered = isOrdered;
        this.rowLimit = rowLimit;
    }

    Term draw() {
        return switch (choices.below(13)) {
            case 0 -> distinct(terms.any(1));
            case 1 -> edge(terms.any(1));
            case 2 -> truth(terms.of(DataType.BOOL, 1));
            case 3 -> quantileOf(terms.finite());
            case 4 -> medianOf(terms.finite());
            case 5 -> spread(terms.finite(), true);
            case 6 -> spread(terms.finite(), false);
            case 7 -> errorOfMean(terms.finite());
            case 8 -> shape(choices.below(2) == 0 ? DataType.INT : DataType.LONG);
            case 9 -> sketched(terms.any(1));
            case 10 -> best(terms.any(1), terms.any(1));
            case 11 -> correlation(terms.finite(), terms.finite());
            default -> covariance(terms.finite(), terms.finite());
        };
    }

    private Term distinct(Term operand) {
        draw.uses("countDistinct");
        return Term.of(DataType.LONG, countDistinct(operand.expr()), distinctSql(operand), rowLimit, 1, Trust.EXACT);
    }

    private static String distinctSql(Term operand) {
        // 0.0 and -0.0 are one value
        String sql = operand.type() == DataType.FLOAT64 ? "(" + operand.sql() + " + 0.0)" : operand.sql();
        return "count(DISTINCT " + sql + ")";
    }

    /// Within six standard errors, and within one of a few.
    private Term sketched(Term operand) {
        draw.uses("approxCountDistinct");
        String count = "CAST(" + distinctSql(operand) + " AS DOUBLE)";
        return rounded(approxCountDistinct(operand.expr()).cast(DataType.FLOAT64), count, "0.1 * " + count + " + 1");
    }

    /// The first or last value in the order of rows; where they have none, the number of different ones.
    private Term edge(Term operand) {
        if (!isOrdered) {
            return distinct(operand);
        }
        boolean isFirst = choices.below(2) == 0;
        draw.uses(isFirst ? "first" : "last");
        String sql = "first(%s ORDER BY %s%s) FILTER (%s IS NOT NULL)".formatted(
                operand.sql(), Dialect.ORDER, isFirst ? "" : " DESC", operand.sql());
        return Term.of(operand.type(), isFirst ? first(operand.expr()) : last(operand.expr()), sql, operand.limit(),
                operand.grain(), operand.trust());
    }

    /// The value of the first of the best rows; where rows have no order, the number of different ones.
    private Term best(Term operand, Term by) {
        if (!isOrdered) {
            return distinct(operand);
        }
        boolean isLeast = choices.below(2) == 0;
        draw.uses(isLeast ? "minBy" : "maxBy");
        String sql = "first(%s ORDER BY %s %s, %s) FILTER (%s IS NOT NULL AND %s IS NOT NULL)".formatted(
                operand.sql(), by.sql(), isLeast ? "ASC" : "DESC", Dialect.ORDER, operand.sql(), by.sql());
        Expr expr = isLeast ? minBy(operand.expr(), by.expr()) : maxBy(operand.expr(), by.expr());
        return Term.of(operand.type(), expr, sql, operand.limit(), operand.grain(), operand.trust());
    }

    private Term truth(Term operand) {
        return switch (choices.below(3)) {
            case 0 -> {
                draw.uses("any");
                yield Term.condition(any(operand.expr()), "bool_or(" + operand.sql() + ")");
            }
            case 1 -> {
                draw.uses("all");
                yield Term.condition(all(operand.expr()), "bool_and(" + operand.sql() + ")");
            }
            default -> {
                draw.uses("sum of BOOL");
                yield Term.of(DataType.LONG, sum(operand.expr()),
                        "CAST(sum(CAST(" + operand.sql() + " AS INTEGER)) AS BIGINT)", rowLimit, 1, Trust.EXACT);
            }
        };
    }

    private Term quantileOf(Term operand) {
        draw.uses("quantile");
        double fraction = choices.oneOf(FRACTIONS);
        return ranked(quantile(operand.expr(), fraction), operand.sqlAs(DataType.FLOAT64), fraction);
    }

    private Term medianOf(Term operand) {
        draw.uses("median");
        return ranked(median(operand.expr()), operand.sqlAs(DataType.FLOAT64), 0.5);
    }

    /// Interpolation rounds twice. DuckDB takes a share of each neighbour: of the least numbers that there are, nothing.
    private static Term ranked(Expr expr, String x, double fraction) {
        return rounded(expr, "quantile_cont(%s, %s)".formatted(x, fraction),
                "%s * max(abs(%s)) + %s".formatted(8 * EPSILON, x, 8 * Double.MIN_VALUE));
    }

    /// Variance or standard deviation, off by n eps times their condition (Chan, Golub and LeVeque 1983).
    private Term spread(Term operand, boolean isVariance) {
        int ddof = choices.below(2);
        draw.uses((isVariance ? "var" : "std") + " by n - " + ddof);
        String x = operand.sqlAs(DataType.FLOAT64);
        String variance = variance(x, ddof);
        String sql = "CASE WHEN count(%s) > %d THEN %s END".formatted(x, ddof, variance);
        return isVariance
                ? rounded(var(operand.expr(), ddof), sql, varianceError(x, variance))
                : rounded(std(operand.expr(), ddof), "sqrt(" + sql + ")", deviationError(x, variance));
    }

    /// DuckDB's own is that of a population.
    private Term errorOfMean(Term operand) {
        draw.uses("sem");
        String x = operand.sqlAs(DataType.FLOAT64);
        if (choices.below(2) == 0) {
            return rounded(sem(operand.expr(), 0), "sem(" + x + ")", deviationError(x, variance(x, 0)));
        }
        return rounded(sem(operand.expr()), "stddev_samp(%s) / sqrt(count(%s))".formatted(x, x),
                deviationError(x, variance(x, 1)));
    }

    private static String variance(String x, int ddof) {
        return (ddof == 0 ? "var_pop(" : "var_samp(") + x + ")";
    }

    private static String varianceError(String x, String variance) {
        return "(%s * count(%s) * sqrt(%s * avg(%s * %s)) + pow(%s * count(%s), 2) * avg(%s * %s))".formatted(
                32 * EPSILON, x, variance, x, x, 8 * EPSILON, x, x, x);
    }

    private static String deviationError(String x, String variance) {
        String error = varianceError(x, variance);
        return "sqrt(%s + %s) - sqrt(greatest(%s - %s, 0)) + 1e-300".formatted(variance, error, variance, error);
    }

    /// Skewness or kurtosis of small numbers, for DuckDB adds up their powers; null where they do not vary. Each power is off by n eps
    /// times the largest.
    private Term shape(DataType type) {
        Term operand = terms.of(type, 1);
        String hundred = "CAST(100 AS " + Dialect.type(type) + ")";
        String x = "CAST(" + Dialect.modulo(operand.sql(), hundred) + " AS DOUBLE)";
        Expr small = operand.expr().modulo(100);
        boolean isSkewness = choices.below(2) == 0;
        draw.uses(isSkewness ? "skew" : "kurtosis");
        String sql = "CASE WHEN min(%s) < max(%s) THEN %s(%s) END".formatted(
                x, x, isSkewness ? "skewness" : "kurtosis", x);
        String scale = "pow(max(abs(%s)) / sqrt(var_pop(%s)), %d)".formatted(x, x, isSkewness ? 3 : 4);
        return rounded(isSkewness ? skew(small) : kurtosis(small), sql,
                "%s * count(*) * (1 + %s)".formatted(64 * EPSILON, scale));
    }

    private Term covariance(Term left, Term right) {
        draw.uses("covar");
        String x = left.sqlAs(DataType.FLOAT64);
        String y = right.sqlAs(DataType.FLOAT64);
        return rounded(covar(left.expr(), right.expr()), "covar_samp(%s, %s)".formatted(y, x), momentError(x, y, "1"));
    }

    /// Null where a side does not vary.
    private Term correlation(Term left, Term right) {
        draw.uses("corr");
        String x = left.sqlAs(DataType.FLOAT64);
        String y = right.sqlAs(DataType.FLOAT64);
        String pairs = "FILTER (%s IS NOT NULL AND %s IS NOT NULL)".formatted(x, y);
        String varies = "min(%s) %s < max(%s) %s AND min(%s) %s < max(%s) %s".formatted(
                x, pairs, x, pairs, y, pairs, y, pairs);
        String sql = "CASE WHEN %s THEN corr(%s, %s) END".formatted(varies, y, x);
        String spread = "sqrt(var_pop(%s) %s * var_pop(%s) %s)".formatted(x, pairs, y, pairs);
        return rounded(corr(left.expr(), right.expr()), sql, momentError(x, y, spread));
    }

    /// n eps times the size of the products, by what they are divided by.
    private static String momentError(String x, String y, String scale) {
        String pairs = "FILTER (%s IS NOT NULL AND %s IS NOT NULL)".formatted(x, y);
        return "%s * count(*) * (1 + sqrt(avg(%s * %s) %s * avg(%s * %s) %s) / %s)".formatted(
                64 * EPSILON, x, x, pairs, y, y, pairs, scale);
    }

    private static Term rounded(Expr expr, String sql, String tolerance) {
        return new Term(DataType.FLOAT64, expr, sql, Double.POSITIVE_INFINITY, 0, Trust.ROUNDED, false,
                Optional.of(tolerance));
    }
}
