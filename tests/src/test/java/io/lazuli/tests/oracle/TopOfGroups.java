package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.GroupedFrame;
import io.lazuli.dataframe.SortKey;
import java.util.List;
import java.util.Optional;

/// `groupBy(...).top(n, ...)` and `.head(n)`, of rows that have an order.
record TopOfGroups() implements Operator {
    @Override
    public String name() {
        return "top of groups";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        List<Attribute> keys = input.attributes().stream().filter(Attribute::isKey).toList();
        if (!input.isOrdered() || keys.isEmpty()) {
            return Optional.empty();
        }
        Choices choices = draw.choices();
        Attribute group = draw.key(keys);
        Attribute by = draw.key(keys);
        int count = choices.between(0, 3);
        boolean isHead = choices.below(3) == 0;
        boolean descends = choices.below(2) == 1;
        GroupedFrame groups = input.frame().groupBy(group.name());
        SortKey key = descends ? Term.of(by).expr().desc() : Term.of(by).expr().asc();
        DataFrame frame = isHead ? groups.head(count) : groups.top(count, key);
        String order = isHead ? "" : by.sql() + (descends ? " DESC" : " ASC") + " NULLS LAST, ";
        draw.uses(isHead ? "head of groups" : "top of groups");
        return Optional.of(input.then(
                draw.freshName("topped"),
                frame,
                input.allItems(),
                "QUALIFY row_number() OVER (PARTITION BY %s ORDER BY %s%s) <= %d".formatted(
                        group.sql(), order, Dialect.ORDER, count),
                input.attributes(),
                false,
                input.rowLimit()));
    }
}
