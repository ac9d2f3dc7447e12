package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.QueryTexts;
import io.lazuli.dataframe.type.DataType;
import java.util.Optional;

/// `filter`, by an expression, or by the text that means it.
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
                filtered(input.frame(), condition.expr(), draw),
                input.allItems(),
                "WHERE " + condition.sql(),
                input.attributes(),
                input.isOrdered(),
                input.rowLimit()));
    }

    private static DataFrame filtered(DataFrame frame, Expr condition, Draw draw) {
        Optional<String> text = draw.choices().chance(40) ? QueryTexts.of(condition) : Optional.empty();
        text.ifPresent(ignored -> draw.uses("query string"));
        return text.map(frame::filter).orElseGet(() -> frame.filter(condition));
    }
}
