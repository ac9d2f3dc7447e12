package io.lazuli.tests.oracle;

import io.lazuli.dataframe.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `concat` with rows of another table, computed so that they have the same columns.
record ConcatRows() implements Operator {
    @Override
    public String name() {
        return "concat";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        Query other = draw.source();
        if (!input.rounded().isEmpty()) {
            return Optional.empty();
        }
        Terms terms = new Terms(draw, other.attributes());
        List<Expr> exprs = new ArrayList<>();
        List<String> items = new ArrayList<>();
        List<Attribute> columns = new ArrayList<>();
        for (Attribute a : input.attributes()) {
            Term term = terms.of(a.type(), 1);
            exprs.add(term.expr().as(a.name()));
            items.add(term.item(a.name()));
            columns.add(new Attribute(a.name(), a.type(), Math.max(a.limit(), term.limit()),
                    Math.min(a.grain(), term.grain()), a.trust().and(term.trust()), Attribute.UNKNOWN));
        }
        Query second = other.then(draw.freshName("second"), other.frame().select(exprs.toArray(new Expr[0])),
                String.join(", ", items), "", columns, true, other.rowLimit());
        boolean isOrdered = input.isOrdered();
        String next = draw.freshName("concatenated");
        List<String> subqueries = new ArrayList<>(input.with(second));
        String all = "SELECT %s%s FROM %s UNION ALL SELECT %s%s FROM %s".formatted(
                part(isOrdered, 0), Query.items(columns), input.name(), part(isOrdered, 1), Query.items(columns),
                second.name());
        subqueries.add(isOrdered
                ? "%s AS (SELECT row_number() OVER (ORDER BY part__, %s) AS %s, %s FROM (%s))".formatted(
                        next, Dialect.ORDER, Dialect.ORDER, Query.items(columns), all)
                : next + " AS (" + all + ")");
        return Optional.of(new Query(input.frame().concat(second.frame()), subqueries, next, columns, isOrdered,
                input.rowLimit() + other.rowLimit()));
    }

    private static String part(boolean isOrdered, int number) {
        return isOrdered ? number + " AS part__, " + Dialect.ORDER + ", " : "";
    }
}
