package io.lazuli.tests.oracle;

import static io.lazuli.dataframe.Expressions.rowIndex;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `withColumns` of what comes from the order of rows: shifted, filled and running values.
record OrderedColumns() implements Operator {
    private static final String OVER = " OVER (ORDER BY " + Dialect.ORDER + ")";
    private static final String UP_TO_HERE =
            " OVER (ORDER BY " + Dialect.ORDER + " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)";
    private static final String FROM_HERE =
            " OVER (ORDER BY " + Dialect.ORDER + " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)";

    @Override
    public String name() {
        return "ordered";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        List<Attribute> keys = input.attributes().stream().filter(Attribute::isKey).toList();
        if (!input.isOrdered() || keys.isEmpty()) {
            return Optional.empty();
        }
        List<Expr> exprs = new ArrayList<>();
        List<String> items = new ArrayList<>(List.of(input.allItems()));
        List<Attribute> columns = new ArrayList<>(input.attributes());
        for (int count = draw.choices().between(1, 2); count > 0; count--) {
            String name = draw.freshName("o");
            Term term = term(Term.of(draw.key(keys)), input.rowLimit(), draw);
            exprs.add(term.expr().as(name));
            items.add(term.item(name));
            columns.add(term.as(name));
        }
        return Optional.of(input.then(
                draw.freshName("ordered"),
                input.frame().withColumns(exprs.toArray(new Expr[0])),
                String.join(", ", items),
                "",
                columns,
                true,
                input.rowLimit()));
    }

    private static Term term(Term x, long rowLimit, Draw draw) {
        Choices choices = draw.choices();
        return switch (choices.below(8)) {
            case 0 -> {
                draw.uses("rowIndex");
                yield whole(rowIndex(), "(row_number()" + OVER + " - 1)", rowLimit);
            }
            case 1 -> {
                int rows = choices.between(-4, 4);
                draw.uses("shift");
                yield like(x, x.expr().shift(rows), "lag(%s, %d)%s".formatted(x.sql(), rows, OVER));
            }
            case 2 -> forwardFill(x, choices.below(4), draw);
            case 3 -> backwardFill(x, choices.below(4), draw);
            case 4 -> {
                draw.uses("running count");
                yield whole(x.expr().cumulative().count(), "count(" + x.sql() + ")" + UP_TO_HERE, rowLimit);
            }
            case 5 -> running(x, x.expr().cumulative().min(), "min", draw);
            case 6 -> running(x, x.expr().cumulative().max(), "max", draw);
            default -> sum(x, rowLimit, draw);
        };
    }

    /// @param limit 0 for none
    private static Term forwardFill(Term x, int limit, Draw draw) {
        draw.uses(limit == 0 ? "forwardFill" : "forwardFill with a limit");
        String window = limit == 0 ? UP_TO_HERE : near(limit + " PRECEDING AND CURRENT ROW");
        return like(x, limit == 0 ? x.expr().forwardFill() : x.expr().forwardFill(limit),
                "last_value(" + x.sql() + " IGNORE NULLS)" + window);
    }

    /// @param limit 0 for none
    private static Term backwardFill(Term x, int limit, Draw draw) {
        draw.uses(limit == 0 ? "backwardFill" : "backwardFill with a limit");
        String window = limit == 0 ? FROM_HERE : near("CURRENT ROW AND " + limit + " FOLLOWING");
        return like(x, limit == 0 ? x.expr().backwardFill() : x.expr().backwardFill(limit),
                "first_value(" + x.sql() + " IGNORE NULLS)" + window);
    }

    private static String near(String rows) {
        return " OVER (ORDER BY " + Dialect.ORDER + " ROWS BETWEEN " + rows + ")";
    }

    /// Exact sums only: running ones of doubles round at every row.
    private static Term sum(Term x, long rowLimit, Draw draw) {
        boolean isWhole = x.type() == DataType.INT || x.type() == DataType.LONG;
        if (!isWhole || x.limit() * rowLimit > Term.LONG_LIMIT) {
            return running(x, x.expr().cumulative().max(), "max", draw);
        }
        draw.uses("running sum");
        String sql =
                "CASE WHEN %s IS NOT NULL THEN CAST(sum(%s)%s AS BIGINT) END".formatted(x.sql(), x.sql(), UP_TO_HERE);
        return whole(x.expr().cumulative().sum(), sql, x.limit() * rowLimit);
    }

    private static Term running(Term x, Expr expr, String function, Draw draw) {
        draw.uses("running " + function);
        String sql = "CASE WHEN %s IS NOT NULL THEN %s(%s)%s END".formatted(x.sql(), function, x.sql(), UP_TO_HERE);
        Term term = like(x, expr, sql);
        return x.type() == DataType.FLOAT64
                ? Term.of(x.type(), expr, sql, x.limit(), x.grain(), x.trust().and(Attribute.Trust.ZERO_SIGN))
                : term;
    }

    private static Term like(Term x, Expr expr, String sql) {
        return Term.of(x.type(), expr, sql, x.limit(), x.grain(), x.trust());
    }

    private static Term whole(Expr expr, String sql, double limit) {
        return Term.of(DataType.LONG, expr, sql, limit, 1, Attribute.Trust.EXACT);
    }
}
