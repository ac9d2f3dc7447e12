package io.lazuli.tests.oracle;

import java.util.Optional;

/// `sort` and at once `limit`, which runs as one operator.
record TopRows() implements Operator {
    @Override
    public String name() {
        return "top-k";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        return new SortRows().apply(input, draw).map(sorted -> LimitRows.first(sorted, draw));
    }
}
