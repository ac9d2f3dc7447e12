package io.lazuli.tests.oracle;

import java.util.List;
import java.util.Optional;

/// `groupBy(...).mode(...)`, with the least of equally frequent values.
record ModeOfGroups() implements Operator {
    @Override
    public String name() {
        return "mode of groups";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        List<Attribute> keys = input.attributes().stream().filter(Attribute::isKey).toList();
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        Attribute group = draw.key(keys);
        Attribute value = draw.key(keys);
        Attribute mode = value.named(value.name() + "_mode");
        if (mode.name().equals(group.name())) {
            return Optional.empty();
        }
        String rank = "row_number() OVER (PARTITION BY %s ORDER BY count(%s) DESC, %s NULLS LAST)".formatted(
                group.sql(), value.sql(), value.sql());
        return Optional.of(input.then(
                draw.freshName("modes"),
                input.frame().groupBy(group.name()).mode(value.name()),
                group.sql() + ", " + value.sql() + " AS " + mode.sql(),
                "GROUP BY 1, 2 QUALIFY " + rank + " = 1",
                List.of(group.upToZeroSign(), mode.repeated().upToZeroSign()),
                false,
                input.rowLimit()));
    }
}
