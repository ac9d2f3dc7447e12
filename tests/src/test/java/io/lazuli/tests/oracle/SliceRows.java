package io.lazuli.tests.oracle;

import java.util.Optional;

/// `slice` and `tail`, of rows that have an order.
record SliceRows() implements Operator {
    @Override
    public String name() {
        return "slice, tail";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        if (!input.isOrdered()) {
            return Optional.empty();
        }
        Choices choices = draw.choices();
        int most = (int) Math.min(input.rowLimit() + 1, Integer.MAX_VALUE);
        int count = choices.below(2) == 0 ? choices.below(20) : choices.below(most);
        boolean isTail = choices.below(2) == 1;
        int offset = isTail ? 0 : choices.below(most);
        String rest = isTail
                ? "ORDER BY %s DESC LIMIT %d".formatted(Dialect.ORDER, count)
                : "ORDER BY %s LIMIT %d OFFSET %d".formatted(Dialect.ORDER, count, offset);
        return Optional.of(input.then(
                draw.freshName("sliced"),
                isTail ? input.frame().tail(count) : input.frame().slice(offset, count),
                input.allItems(),
                rest,
                input.attributes(),
                true,
                Math.min(input.rowLimit(), count)));
    }
}
