package io.lazuli.tests.oracle;

import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Optional;

/// `valueCounts`, which come in an order.
record ValueCounts() implements Operator {
    @Override
    public String name() {
        return "valueCounts";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        List<Attribute> keys = input.attributes().stream().filter(Attribute::isKey).toList();
        if (keys.isEmpty() || input.find("count").isPresent()) {
            return Optional.empty();
        }
        Attribute key = draw.key(keys);
        Attribute count = new Attribute("count", DataType.LONG, input.rowLimit(), 1, Attribute.Trust.EXACT,
                Attribute.UNKNOWN);
        String order = "row_number() OVER (ORDER BY count(*) DESC, %s NULLS LAST) AS %s".formatted(
                key.sql(), Dialect.ORDER);
        return Optional.of(input.then(
                draw.freshName("counted"),
                input.frame().valueCounts(key.name()),
                order + ", " + key.sql() + ", count(*) AS count",
                "GROUP BY " + key.sql(),
                List.of(key.upToZeroSign(), count),
                false,
                input.rowLimit()).ordered());
    }
}
