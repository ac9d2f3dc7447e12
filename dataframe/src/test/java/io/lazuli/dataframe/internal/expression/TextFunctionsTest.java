package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Evaluations.call;
import static io.lazuli.dataframe.internal.expression.Evaluations.checkBinary;
import static io.lazuli.dataframe.internal.expression.Evaluations.checkCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.Shape;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.expression.Evaluations.Operands;
import io.lazuli.dataframe.type.DataType;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each function of texts against one line of java.lang, on texts that are empty, short, long, of many bytes, and null.
class TextFunctionsTest {
    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    @Property(tries = 150)
    void lengths(@ForAll("shapes") Shape shape) {
        check(shape, DataType.INT, TextFunction.BYTE_LENGTH, s -> s.getBytes(StandardCharsets.UTF_8).length);
    }

    @Property(tries = 150)
    void texts(@ForAll("shapes") Shape shape) {
        check(shape, DataType.UTF8, TextFunction.REVERSE, s -> new StringBuilder(s).reverse().toString());
        check(shape, DataType.UTF8, TextFunction.CAPITALIZE, s -> capitalized(s, false));
        check(shape, DataType.UTF8, TextFunction.TITLE, s -> capitalized(s, true));
        check(shape, DataType.UTF8, TextFunction.STRIP_ACCENTS,
                s -> Normalizer.normalize(s, Normalizer.Form.NFD).replaceAll("\\p{Mn}", ""));
    }

    private static String capitalized(String text, boolean everyWord) {
        StringBuilder result = new StringBuilder();
        boolean first = true;
        for (int point : text.codePoints().toArray()) {
            result.appendCodePoint(first ? Character.toTitleCase(point) : Character.toLowerCase(point));
            first = everyWord && !Character.isLetter(point);
        }
        return result.toString();
    }

