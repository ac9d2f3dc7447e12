package io.lazuli.tests.oracle;

import java.util.Optional;

/// `limit`, of rows that have an order.
record LimitRows() implements Operator {
    @Override
    public String name() {
        return "limit";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        return input.isOrdered() ? Optional.of(first(input, draw)) : Optional.empty();
    }

    static Query first(Query input, Draw draw) {
        int most = (int) Math.min(input.rowLimit() + 1, Integer.MAX_VALUE);
        int count = draw.choices().below(4) == 3 ? draw.choices().below(most + 1) : draw.choices().below(20);
        return input.then(
                draw.freshName("limited"),
                input.frame().limit(count),
                input.allItems(),
                "ORDER BY %s LIMIT %d".formatted(Dialect.ORDER, count),
                input.attributes(),
                true,
                Math.min(input.rowLimit(), count));
    }
}
