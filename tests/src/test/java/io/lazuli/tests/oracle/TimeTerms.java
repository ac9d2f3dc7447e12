package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DateUnit;
import io.lazuli.dataframe.type.DataType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Random expressions that are dates or timestamps.
final class TimeTerms {
    private final Terms terms;

    TimeTerms(Terms terms) {
        this.terms = terms;
    }

    Term draw(DataType type, int depth) {
        Choices choices = terms.choices();
        int kind = choices.below(5);
        if (kind == 1) {
            return truncated(terms.of(type, depth));
        }
        if (kind == 2 && type == DataType.TIMESTAMP) {
            return floored(terms.of(type, depth));
        }
        if (kind == 0) {
            Term operand = terms.of(type, depth);
            terms.draw().uses("time to text and back");
            return Term.of(type, operand.expr().cast(DataType.UTF8).cast(type), operand.sql());
        }
        DataType other = type == DataType.DATE ? DataType.TIMESTAMP : DataType.DATE;
        Term operand = terms.of(other, depth);
        terms.draw().uses("cast " + other + " to " + type);
        return Term.of(type, operand.expr().cast(type), operand.sqlAs(type));
    }

    private Term truncated(Term operand) {
        DateUnit unit = terms.choices().oneOf(List.of(DateUnit.YEAR, DateUnit.QUARTER, DateUnit.MONTH, DateUnit.WEEK,
                operand.type() == DataType.DATE ? DateUnit.WEEK : DateUnit.HOUR,
                operand.type() == DataType.DATE ? DateUnit.DAY : DateUnit.MINUTE));
        terms.draw().uses("truncate to " + unit);
        return Term.of(operand.type(), operand.expr().dt().truncate(unit), "CAST(date_trunc('%s', %s) AS %s)".formatted(
                unit.name().toLowerCase(Locale.ROOT), operand.sql(), Dialect.type(operand.type())));
    }

    private Term floored(Term operand) {
        terms.draw().uses("floor to 15 minutes");
        String micros = "epoch_us(" + operand.sql() + ")";
        return Term.of(DataType.TIMESTAMP, operand.expr().dt().floor(Duration.ofMinutes(15)),
                "make_timestamp(" + micros + " - (" + Dialect.modulo(micros, "900000000") + "))");
    }
}
