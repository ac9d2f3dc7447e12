package io.lazuli.tests.oracle;

import io.lazuli.dataframe.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `agg` of all rows: one row, whatever there is.
record AggregateAll() implements Operator {
    @Override
    public String name() {
        return "agg";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        Aggregates random = new Aggregates(draw, input);
        List<Expr> aggregates = new ArrayList<>();
        List<String> items = new ArrayList<>();
        List<Attribute> columns = new ArrayList<>();
        for (int count = draw.choices().between(1, 4); count > 0; count--) {
            String name = draw.freshName("a");
            Term term = random.any();
            aggregates.add(term.expr().as(name));
            items.add(term.item(name));
            columns.add(term.as(name));
        }
        return Optional.of(input.then(
                draw.freshName("total"),
                input.frame().agg(aggregates.toArray(new Expr[0])),
                String.join(", ", items),
                "",
                columns,
                false,
                1));
    }
}
