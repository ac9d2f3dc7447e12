package io.lazuli.tests.oracle;

import static io.lazuli.dataframe.Expressions.lit;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.tests.oracle.Attribute.Trust;
import java.util.List;

/// Random whole numbers that are parts of times, or say something of texts.
final class WholeTerms {
    /// Texts are not longer, whatever is done with them.
    private static final double LONGEST_TEXT = 100_000;
    private static final double MOST_YEARS = 300_000;

    private final Terms terms;
    private final Choices choices;
    private final Draw draw;

    WholeTerms(Terms terms) {
        this.terms = terms;
        this.choices = terms.choices();
        this.draw = terms.draw();
    }

    /// An INT.
    Term part(int depth) {
        return switch (choices.below(4)) {
            case 0, 1 -> ofDate(moved(depth));
            case 2 -> ofTime(terms.of(DataType.TIMESTAMP, depth));
            default -> ofText(terms.of(DataType.UTF8, depth), depth);
        };
    }

    /// A LONG.
    Term span(int depth) {
        return switch (choices.below(3)) {
            case 0 -> ofDuration(terms.of(DataType.DURATION, depth));
            case 1 -> {
                Term start = terms.of(DataType.DATE, depth);
                Term end = terms.of(DataType.DATE, depth);
                draw.uses("daysUntil");
                yield longOf(start.expr().dt().daysUntil(end.expr()),
                        "date_diff('day', " + start.sql() + ", " + end.sql() + ")", 1e8);
            }
            default -> sinceEpoch(terms.of(DataType.TIMESTAMP, depth));
        };
    }

    private Term sinceEpoch(Term time) {
        String micros = "epoch_us(" + time.sql() + ")";
        return switch (choices.below(3)) {
            case 0 -> {
                draw.uses("epochMicros");
                yield longOf(time.expr().dt().epochMicros(), micros, 0x1p60);
            }
            case 1 -> {
                draw.uses("epochMillis");
                yield longOf(time.expr().dt().epochMillis(), Dialect.floorQuotient(micros, "1000"), 0x1p50);
            }
            default -> {
                draw.uses("epochSeconds");
                yield longOf(time.expr().dt().epochSeconds(), Dialect.floorQuotient(micros, "1000000"), 0x1p50);
            }
        };
    }

    private Term ofDuration(Term duration) {
        record Unit(String name, Expr expr, long micros) {}
        Expr e = duration.expr();
        Unit unit = choices.oneOf(List.of(
                new Unit("toDays", e.dt().toDays(), 86_400_000_000L),
                new Unit("toHours", e.dt().toHours(), 3_600_000_000L),
                new Unit("toMinutes", e.dt().toMinutes(), 60_000_000L),
                new Unit("toSeconds", e.dt().toSeconds(), 1_000_000L),
                new Unit("toMillis", e.dt().toMillis(), 1_000L),
                new Unit("toMicros", e.dt().toMicros(), 1L)));
        draw.uses(unit.name());
        return longOf(unit.expr(), "(" + duration.sql() + " // " + unit.micros() + ")", duration.limit());
    }

    /// A date or time, perhaps of some days or months later. Only parts of it are looked at, for it may lie outside of the years
    /// whose texts both engines write alike.
    private Term moved(int depth) {
        Term time = terms.of(choices.below(2) == 0 ? DataType.DATE : DataType.TIMESTAMP, depth);
        int count = choices.between(-40, 40);
        return switch (choices.below(6)) {
            case 0 -> {
                draw.uses("plusDays");
                yield moved(time, time.expr().dt().plusDays(count), "to_days(" + count + ")");
            }
            case 1 -> {
                draw.uses("plusMonths");
                yield moved(time, time.expr().dt().plusMonths(count), "to_months(" + count + ")");
            }
            case 2 -> {
                draw.uses("plusYears");
                yield moved(time, time.expr().dt().plusYears(count), "to_months(12 * " + count + ")");
            }
            default -> time;
        };
    }

