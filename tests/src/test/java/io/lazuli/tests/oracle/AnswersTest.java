package io.lazuli.tests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.tests.oracle.Attribute.Trust;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the comparison sees, and what it must not see.
class AnswersTest {
    private static final Attribute TEXT = Attribute.of("t", DataType.UTF8);
    private static final Attribute REAL = Attribute.of("r", DataType.FLOAT64);
    private static final Attribute SUM =
            new Attribute("s", DataType.FLOAT64, Double.POSITIVE_INFINITY, 0, Trust.ROUNDED, Attribute.UNKNOWN);

    private static List<Object[]> rows(Object[]... rows) {
        return Arrays.asList(rows);
    }

    private static Object[] row(Object... cells) {
        return cells;
    }

    @Test
    void orderCountsWhereThereIsOne() {
        List<Object[]> some = rows(row("a", 1.0), row("b", 2.0));
        List<Object[]> turned = rows(row("b", 2.0), row("a", 1.0));
        assertThat(new Answers(List.of(TEXT, REAL), false).difference(some, turned)).isEmpty();
        assertThat(new Answers(List.of(TEXT, REAL), true).difference(some, turned)).isPresent();
    }

    @Test
    void howOftenARowComesCounts() {
        Answers answers = new Answers(List.of(TEXT), false);
        List<Object[]> more = rows(row("a"), row("a"), row("b"));
        List<Object[]> other = rows(row("a"), row("b"), row("b"));
        assertThat(answers.difference(more, other)).isPresent();
        assertThat(answers.difference(more, rows(row("a"), row("b")))).isPresent();
    }

    @Test
    void nullIsNeitherEmptyNorNaN() {
        Answers answers = new Answers(List.of(TEXT, REAL), true);
        List<Object[]> nulls = rows(row(null, null));
        assertThat(answers.difference(nulls, rows(row("", null)))).isPresent();
        assertThat(answers.difference(nulls, rows(row(null, Double.NaN)))).isPresent();
        assertThat(answers.difference(rows(row("x", 0.0)), rows(row("x", null)))).isPresent();
    }

    @Test
    void zerosAndNansAreEqual() {
        Answers answers = new Answers(List.of(REAL), false);
        assertThat(answers.difference(rows(row(-0.0), row(Double.NaN)), rows(row(Double.NaN), row(0.0)))).isEmpty();
        assertThat(answers.difference(rows(row(Math.nextUp(1.0))), rows(row(1.0)))).isPresent();
    }

    @Test
    void roundedValuesAreEqualUpToTheirTolerance() {
        Answers answers = new Answers(List.of(SUM, TEXT), false);
        List<Object[]> expected = rows(row(1.0, "a", 1e-9), row(2.0, "b", 0.0));
        assertThat(answers.difference(expected, rows(row(2.0, "b"), row(1.0 + 5e-10, "a")))).isEmpty();
        assertThat(answers.difference(expected, rows(row(2.0, "b"), row(1.0 + 2e-9, "a")))).isPresent();
        assertThat(answers.difference(expected, rows(row(2.0 + 5e-10, "b"), row(1.0, "a")))).isPresent();
        assertThat(answers.difference(expected, rows(row(2.0, "b"), row(Double.NaN, "a")))).isPresent();
        assertThat(answers.difference(expected, rows(row(2.0, "b"), row(Double.POSITIVE_INFINITY, "a")))).isPresent();
    }
}
