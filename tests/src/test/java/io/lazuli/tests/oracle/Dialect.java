package io.lazuli.tests.oracle;

import io.lazuli.dataframe.type.DataType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/// Where DuckDB's SQL means something else than Lazuli's expressions, and how it says what Lazuli means. Nothing is left out of
/// the comparison for such a difference but what stands at the end of this list.
///
/// | | Lazuli | DuckDB | here |
/// |---|---|---|---|
/// | whole number `%` 0 | null | an error | setting `error_on_division_by_zero` |
/// | x `%` -1 | 0 | an error for the least number | [#remainder] |
/// | division | always FLOAT64, IEEE | the same, for doubles | casts of both sides |
/// | FLOAT64 to a whole number | truncates | rounds to even | [#truncated] |
/// | `round` | half to even | half away from zero | `round_even` |
/// | `trim` | ASCII white space | blanks | [#trimmed] |
/// | `upper` of ß | SS, as Unicode's full mapping has it | ẞ | [#upper] |
/// | `sum` of whole numbers | LONG, or an error | HUGEINT | a cast of the sum, which fails alike |
/// | nulls in an order | last in both directions | depends on the direction | always spelled out |
/// | order of rows | of scans and sorts, kept by row operations | none | a column [#ORDER], made by row_number |
/// | 0.0 or -0.0 in a key, minimum or maximum | either, they are equal | either | compared as equal, never a divisor |
/// | texts of FLOAT64 | `1.0E10` | `10000000000.0` | only cast to text and back; both promise that this is the value |
/// | years before 1 and after 9999 as text | `-0001`, `10000` | `0002 (BC)` | not in tables; the other functions of dates see them |
/// | DURATION | microseconds | INTERVAL of months, days and microseconds | the microseconds, as BIGINT |
/// | `reverse` | code points | grapheme clusters | [#reversed] |
/// | quotient `//`, remainder | rounded down: `floorDividedBy`, `modulo` | truncated | [#floorQuotient], [#modulo] |
/// | padding | never cuts | cuts | repeated fillers |
/// | logarithms, arcs out of their domain | NaN | an error | guarded |
/// | floating sums | within n eps sum of magnitudes | the same | compared up to the sum of both errors |
final class Dialect {
    /// The column that numbers the rows of an ordered query.
    static final String ORDER = "\"o__\"";

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private Dialect() {}

    static String name(String column) {
        return '"' + column + '"';
    }

    static String tolerance(String column) {
        return name(column + "__tol");
    }

    static String type(DataType type) {
        return switch (type) {
            case DataType.Simple.BOOL -> "BOOLEAN";
            case DataType.Simple.INT -> "INTEGER";
            case DataType.Simple.LONG -> "BIGINT";
            case DataType.Simple.FLOAT64 -> "DOUBLE";
            case DataType.Simple.UTF8 -> "VARCHAR";
            case DataType.Simple.DATE -> "DATE";
            case DataType.Simple.TIMESTAMP -> "TIMESTAMP";
            case DataType.Simple.DURATION -> "BIGINT";
            case DataType.Simple.BINARY -> "BLOB";
            case DataType.Decimal(int precision, int scale) -> "DECIMAL(%d, %d)".formatted(precision, scale);
        };
    }

    static String literal(long value) {
        return value == Long.MIN_VALUE ? "(-9223372036854775807 - 1)" : "(" + value + ")";
    }

    static String literal(double value) {
        return "CAST('" + value + "' AS DOUBLE)";
    }

    static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    static String literal(LocalDate value) {
        return "DATE '" + value + "'";
    }

    static String literal(LocalDateTime value) {
        return "TIMESTAMP '" + MICROS.format(value) + "'";
    }

    /// A value as a number, a text or a truth value: days of a date, microseconds of a timestamp, digits of a decimal.
    static String cell(Attribute column) {
        return switch (column.type()) {
            case DataType.Simple.DATE -> "CAST(" + column.sql() + " - DATE '1970-01-01' AS BIGINT)";
            case DataType.Simple.TIMESTAMP -> "epoch_us(" + column.sql() + ")";
            case DataType.Simple.BINARY -> "decode(" + column.sql() + ")";
            case DataType.Decimal ignored -> "CAST(" + column.sql() + " AS VARCHAR)";
            case DataType.Simple.BOOL, DataType.Simple.INT, DataType.Simple.LONG, DataType.Simple.FLOAT64,
                    DataType.Simple.UTF8, DataType.Simple.DURATION ->
                column.sql();
        };
    }

    static String remainder(String left, String right, DataType type) {
        String remainder = "(" + left + " % " + right + ")";
        return type == DataType.FLOAT64
                ? remainder
                : "CASE WHEN " + right + " = -1 THEN " + left + " - " + left + " ELSE " + remainder + " END";
    }

    static String truncated(String real, DataType type) {
        return "CAST(trunc(" + real + ") AS " + type(type) + ")";
    }

    static String floorQuotient(String left, String right) {
        String remainder = "(" + left + " % " + right + ")";
        return "CASE WHEN %s = 0 THEN NULL ELSE %s // %s - CASE WHEN %s <> 0 AND (%s < 0) <> (%s < 0) THEN 1 ELSE 0 END END"
                .formatted(right, left, right, remainder, left, right);
    }

    static String modulo(String left, String right) {
        String remainder = "(" + left + " % " + right + ")";
        return "CASE WHEN %s = 0 THEN NULL WHEN %s <> 0 AND (%s < 0) <> (%s < 0) THEN %s + %s ELSE %s END".formatted(
                right, remainder, left, right, remainder, right, remainder);
    }

    static String reversed(String text) {
        return "array_to_string(list_reverse(regexp_extract_all(" + text + ", '(?s).')), '')";
    }

    static String trimmed(String text) {
        return "trim(" + text + ", ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13))";
    }

    static String upper(String text) {
        return "upper(replace(" + text + ", 'ß', 'SS'))";
    }
}
