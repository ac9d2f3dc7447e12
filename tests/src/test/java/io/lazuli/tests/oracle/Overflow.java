package io.lazuli.tests.oracle;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Optional;

/// Arithmetic of whole numbers, and casts, that may not fit: both engines refuse, or both give the same. Last in its case,
/// since an operation above may make an error unseen.
record Overflow() implements Operator {
    @Override
    public String name() {
        return "overflow";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        if (!draw.isLast()) {
            return Optional.empty();
        }
        Terms terms = new Terms(draw, input.attributes());
        DataType type = draw.choices().below(2) == 0 ? DataType.INT : DataType.LONG;
        Term left = terms.leaf(type);
        Term right = terms.leaf(type);
        String name = draw.freshName("c");
        Term term = switch (draw.choices().below(5)) {
            case 0 -> of(left, right, left.expr().plus(right.expr()), "+");
            case 1 -> of(left, right, left.expr().minus(right.expr()), "-");
            case 2 -> of(left, right, left.expr().times(right.expr()), "*");
            case 3 -> Term.of(type, left.expr().abs(), "abs(" + left.sql() + ")");
            default -> {
                Term real = terms.leaf(DataType.FLOAT64);
                yield Term.of(type, real.expr().cast(type), Dialect.truncated(real.sql(), type));
            }
        };
        return Optional.of(input.then(
                draw.freshName("checked"),
                input.frame().select(new Expr[] {term.expr().as(name)}),
                term.item(name),
                "",
                List.of(term.as(name)),
                input.isOrdered(),
                input.rowLimit()));
    }

    private static Term of(Term left, Term right, Expr expr, String operator) {
        DataType type = Term.common(left, right);
        return Term.of(type, expr, "(" + left.sqlAs(type) + " " + operator + " " + right.sqlAs(type) + ")");
    }
}
