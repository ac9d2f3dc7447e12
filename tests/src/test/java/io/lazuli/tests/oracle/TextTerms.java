package io.lazuli.tests.oracle;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import java.util.List;

/// Random expressions that are texts.
final class TextTerms {
    private static final List<DataType> PRINTED =
            List.of(DataType.INT, DataType.LONG, DataType.BOOL, DataType.DATE, DataType.TIMESTAMP);

    private final Terms terms;

    TextTerms(Terms terms) {
        this.terms = terms;
    }

    Term draw(int depth) {
        Choices choices = terms.choices();
        if (choices.below(5) == 4) {
            Term value = terms.of(choices.oneOf(PRINTED), depth);
            return text("cast " + value.type() + " to text", value.expr().cast(DataType.UTF8),
                    "CAST(" + value.sql() + " AS VARCHAR)");
        }
        Term operand = terms.of(DataType.UTF8, depth);
        String x = operand.sql();
        Expr e = operand.expr();
        return switch (choices.below(6)) {
            case 5 -> text("mapString", e.mapString("shout", text -> text + "!"), "(" + x + " || '!')");
            case 0 -> text("upper", e.str().upper(), Dialect.upper(x));
            case 1 -> text("lower", e.str().lower(), "lower(" + x + ")");
            case 2 -> text("trim", e.str().trim(), Dialect.trimmed(x));
            case 3 -> {
                int start = choices.below(15);
                int length = choices.below(10);
                yield text("substring", e.str().substring(start, length),
                        "substring(%s, %d, %d)".formatted(x, start + 1, length));
            }
            default -> {
                Term other = terms.of(DataType.UTF8, depth);
                yield text("concat", e.str().concat(other.expr()), "(" + x + " || " + other.sql() + ")");
            }
        };
    }

    private Term text(String feature, Expr expr, String sql) {
        terms.draw().uses(feature);
        return Term.of(DataType.UTF8, expr, sql);
    }
}
