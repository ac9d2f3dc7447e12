package io.lazuli.tests.oracle;

import static io.lazuli.dataframe.Expressions.joinTexts;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.TextOperations;
import io.lazuli.dataframe.type.DataType;
import java.util.List;

/// Random expressions that are texts, or bytes.
final class TextTerms {
    private static final List<DataType> PRINTED =
            List.of(DataType.INT, DataType.LONG, DataType.BOOL, DataType.DATE, DataType.TIMESTAMP, Terms.DECIMAL);

    private final Terms terms;
    private final Choices choices;

    TextTerms(Terms terms) {
        this.terms = terms;
        this.choices = terms.choices();
    }

    Term draw(int depth) {
        return switch (choices.below(6)) {
            case 0 -> changed(terms.of(DataType.UTF8, depth));
            case 1 -> joined(depth);
            case 2 -> part(terms.of(DataType.UTF8, depth));
            case 3 -> padded(terms.of(DataType.UTF8, depth));
            case 4 -> printed(depth);
            default -> {
                Term bytes = terms.of(DataType.BINARY, depth);
                yield text("cast BINARY to text", bytes.expr().cast(DataType.UTF8), "decode(" + bytes.sql() + ")");
            }
        };
    }

    /// A BINARY.
    Term bytes(int depth) {
        Term text = terms.of(DataType.UTF8, depth);
        terms.draw().uses("cast text to BINARY");
        return Term.of(DataType.BINARY, text.expr().cast(DataType.BINARY), "encode(" + text.sql() + ")");
    }

    private Term printed(int depth) {
        if (choices.below(3) == 0) {
            Term time = terms.of(choices.below(2) == 0 ? DataType.DATE : DataType.TIMESTAMP, depth);
            String x = time.sql();
            return switch (choices.below(3)) {
                case 0 -> text("dayName", time.expr().dt().dayName(), "dayname(" + x + ")");
                case 1 -> text("monthName", time.expr().dt().monthName(), "monthname(" + x + ")");
                default ->
                    text("format", time.expr().dt().format("EEE dd.MM. MMM"), "strftime(" + x + ", '%a %d.%m. %b')");
            };
        }
        Term value = terms.of(choices.oneOf(PRINTED), depth);
        return text("cast " + value.type() + " to text", value.expr().cast(DataType.UTF8),
                "CAST(" + value.sql() + " AS VARCHAR)");
    }

    private Term changed(Term operand) {
        String x = operand.sql();
        TextOperations e = operand.expr().str();
        return switch (choices.below(9)) {
            case 0 -> text("upper", e.upper(), Dialect.upper(x));
            case 1 -> text("lower", e.lower(), "lower(" + x + ")");
            case 2 -> text("mapString", operand.expr().mapString("shout", text -> text + "!"), "(" + x + " || '!')");
            case 3 -> text("capitalize", e.capitalize(),
                    "CASE WHEN starts_with(%s, 'ß') THEN left(%s, 1) ELSE upper(left(%s, 1)) END || lower(substring(%s, 2))"
                            .formatted(x, x, x, x));
            case 4 -> text("reverse", e.reverse(), Dialect.reversed(x));
            case 5 -> text("stripAccents", e.stripAccents(), "strip_accents(" + x + ")");
            case 6 -> text("replace", e.replace("e", "--"), "replace(" + x + ", 'e', '--')");
            case 7 -> text("replaceRegex", e.replaceRegex("([aeiou])(.)", "$2<$1>"),
                    "regexp_replace(" + x + ", '([aeiou])(.)', '\\2<\\1>', 'g')");
            default -> text("repeat", e.repeat(2), "repeat(" + x + ", 2)");
        };
    }

    private Term joined(int depth) {
        Term first = terms.of(DataType.UTF8, depth);
        Term second = terms.of(DataType.UTF8, depth);
        if (choices.below(2) == 0) {
            return text("concat", first.expr().str().concat(second.expr()),
                    "(" + first.sql() + " || " + second.sql() + ")");
        }
        return text("joinTexts", joinTexts(", ", first.expr(), second.expr()),
                "concat_ws(', ', " + first.sql() + ", " + second.sql() + ")");
    }

