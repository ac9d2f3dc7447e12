package io.lazuli.tests.oracle;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `distinct`, of whole rows, or by some columns where the rows have an order.
record DistinctRows() implements Operator {
    @Override
    public String name() {
        return "distinct";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        if (!input.rounded().isEmpty()) {
            return Optional.empty();
        }
        boolean isWhole = !input.isOrdered() || draw.choices().below(2) == 0;
        List<Attribute> keys = isWhole
                ? input.attributes()
                : draw.choices().someOf(input.attributes(), draw.choices().between(1, 2));
        keys.forEach(key -> draw.uses(key.type()));
        String names = keys.stream().map(Attribute::sql).collect(Collectors.joining(", "));
        // 0.0 and -0.0 are one value in a partition too
        String first = "QUALIFY row_number() OVER (PARTITION BY %s ORDER BY %s) = 1".formatted(names, Dialect.ORDER);
        List<Attribute> columns =
                isWhole ? input.attributes().stream().map(Attribute::upToZeroSign).toList() : input.attributes();
        return Optional.of(input.then(
                draw.freshName("distinct"),
                isWhole
                        ? input.frame().distinct()
                        : input.frame().distinct(keys.stream().map(Attribute::name).toArray(String[]::new)),
                input.allItems(),
                isWhole ? "GROUP BY ALL" : first,
                columns,
                false,
                input.rowLimit()));
    }
}
