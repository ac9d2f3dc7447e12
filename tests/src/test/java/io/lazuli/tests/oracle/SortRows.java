package io.lazuli.tests.oracle;

import io.lazuli.dataframe.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `sort`: by columns or computed values, in both directions, nulls on both ends; stable. Rows without an order are sorted by
/// all columns in the end, so that the order is certain.
record SortRows() implements Operator {
    @Override
    public String name() {
        return "sort";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        if (!input.isOrdered() && !input.rounded().isEmpty()) {
            return Optional.empty();
        }
        Terms terms = new Terms(draw, input.attributes());
        List<SortKey> keys = new ArrayList<>();
        List<String> order = new ArrayList<>();
        for (int count = draw.choices().between(1, 3); count > 0; count--) {
            add(terms.any(draw.choices().below(2)), draw, keys, order);
        }
        if (input.isOrdered()) {
            order.add(Dialect.ORDER);
        } else {
            input.attributes().forEach(attribute -> add(Term.of(attribute), draw, keys, order));
        }
        Stream<Attribute> columns = input.attributes().stream();
        String number = "row_number() OVER (ORDER BY %s) AS %s, ".formatted(String.join(", ", order), Dialect.ORDER);
        Query sorted = input.then(
                draw.freshName("sorted"),
                input.frame().sort(keys.toArray(new SortKey[0])),
                number + input.allItems(),
                "",
                (input.isOrdered() ? columns : columns.map(Attribute::upToZeroSign)).toList(),
                false,
                input.rowLimit());
        return Optional.of(sorted.ordered());
    }

    private static void add(Term term, Draw draw, List<SortKey> keys, List<String> order) {
        boolean descends = draw.choices().below(2) == 1;
        boolean nullsFirst = draw.choices().below(4) == 3;
        SortKey key = descends ? term.expr().desc() : term.expr().asc();
        keys.add(nullsFirst ? key.nullsFirst() : key);
        order.add(term.sql() + (descends ? " DESC" : " ASC") + (nullsFirst ? " NULLS FIRST" : " NULLS LAST"));
        draw.uses(nullsFirst ? "nulls first" : "nulls last");
    }
}