    @Property(tries = 150)
    void trimming(@ForAll("shapes") Shape shape) {
        check(shape, DataType.UTF8, TextFunction.TRIM_START, s -> s.replaceAll("^[ \\t-\\r]+", ""));
        check(shape, DataType.UTF8, TextFunction.TRIM_END, s -> s.replaceAll("[ \\t-\\r]+$", ""));
        check(shape, DataType.UTF8, TextFunction.TRIM, s -> s.replaceAll("^[abé日]+|[abé日]+$", ""), "baé日");
        check(shape, DataType.UTF8, TextFunction.TRIM_START, s -> s.replaceAll("^[abé]+", ""), "abé");
        check(shape, DataType.UTF8, TextFunction.TRIM_END, s -> s.replaceAll("[abé]+$", ""), "abé");
        check(shape, DataType.UTF8, TextFunction.REMOVE_PREFIX, s -> s.startsWith("abcd") ? s.substring(4) : s, "abcd");
        check(shape, DataType.UTF8, TextFunction.REMOVE_SUFFIX,
                s -> s.endsWith("jkl") ? s.substring(0, s.length() - 3) : s,
                "jkl");
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void slice_countsFromBothEnds(
            @ForAll("shapes") Shape shape, @ForAll @IntRange(min = -30, max = 30) int start,
            @ForAll @IntRange(min = -30, max = 30) int end) {
        check(shape, DataType.UTF8, TextFunction.SLICE, s -> slice(s, start, end), start, end);
        check(shape, DataType.UTF8, TextFunction.SLICE, s -> slice(s, start, Integer.MAX_VALUE), start,
                Integer.MAX_VALUE);
        check(shape, DataType.UTF8, TextFunction.SLICE, s -> slice(s, Integer.MIN_VALUE, end), Integer.MIN_VALUE, end);
    }

    private static String slice(String text, int start, int end) {
        int[] points = text.codePoints().toArray();
        int from = position(start, points.length);
        int to = Math.max(from, position(end, points.length));
        return new String(points, from, to - from);
    }

    private static int position(long position, int length) {
        return (int) Math.clamp(position < 0 ? position + length : position, 0, length);
    }

    @Property(tries = 150)
    void padding(@ForAll("shapes") Shape shape, @ForAll @IntRange(min = -1, max = 40) int width) {
        check(shape, DataType.UTF8, TextFunction.PAD_START, s -> "é".repeat(missing(s, width)) + s, width, "é");
        check(shape, DataType.UTF8, TextFunction.PAD_END, s -> s + "-".repeat(missing(s, width)), width, "-");
        check(shape, DataType.UTF8, TextFunction.CENTER, s -> {
            int left = missing(s, width) / 2 + (missing(s, width) & width & 1);
            return "*".repeat(left) + s + "*".repeat(missing(s, width) - left);
        }, width, "*");
        check(shape, DataType.UTF8, TextFunction.ZERO_FILL, s -> {
            int sign = s.startsWith("-") || s.startsWith("+") ? 1 : 0;
            return s.substring(0, sign) + "0".repeat(missing(s, width)) + s.substring(sign);
        }, width);
        check(shape, DataType.UTF8, TextFunction.REPEAT, s -> s.repeat(Math.max(0, width) / 10),
                Math.max(0, width) / 10);
    }

    private static int missing(String text, int width) {
        return Math.max(0, width - text.codePointCount(0, text.length()));
    }

    @Property(tries = 200)
    void searching(@ForAll("shapes") Shape shape, @ForAll Operands operands) {
        checkBinary(shape, operands, DataType.UTF8,
                (x, y) -> new Call(TextFunction.FIND, List.of(x, y), DataType.INT),
                (x, y) -> points((String) x, ((String) x).indexOf((String) y)));
        checkBinary(shape, operands, DataType.UTF8,
                (x, y) -> new Call(TextFunction.FIND_LAST, List.of(x, y), DataType.INT),
                (x, y) -> points((String) x, ((String) x).lastIndexOf((String) y)));
        checkBinary(shape, operands, DataType.UTF8,
                (x, y) -> new Call(TextFunction.COUNT, List.of(x, y), DataType.INT),
                (x, y) -> count((String) x, (String) y));
    }

    private static Object points(String text, int index) {
        return index < 0 ? -1 : text.codePointCount(0, index);
    }

    private static int count(String text, String part) {
        return part.isEmpty()
                ? text.codePointCount(0, text.length()) + 1
                : (int) Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }

    @Property(tries = 150)
    void replacing(@ForAll("shapes") Shape shape) {
        check(shape, DataType.UTF8, TextFunction.REPLACE, s -> s.replace("a", "<é>"), "a", "<é>");
        check(shape, DataType.UTF8, TextFunction.REPLACE, s -> s.replace("bc", ""), "bc", "");
        check(shape, DataType.UTF8, TextFunction.REPLACE, s -> s.replace("é", "abcdefghijklmno"), "é",
                "abcdefghijklmno");
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void splitting(@ForAll("shapes") Shape shape, @ForAll @IntRange(min = -5, max = 5) int index) {
        check(shape, DataType.UTF8, TextFunction.SPLIT_PART, s -> part(s, "b", index), "b", index);
        check(shape, DataType.UTF8, TextFunction.SPLIT_PART, s -> part(s, "é", index), "é", index);
    }

    private static String part(String text, String separator, int index) {
        String[] parts = text.split(Pattern.quote(separator), -1);
        int at = index < 0 ? parts.length + index : index;
        return at < 0 || at >= parts.length ? null : parts[at];
    }

    @Property(tries = 100)
    void regularExpressions(@ForAll("shapes") Shape shape) {
        for (String regex : List.of("a+b", "$", "[é日😀]", "^(.)(.*)$", "(?i)ABC(d)?")) {
            Pattern pattern = Pattern.compile(regex);
            check(shape, DataType.BOOL, TextFunction.CONTAINS_REGEX, s -> pattern.matcher(s).find(), regex);
            check(shape, DataType.BOOL, TextFunction.FULL_MATCH, s -> pattern.matcher(s).matches(), regex);
            check(shape, DataType.INT, TextFunction.COUNT_REGEX, s -> (int) pattern.matcher(s).results().count(),
                    regex);
            int group = pattern.matcher("").groupCount();
            check(shape, DataType.UTF8, TextFunction.EXTRACT, s -> {
                Matcher matcher = pattern.matcher(s);
                return matcher.find() ? matcher.group(group) : null;
            }, regex, group);
            check(shape, DataType.UTF8, TextFunction.REPLACE_REGEX, s -> pattern.matcher(s).replaceAll("<$0>"), regex,
                    "<$0>");
        }
    }

    @Test
    void emptyMatches_neverCutACodePoint() {
        assertThat(one(call(TextFunction.REPLACE_REGEX, DataType.UTF8, DataType.UTF8, "x?", "-"), "a😀x"))
                .isEqualTo("-a-😀--");
        assertThat(one(call(TextFunction.COUNT_REGEX, DataType.UTF8, DataType.INT, ""), "a😀b")).isEqualTo(4);
    }

    @Property(tries = 100)
    void like_isARegularExpressionOfItsOwn(@ForAll("shapes") Shape shape) {
        for (String pattern : List.of("", "%", "a%", "%b", "%abc%", "_", "a_c%", "%_", "%é_%", "__%", "%a%b%", "Z_ë",
                "日%ト")) {
            Pattern regex = Pattern.compile(pattern.replace("%", ".*").replace("_", "."), Pattern.DOTALL);
            check(shape, DataType.BOOL, TextFunction.LIKE, s -> regex.matcher(s).matches(), pattern);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "100%, 100!%, true", "100 percent, 100!%, false", "a_b, a!_b, true", "axb, a!_b, false", "a!b, a!!b, true",
        "'', %%, true", "ab, %a%a%, false", "aXbXc, a%b%c, true", "mississippi, m%iss%ip%i, true",
        "mississippi, m%iss%ip%x, false"
    })
    void like_takesMeaningWithAnEscape(String text, String pattern, boolean matches) {
        assertThat(one(call(TextFunction.LIKE, DataType.UTF8, DataType.BOOL, pattern, "!"), text)).isEqualTo(matches);
    }

    @Property(tries = 150)
    void classesOfCharacters(@ForAll("shapes") Shape shape) {
        check(shape, DataType.BOOL, TextFunction.IS_ALPHA, s -> all(s, Character::isLetter));
        check(shape, DataType.BOOL, TextFunction.IS_DIGIT, s -> all(s, Character::isDigit));
        check(shape, DataType.BOOL, TextFunction.IS_SPACE,
                s -> all(s, c -> Character.isWhitespace(c) || Character.isSpaceChar(c)));
        check(shape, DataType.BOOL, TextFunction.IS_UPPER,
                s -> s.codePoints().noneMatch(Character::isLowerCase)
                        && s.codePoints().anyMatch(Character::isUpperCase));
        check(shape, DataType.BOOL, TextFunction.IS_LOWER,
                s -> s.codePoints().noneMatch(Character::isUpperCase)
                        && s.codePoints().anyMatch(Character::isLowerCase));
    }

    private static boolean all(String text, IntPredicate test) {
        return !text.isEmpty() && text.codePoints().allMatch(test);
    }

    @ParameterizedTest
    @CsvSource({
        "IS_NUMERIC, 12½Ⅷ, true", "IS_NUMERIC, 1.5, false", "IS_DIGIT, ١٢, true", "IS_DIGIT, ½, false",
        "IS_ALPHANUMERIC, añ7, true", "IS_ALPHANUMERIC, a-7, false", "IS_ALPHA, '', false", "IS_UPPER, A1, true",
        "IS_UPPER, 11, false", "IS_LOWER, ß!, true"
    })
    void classesOfCharacters_inExamples(TextFunction function, String text, boolean expected) {
        assertThat(one(call(function, DataType.UTF8, DataType.BOOL), text)).isEqualTo(expected);
    }

    @Property(tries = 150)
    void joining_leavesNullsOut(@ForAll("shapes") Shape shape) {
        List<Object> left = shape.values(DataType.UTF8, 0);
        List<Object> right = shape.values(DataType.UTF8, 1);
        BoundExpr join = new Call(TextFunction.JOIN_TEXTS, List.of(Evaluations.literal(DataType.UTF8, ", "),
                Evaluations.input(0, DataType.UTF8), Evaluations.input(1, DataType.UTF8)), DataType.UTF8);
        Evaluations.checkRows(shape, List.of(DataType.UTF8, DataType.UTF8), List.of(left, right), join,
                row -> String.join(", ", row.stream().filter(v -> v != null).map(v -> (String) v).toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(.*)(.*)(.*)(.*)(.*)(.*)(.*)x", "(.*a){20}b"})
    @Timeout(60)
    void regularExpressionsThatTakeForEver_areAnError(String regex) {
        assertThatThrownBy(
                () -> one(call(TextFunction.FULL_MATCH, DataType.UTF8, DataType.BOOL, regex), "a".repeat(60)))
                .hasMessage(
                        ("The regular expression %s went back and forth too often in the text '%s' of 60 characters."
                                + " Write it without nested repetition, such as (a+)+, or use possessive quantifiers, such as a++.")
                                .formatted(regex, "a".repeat(60)));
    }

    @Test
    void regularExpressionsThatRecurTooDeep_areAnError() {
        String text = "ab".repeat(200_000);

        assertThatThrownBy(() -> one(call(TextFunction.FULL_MATCH, DataType.UTF8, DataType.BOOL, "(a|b)*"), text))
                .hasMessageContaining("went back and forth too often")
                .hasMessageContaining("of 400,000 characters");
    }

    @Test
    void textsThatBecomeTooLong_areAnError() {
        String text = "x".repeat(1 << 20);

        assertThatThrownBy(() -> one(call(TextFunction.REPEAT, DataType.UTF8, DataType.UTF8, 1 << 12), text))
                .hasMessage("A text of 4,294,967,296 bytes would arise; a text may have 2,147,483,647."
                        + " Shorten the texts before they are joined.");
    }

    @Test
    void datesByPattern() {
        assertThat(
                all(call(TextFunction.TO_DATE, DataType.UTF8, DataType.DATE, "dd.MM.yyyy"), "01.01.1970", "29.02.2000",
                        null, "29.02.2000", "31.12.1969"))
                .containsExactly(0, 11016, null, 11016, -1);
        assertThat(all(call(TextFunction.TO_TIMESTAMP, DataType.UTF8, DataType.TIMESTAMP, "d MMM yyyy[ h:mm a]"),
                "2 Jan 1970", "1 jan 1970 12:30 AM"))
                .containsExactly(86_400_000_000L, 1_800_000_000L);
        assertThat(all(call(TextFunction.TRY_TO_DATE, DataType.UTF8, DataType.DATE, "yyyy-MM-dd"), "1970-02-30", "x",
                "1970-01-02", "x"))
                .containsExactly(null, null, 1, null);
        assertThatThrownBy(
                () -> all(call(TextFunction.TO_DATE, DataType.UTF8, DataType.DATE, "yyyy-MM-dd"), "1970-01-01",
                        "1970-02-30"))
                .hasMessage(
                        "'1970-02-30' is no DATE of the pattern yyyy-MM-dd. Correct the pattern, filter such rows out,"
                                + " or take tryToDate(...), which gives null for them.");
    }

    /// Checks a function of one text and constants.
    private static void check(Shape shape, DataType result, TextFunction function,
            java.util.function.Function<String, Object> specification, Object... constants) {
        UnaryOperator<Object> ofObject = value -> specification.apply((String) value);
        checkCall(shape, DataType.UTF8, shape.values(DataType.UTF8, 0),
                call(function, DataType.UTF8, result, constants),
                ofObject);
    }

    private static Object one(Call call, String text) {
        return all(call, text).getFirst();
    }

    private static List<Object> all(Call call, String... texts) {
        return Evaluations.evaluate(call, List.of(DataType.UTF8), List.of(new ArrayList<Object>(Arrays.asList(texts))));
    }
}