    private Term part(Term operand) {
        String x = operand.sql();
        TextOperations e = operand.expr().str();
        int start = choices.below(15);
        int length = choices.below(10);
        return switch (choices.below(9)) {
            case 0 -> text("substring", e.substring(start, length),
                    "substring(%s, %d, %d)".formatted(x, start + 1, length));
            case 1 -> text("left", e.left(length), "left(" + x + ", " + length + ")");
            case 2 -> text("right", e.right(length), "right(" + x + ", " + length + ")");
            case 3 -> sliced(operand, start - 8, length - 4);
            case 4 -> text("removePrefix", e.removePrefix("a"),
                    "CASE WHEN starts_with(%s, 'a') THEN substring(%s, 2) ELSE %s END".formatted(x, x, x));
            case 5 -> text("removeSuffix", e.removeSuffix("h"),
                    "CASE WHEN ends_with(%s, 'h') THEN left(%s, length(%s) - 1) ELSE %s END".formatted(x, x, x, x));
            case 6 -> {
                int index = choices.between(-2, 2);
                yield text("splitPart", e.splitPart(" ", index),
                        "string_split(%s, ' ')[%d]".formatted(x, index < 0 ? index : index + 1));
            }
            case 7 -> text("extract", e.extract("([a-z]+) ([a-z]+)", 2),
                    "CASE WHEN regexp_matches(%s, '([a-z]+) ([a-z]+)') THEN regexp_extract(%s, '([a-z]+) ([a-z]+)', 2) END"
                            .formatted(x, x));
            default -> trimmed(operand);
        };
    }

    private Term sliced(Term operand, int start, int end) {
        String x = operand.sql();
        String from = position(x, start);
        return text("slice", operand.expr().str().slice(start, end),
                "substring(%s, %s + 1, greatest(%s - %s, 0))".formatted(x, from, position(x, end), from));
    }

    /// As Python counts.
    private static String position(String text, int index) {
        return index < 0
                ? "greatest(length(" + text + ") - " + -index + ", 0)"
                : "least(length(" + text + "), " + index + ")";
    }

    private Term trimmed(Term operand) {
        String x = operand.sql();
        TextOperations e = operand.expr().str();
        return switch (choices.below(4)) {
            case 0 -> text("trim", e.trim(), Dialect.trimmed(x));
            case 1 -> text("trim characters", e.trim("ah \""), "trim(" + x + ", 'ah \"')");
            case 2 -> text("trimStart", e.trimStart("aE "), "ltrim(" + x + ", 'aE ')");
            default -> text("trimEnd", e.trimEnd("hkm"), "rtrim(" + x + ", 'hkm')");
        };
    }

    private Term padded(Term operand) {
        String x = operand.sql();
        int width = choices.below(12);
        TextOperations e = operand.expr().str();
        return switch (choices.below(3)) {
            case 0 -> text("padStart", e.padStart(width, '.'), "(" + fillers('.', width, x) + " || " + x + ")");
            case 1 -> text("padEnd", e.padEnd(width, 'ä'), "(" + x + " || " + fillers('ä', width, x) + ")");
            default -> text("zeroFill", e.zeroFill(width),
                    "CASE WHEN left(%s, 1) IN ('-', '+') THEN left(%s, 1) || %s || substring(%s, 2) ELSE %s || %s END"
                            .formatted(x, x, fillers('0', width, x), x, fillers('0', width, x), x));
        };
    }

    private static String fillers(char filler, int width, String text) {
        return "repeat('%s', greatest(%d - length(%s), 0))".formatted(filler, width, text);
    }

    private Term text(String feature, Expr expr, String sql) {
        terms.draw().uses(feature);
        return Term.of(DataType.UTF8, expr, sql);
    }
}