    private static Term moved(Term time, Expr expr, String interval) {
        return Term.of(time.type(), expr,
                "CAST(" + time.sql() + " + " + interval + " AS " + Dialect.type(time.type()) + ")");
    }

    private record Part(String name, Expr expr, String sql) {}

    private Term ofDate(Term time) {
        Expr e = time.expr();
        String x = time.sql();
        return whole(choices.oneOf(List.of(
                new Part("year", e.dt().year(), "year(" + x + ")"),
                new Part("month", e.dt().month(), "month(" + x + ")"),
                new Part("day", e.dt().day(), "day(" + x + ")"),
                new Part("dayOfWeek", e.dt().dayOfWeek(), "isodow(" + x + ")"),
                new Part("quarter", e.dt().quarter(), "quarter(" + x + ")"),
                new Part("dayOfYear", e.dt().dayOfYear(), "dayofyear(" + x + ")"),
                new Part("week", e.dt().week(), "week(" + x + ")"),
                new Part("isoYear", e.dt().isoYear(), "isoyear(" + x + ")"),
                new Part("daysInMonth", e.dt().daysInMonth(), "day(last_day(" + x + "))"))), MOST_YEARS);
    }

    private Term ofTime(Term time) {
        Expr e = time.expr();
        String x = time.sql();
        return whole(choices.oneOf(List.of(
                new Part("hour", e.dt().hour(), "hour(" + x + ")"),
                new Part("minute", e.dt().minute(), "minute(" + x + ")"),
                new Part("second", e.dt().second(), "second(" + x + ")"),
                new Part("millisecond", e.dt().millisecond(), "(millisecond(" + x + ") % 1000)"),
                new Part("microsecond", e.dt().microsecond(), "(microsecond(" + x + ") % 1000000)"))), 1_000_000);
    }

    private Term ofText(Term text, int depth) {
        Expr e = text.expr();
        String x = text.sql();
        if (choices.below(2) == 0) {
            Term letter = Term.of(DataType.UTF8, lit("e"), "'e'");
            return found(text, choices.below(2) == 0 ? letter : terms.of(DataType.UTF8, depth));
        }
        return whole(choices.oneOf(List.of(
                new Part("length", e.str().length(), "length(" + x + ")"),
                new Part("byteLength", e.str().byteLength(), "strlen(" + x + ")"),
                new Part("count", e.str().count("e"), "(length(" + x + ") - length(replace(" + x + ", 'e', '')))"),
                new Part("countRegex", e.str().countRegex("[a-m]+"), "len(regexp_extract_all(" + x + ", '[a-m]+'))"),
                new Part("byteLength of BINARY", e.cast(DataType.BINARY).str().byteLength(),
                        "octet_length(encode(" + x + "))"))),
                8 * LONGEST_TEXT);
    }

    private Term found(Term text, Term part) {
        String x = text.sql();
        String p = part.sql();
        String last =
                "CASE WHEN strpos(%s, %s) = 0 THEN -1 ELSE length(%s) - length(%s) - strpos(%s, %s) + 1 END".formatted(
                        x, p, x, p, Dialect.reversed(x), Dialect.reversed(p));
        return whole(choices.oneOf(List.of(
                new Part("find", text.expr().str().find(part.expr()), "(strpos(" + x + ", " + p + ") - 1)"),
                new Part("findLast", text.expr().str().findLast(part.expr()), last))), LONGEST_TEXT);
    }

    private Term whole(Part part, double limit) {
        draw.uses(part.name());
        return Term.of(DataType.INT, part.expr(), "CAST(" + part.sql() + " AS INTEGER)", limit, 1, Trust.EXACT);
    }

    private static Term longOf(Expr expr, String sql, double limit) {
        return Term.of(DataType.LONG, expr, "CAST(" + sql + " AS BIGINT)", limit, 1, Trust.EXACT);
    }
}
