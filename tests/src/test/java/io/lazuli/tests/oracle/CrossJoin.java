package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DataFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `crossJoin` with the first rows of another table.
record CrossJoin() implements Operator {
    private static final long MOST_ROWS = 20_000;

    @Override
    public String name() {
        return "crossJoin";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        Query other = draw.source();
        long count = Math.min(draw.choices().below(10), MOST_ROWS / Math.max(1, input.rowLimit()));
        Query right = other.then(draw.freshName("limited"), other.frame().limit(count), other.allItems(),
                "ORDER BY %s LIMIT %d".formatted(Dialect.ORDER, count), other.attributes(), true, count);
        String suffix = draw.freshName("_r");
        DataFrame frame = input.frame().crossJoin(right.frame(), suffix);
        List<Attribute> columns = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (Attribute a : input.attributes()) {
            draw.uses(a.type());
            columns.add(a.repeated());
            items.add(JoinTables.item("l", a, a.name()));
        }
        for (Attribute a : right.attributes()) {
            draw.uses(a.type());
            String name = input.find(a.name()).isPresent() ? a.name() + suffix : a.name();
            columns.add(a.named(name).repeated());
            items.add(JoinTables.item("r", a, name));
        }
        String next = draw.freshName("crossed");
        List<String> subqueries = new ArrayList<>(input.with(right));
        subqueries.add("%s AS (SELECT %s FROM %s AS l CROSS JOIN %s AS r)".formatted(
                next, String.join(", ", items), input.name(), right.name()));
        return Optional.of(new Query(frame, subqueries, next, columns, false, input.rowLimit() * count));
    }
}
