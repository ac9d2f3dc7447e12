package io.lazuli.tests.oracle;

import io.lazuli.dataframe.Expr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `withColumns`, of new names and of names that are there.
record AddColumns() implements Operator {
    @Override
    public String name() {
        return "withColumns";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        Terms terms = new Terms(draw, input.attributes());
        Map<String, String> items = new LinkedHashMap<>();
        Map<String, Attribute> columns = new LinkedHashMap<>();
        for (Attribute attribute : input.attributes()) {
            items.put(attribute.name(), Term.of(attribute).item(attribute.name()));
            columns.put(attribute.name(), attribute);
        }
        Map<String, Expr> added = new LinkedHashMap<>();
        for (int count = draw.choices().between(1, 3); count > 0; count--) {
            boolean replaces = draw.choices().chance(40);
            String name = replaces ? draw.choices().oneOf(input.attributes()).name() : draw.freshName("c");
            Term term = terms.any(2);
            added.put(name, term.expr().as(name));
            items.put(name, term.item(name));
            columns.put(name, term.as(name));
        }
        return Optional.of(input.then(
                draw.freshName("extended"),
                input.frame().withColumns(added.values().toArray(new Expr[0])),
                String.join(", ", items.values()),
                "",
                new ArrayList<>(columns.values()),
                input.isOrdered(),
                input.rowLimit()));
    }
}
