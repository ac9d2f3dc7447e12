package io.lazuli.tests.oracle;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.GroupedFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `groupBy(...).agg(...)`, by columns or computed values; without aggregates, the distinct keys.
record GroupRows() implements Operator {
    @Override
    public String name() {
        return "groupBy";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        Terms terms = new Terms(draw, input.attributes());
        List<Expr> keys = new ArrayList<>();
        List<String> items = new ArrayList<>();
        List<Attribute> columns = new ArrayList<>();
        for (int count = draw.choices().between(1, 3); count > 0; count--) {
            String name = draw.freshName("k");
            Term key = terms.any(draw.choices().below(2));
            keys.add(key.expr().as(name));
            items.add(key.item(name));
            columns.add(key.as(name).upToZeroSign());
        }
        int keyCount = keys.size();
        List<Expr> aggregates = new ArrayList<>();
        Aggregates random = new Aggregates(draw, input);
        for (int count = draw.choices().below(5); count > 0; count--) {
            String name = draw.freshName("a");
            Term term = random.any();
            aggregates.add(term.expr().as(name));
            items.add(term.item(name));
            columns.add(term.as(name));
        }
        List<String> positions = new ArrayList<>();
        for (int k = 0; k < keyCount; k++) {
            positions.add(Integer.toString(k + 1));
        }
        boolean dropsNulls = draw.choices().chance(20);
        GroupedFrame groups = input.frame().groupBy(keys.toArray(new Expr[0]));
        String condition = columns.subList(0, keyCount).stream()
                .map(key -> key.sql() + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        if (dropsNulls) {
            draw.uses("dropNullKeys");
        }
        return Optional.of(input.then(
                draw.freshName("grouped"),
                (dropsNulls ? groups.dropNullKeys() : groups).agg(aggregates.toArray(new Expr[0])),
                String.join(", ", items),
                "GROUP BY " + String.join(", ", positions) + (dropsNulls ? " HAVING " + condition : ""),
                columns,
                false,
                input.rowLimit()));
    }
}
