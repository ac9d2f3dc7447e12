package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.GroupedFrame;
import io.lazuli.dataframe.SortKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `groupBy(...).top(n, ...)`, `.head(n)` and `.tail(n)`, of rows that have an order.
record TopOfGroups() implements Operator {
    private enum Kind {
        HEAD,
        TOP,
        TAIL
    }

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
        Kind kind = choices.oneOf(List.of(Kind.HEAD, Kind.TOP, Kind.TOP, Kind.TAIL));
        boolean descends = choices.below(2) == 1;
        GroupedFrame groups = input.frame().groupBy(group.name());
        SortKey key = descends ? Term.of(by).expr().desc() : Term.of(by).expr().asc();
        DataFrame frame = switch (kind) {
            case HEAD -> groups.head(count);
            case TOP -> groups.top(count, key);
            case TAIL -> groups.tail(count);
        };
        String order = switch (kind) {
            case HEAD -> Dialect.ORDER;
            case TOP -> by.sql() + (descends ? " DESC" : " ASC") + " NULLS LAST, " + Dialect.ORDER;
            case TAIL -> Dialect.ORDER + " DESC";
        };
        draw.uses(kind.name().toLowerCase(Locale.ROOT) + " of groups");
        return Optional.of(input.then(
                draw.freshName("topped"),
                frame,
                input.allItems(),
                "QUALIFY row_number() OVER (PARTITION BY %s ORDER BY %s) <= %d".formatted(
                        group.sql(), order, count),
                input.attributes(),
                false,
                input.rowLimit()));
    }
}
