package io.lazuli.tests.oracle;

import static io.lazuli.dataframe.Expressions.lit;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.TextOperations;
import io.lazuli.dataframe.type.DataType;

/// Random conditions on texts.
final class TextConditions {
    private final Terms terms;
    private final Choices choices;

    TextConditions(Terms terms) {
        this.terms = terms;
        this.choices = terms.choices();
    }

    Term draw(int depth) {
        Term text = terms.of(DataType.UTF8, depth);
        return switch (choices.below(3)) {
            case 0 -> part(text);
            case 1 -> pattern(text);
            default -> kind(text);
        };
    }

    private Term part(Term text) {
        Term part = choices.below(2) == 0 ? Term.of(DataType.UTF8, lit("e"), "'e'") : terms.of(DataType.UTF8, 0);
        String arguments = "(" + text.sql() + ", " + part.sql() + ")";
        TextOperations e = text.expr().str();
        return switch (choices.below(3)) {
            case 0 -> condition("contains", e.contains(part.expr()), "contains" + arguments);
            case 1 -> condition("startsWith", e.startsWith(part.expr()), "starts_with" + arguments);
            default -> condition("endsWith", e.endsWith(part.expr()), "ends_with" + arguments);
        };
    }

    private Term pattern(Term text) {
        String x = text.sql();
        TextOperations e = text.expr().str();
        return switch (choices.below(5)) {
            case 0 -> condition("like", e.like("%e_h%"), "(" + x + " LIKE '%e_h%')");
            case 1 -> condition("like", e.like("_"), "(" + x + " LIKE '_')");
            case 2 -> condition("like with escape", e.like("!%", '!'), "(" + x + " LIKE '!%' ESCAPE '!')");
            case 3 -> condition("containsRegex", e.containsRegex("[aeiou]{2}|x$"),
                    "regexp_matches(" + x + ", '[aeiou]{2}|x$')");
            default -> condition("fullMatch", e.fullMatch("[a-z ,0-9]+"),
                    "regexp_full_match(" + x + ", '[a-z ,0-9]+')");
        };
    }

    private Term kind(Term text) {
        String x = text.sql();
        TextOperations e = text.expr().str();
        return switch (choices.below(5)) {
            case 0 -> condition("isAlpha", e.isAlpha(), "regexp_full_match(" + x + ", '\\p{L}+')");
            case 1 -> condition("isDigit", e.isDigit(), "regexp_full_match(" + x + ", '\\p{Nd}+')");
            case 2 -> condition("isSpace", e.isSpace(), "regexp_full_match(" + x + ", '\\s+')");
            case 3 -> condition("isUpper", e.isUpper(), "(%s = upper(%s) AND %s <> lower(%s))".formatted(x, x, x, x));
            default -> condition("isLower", e.isLower(), "(%s = lower(%s) AND %s <> upper(%s))".formatted(x, x, x, x));
        };
    }

    private Term condition(String feature, Expr expr, String sql) {
        terms.draw().uses(feature);
        return Term.condition(expr, sql);
    }
}
