package io.lazuli.tests.oracle;

import io.lazuli.dataframe.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `select` of expressions.
record SelectColumns() implements Operator {
    @Override
    public String name() {
        return "select";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        Terms terms = new Terms(draw, input.attributes());
        List<Expr> exprs = new ArrayList<>();
        List<String> items = new ArrayList<>();
        List<Attribute> columns = new ArrayList<>();
        for (Attribute kept : draw.choices().someOf(input.attributes(), draw.choices().below(4))) {
            exprs.add(Term.of(kept).expr());
            items.add(Term.of(kept).item(kept.name()));
            columns.add(kept);
        }
        for (int count = draw.choices().between(1, 3); count > 0; count--) {
            String name = draw.freshName("c");
            Term term = draw.choices().chance(10) ? new RoundedTerms(terms).draw() : terms.any(3);
            exprs.add(term.expr().as(name));
            items.add(term.item(name));
            columns.add(term.as(name));
        }
        return Optional.of(input.then(
                draw.freshName("selected"),
                input.frame().select(exprs.toArray(new Expr[0])),
                String.join(", ", items),
                "",
                columns,
                input.isOrdered(),
                input.rowLimit()));
    }
}
