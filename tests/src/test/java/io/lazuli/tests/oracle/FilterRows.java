package io.lazuli.tests.oracle;

import io.lazuli.dataframe.type.DataType;
import java.util.Optional;

/// `filter`.
record FilterRows() implements Operator {
    @Override
    public String name() {
        return "filter";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        Term condition = new Terms(draw, input.attributes()).of(DataType.BOOL, 3);
        return Optional.of(input.then(
                draw.freshName("filtered"),
                input.frame().filter(condition.expr()),
                input.allItems(),
                "WHERE " + condition.sql(),
                input.attributes(),
                input.isOrdered(),
                input.rowLimit()));
    }
}
