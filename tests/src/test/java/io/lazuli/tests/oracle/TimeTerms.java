package io.lazuli.tests.oracle;

import io.lazuli.dataframe.type.DataType;
import java.util.List;

/// Random expressions that are dates or timestamps.
final class TimeTerms {
    private static final List<String> DATE_PARTS = List.of("year", "month", "day", "isodow");
    private static final List<String> TIME_PARTS = List.of("hour", "year", "month", "day", "isodow");

    private final Terms terms;

    TimeTerms(Terms terms) {
        this.terms = terms;
    }

    Term draw(DataType type, int depth) {
        Choices choices = terms.choices();
        if (choices.below(3) == 0) {
            Term operand = terms.of(type, depth);
            terms.draw().uses("time to text and back");
            return Term.of(type, operand.expr().cast(DataType.UTF8).cast(type), operand.sql());
        }
        DataType other = type == DataType.DATE ? DataType.TIMESTAMP : DataType.DATE;
        Term operand = terms.of(other, depth);
        terms.draw().uses("cast " + other + " to " + type);
        return Term.of(type, operand.expr().cast(type), operand.sqlAs(type));
    }

    /// The name of a part that a time has, in SQL.
    String part(Term time) {
        return terms.choices().oneOf(time.type() == DataType.DATE ? DATE_PARTS : TIME_PARTS);
    }
}
