package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.lit;

import io.lazuli.dataframe.internal.ExpressionErrors;
import io.lazuli.dataframe.internal.expression.TextFunction;

/// The operations on text, reached by [Expr#str]. Positions and lengths count code points, from 0. Null gives null. Case and classes
/// of characters are Unicode's and do not depend on the machine's language.
///
/// Constants (patterns, widths, separators) are checked when the expression meets a frame: USER errors name the call.
///
/// ```java
/// people.filter(col("name").str().lower().str().startsWith("mc"));
/// ```
///
/// **Regular expressions** are java.util.regex's. It can take exponential time for patterns such as `(a+)+b`: a text that is looked at
/// more than a million times, and ten thousand times a character, fails with a DATA error, and a cancelled job stops even then.
public final class TextOperations {
    private final Expr text;

    TextOperations(Expr text) {
        this.text = text;
    }

    /// Number of code points, as INT.
    public Expr length() {
        return ExprNode.Call.of(TextFunction.LENGTH, text);
    }

    /// Number of bytes in UTF-8, as INT; of BINARY too.
    public Expr byteLength() {
        return ExprNode.Call.of(TextFunction.BYTE_LENGTH, text);
    }

    /// All letters in upper case.
    public Expr upper() {
        return ExprNode.Call.of(TextFunction.UPPER, text);
    }

    /// All letters in lower case.
    public Expr lower() {
        return ExprNode.Call.of(TextFunction.LOWER, text);
    }

    /// The first character in upper case, all others in lower case; one character for one (ß stays).
    public Expr capitalize() {
        return ExprNode.Call.of(TextFunction.CAPITALIZE, text);
    }

    /// The first letter of every word in upper case, all others in lower case; words are what stands between characters that are no
    /// letters.
    public Expr title() {
        return ExprNode.Call.of(TextFunction.TITLE, text);
    }

    /// The code points in opposite order.
    public Expr reverse() {
        return ExprNode.Call.of(TextFunction.REVERSE, text);
    }

    /// Without accents and other marks on letters: `Zoë` becomes `Zoe`. What Unicode does not decompose (ø, ß) stays.
    public Expr stripAccents() {
        return ExprNode.Call.of(TextFunction.STRIP_ACCENTS, text);
    }

    /// Without ASCII white space at both ends.
    public Expr trim() {
        return ExprNode.Call.of(TextFunction.TRIM, text);
    }

    /// Without any of the characters at both ends.
    public Expr trim(String characters) {
        return ExprNode.Call.of(TextFunction.TRIM, text, lit(characters));
    }

    /// Without ASCII white space at the start.
    public Expr trimStart() {
        return ExprNode.Call.of(TextFunction.TRIM_START, text);
    }

    /// Without any of the characters at the start.
    public Expr trimStart(String characters) {
        return ExprNode.Call.of(TextFunction.TRIM_START, text, lit(characters));
    }

    /// Without ASCII white space at the end.
    public Expr trimEnd() {
        return ExprNode.Call.of(TextFunction.TRIM_END, text);
    }

    /// Without any of the characters at the end.
    public Expr trimEnd(String characters) {
        return ExprNode.Call.of(TextFunction.TRIM_END, text, lit(characters));
    }

    /// True where the part occurs; an empty one always does.
    public Expr contains(String part) {
        return contains(lit(part));
    }

    public Expr contains(Expr part) {
        return ExprNode.Call.of(TextFunction.CONTAINS, text, part);
    }

    /// True where the text begins with the prefix.
    public Expr startsWith(String prefix) {
        return startsWith(lit(prefix));
    }

    public Expr startsWith(Expr prefix) {
        return ExprNode.Call.of(TextFunction.STARTS_WITH, text, prefix);
    }

    /// True where the text ends with the suffix.
    public Expr endsWith(String suffix) {
        return endsWith(lit(suffix));
    }

    public Expr endsWith(Expr suffix) {
        return ExprNode.Call.of(TextFunction.ENDS_WITH, text, suffix);
    }

    /// The position of the first occurrence, as INT; -1 if there is none, 0 of an empty part.
    public Expr find(String part) {
        return find(lit(part));
    }

    public Expr find(Expr part) {
        return ExprNode.Call.of(TextFunction.FIND, text, part);
    }

    /// The position of the last occurrence, as INT; -1 if there is none, the length of the text for an empty part.
    public Expr findLast(String part) {
        return findLast(lit(part));
    }

    public Expr findLast(Expr part) {
        return ExprNode.Call.of(TextFunction.FIND_LAST, text, part);
    }

    /// How often the part occurs without overlap, as INT; an empty one once more than there are code points.
    public Expr count(String part) {
        return count(lit(part));
    }

    public Expr count(Expr part) {
        return ExprNode.Call.of(TextFunction.COUNT, text, part);
    }

    /// This text followed by the other. See [Expressions#joinTexts] for more of them. Errors: DATA, at run, if a text becomes longer than
    /// 2 GB.
    public Expr concat(String other) {
        return concat(lit(other));
    }

    public Expr concat(Expr other) {
        return ExprNode.Call.of(TextFunction.CONCAT, text, other);
    }

    /// `length` code points from `start`; fewer where the text ends before. Errors: USER if a number is negative.
    public Expr substring(int start, int length) {
        return ExprNode.Call.of(TextFunction.SUBSTRING, text, lit(start), lit(length));
    }

    /// The code points from `start` to before `end`; negative positions count from the end of the text, and what lies outside is cut.
    /// Python's `text[start:end]`.
    public Expr slice(int start, int end) {
        return ExprNode.Call.of(TextFunction.SLICE, text, lit(start), lit(end));
    }

    /// The code points from `start` on; a negative position counts from the end. Python's `text[start:]`.
    public Expr slice(int start) {
        return ExprNode.Shorthand.of(text, "str().slice", slice(start, Integer.MAX_VALUE), lit(start));
    }

    /// The first code points. Errors: USER, at once, if `count` is negative.
    public Expr left(int count) {
        String method = "str().left";
        return ExprNode.Shorthand.of(text, method, slice(0, notNegative(method, count)), lit(count));
    }

    /// The last code points. Errors: USER, at once, if `count` is negative.
    public Expr right(int count) {
        String method = "str().right";
        Expr last = notNegative(method, count) == 0 ? slice(0, 0) : slice(-count, Integer.MAX_VALUE);
        return ExprNode.Shorthand.of(text, method, last, lit(count));
    }

    private static int notNegative(String method, int count) {
        if (count < 0) {
            throw ExpressionErrors.badArgument(method + "(" + count + ")", "the count", "0 or more");
        }
        return count;
    }

    /// The text `count` times. Errors: USER if that is negative; DATA, at run, if a text becomes longer than 2 GB.
    public Expr repeat(int count) {
        return ExprNode.Call.of(TextFunction.REPEAT, text, lit(count));
    }

    /// At least `width` code points, with `filler` before the text. Python's `rjust`.
    public Expr padStart(int width, char filler) {
        return ExprNode.Call.of(TextFunction.PAD_START, text, lit(width), new ExprNode.Literal(filler));
    }

    /// At least `width` code points, with `filler` behind the text. Python's `ljust`.
    public Expr padEnd(int width, char filler) {
        return ExprNode.Call.of(TextFunction.PAD_END, text, lit(width), new ExprNode.Literal(filler));
    }

    /// At least `width` code points, with `filler` on both sides. Python's `center`.
    public Expr center(int width, char filler) {
        return ExprNode.Call.of(TextFunction.CENTER, text, lit(width), new ExprNode.Literal(filler));
    }

    /// At least `width` code points, with zeros behind the sign, if there is one. Python's `zfill`.
    public Expr zeroFill(int width) {
        return ExprNode.Call.of(TextFunction.ZERO_FILL, text, lit(width));
    }

    /// Every occurrence of `from` replaced by `to`, from the left and without overlap. Errors: USER if `from` is empty.
    public Expr replace(String from, String to) {
        return ExprNode.Call.of(TextFunction.REPLACE, text, lit(from), lit(to));
    }

    /// Without the prefix, where the text begins with it.
    public Expr removePrefix(String prefix) {
        return ExprNode.Call.of(TextFunction.REMOVE_PREFIX, text, lit(prefix));
    }

    /// Without the suffix, where the text ends with it.
    public Expr removeSuffix(String suffix) {
        return ExprNode.Call.of(TextFunction.REMOVE_SUFFIX, text, lit(suffix));
    }

    /// The part between two separators: 0 is the first, -1 the last; null where there are fewer. Errors: USER if the separator is
    /// empty. pandas' `str.split(separator).str[index]`.
    public Expr splitPart(String separator, int index) {
        return ExprNode.Call.of(TextFunction.SPLIT_PART, text, lit(separator), lit(index));
    }

    /// True where the whole text follows the pattern of SQL: `%` stands for any characters, `_` for one.
    public Expr like(String pattern) {
        return ExprNode.Call.of(TextFunction.LIKE, text, lit(pattern));
    }

    /// As [#like(String)]; a character behind `escape` stands for itself: `like("100!%", '!')`. Errors: USER if another character than
    /// `%`, `_` or the escape itself stands behind it.
    public Expr like(String pattern, char escape) {
        return ExprNode.Call.of(TextFunction.LIKE, text, lit(pattern), new ExprNode.Literal(escape));
    }

    /// True where the regular expression matches a part of the text. pandas' `contains`.
    public Expr containsRegex(String regex) {
        return ExprNode.Call.of(TextFunction.CONTAINS_REGEX, text, lit(regex));
    }

    /// True where the regular expression matches the whole text. pandas' `fullmatch`, Java's `matches`.
    public Expr fullMatch(String regex) {
        return ExprNode.Call.of(TextFunction.FULL_MATCH, text, lit(regex));
    }

    /// How many parts of the text the regular expression matches, as INT. pandas' `count`.
    public Expr countRegex(String regex) {
        return ExprNode.Call.of(TextFunction.COUNT_REGEX, text, lit(regex));
    }

    /// What a group of the first match holds, group 0 being all of it; null where nothing matches or the group takes no part.
    /// pandas' `extract`.
    public Expr extract(String regex, int group) {
        return ExprNode.Call.of(TextFunction.EXTRACT, text, lit(regex), lit(group));
    }

    /// Every match replaced; in `replacement`, `$1` stands for group 1 and `\` takes the meaning from the next character.
    public Expr replaceRegex(String regex, String replacement) {
        return ExprNode.Call.of(TextFunction.REPLACE_REGEX, text, lit(regex), lit(replacement));
    }

    /// True of texts of nothing but letters; false of empty ones.
    public Expr isAlpha() {
        return ExprNode.Call.of(TextFunction.IS_ALPHA, text);
    }

    /// True of texts of nothing but decimal digits, of any script; false of empty ones.
    public Expr isDigit() {
        return ExprNode.Call.of(TextFunction.IS_DIGIT, text);
    }

    /// True of texts of nothing but digits and other characters that stand for numbers, such as ½; false of empty ones.
    public Expr isNumeric() {
        return ExprNode.Call.of(TextFunction.IS_NUMERIC, text);
    }

    /// True of texts of nothing but letters and what [#isNumeric] takes; false of empty ones.
    public Expr isAlphanumeric() {
        return ExprNode.Call.of(TextFunction.IS_ALPHANUMERIC, text);
    }

    /// True of texts of nothing but white space; false of empty ones.
    public Expr isSpace() {
        return ExprNode.Call.of(TextFunction.IS_SPACE, text);
    }

    /// True where all letters that have cases are in upper case, and there is one.
    public Expr isUpper() {
        return ExprNode.Call.of(TextFunction.IS_UPPER, text);
    }

    /// True where all letters that have cases are in lower case, and there is one.
    public Expr isLower() {
        return ExprNode.Call.of(TextFunction.IS_LOWER, text);
    }

    /// The DATE that the text stands for by a pattern of [java.time.format.DateTimeFormatter], with English names, such as `dd.MM.yyyy`
    /// or `d MMM yyyy`. For `2026-07-31` a cast is faster. Errors: DATA, at run, if a text does not follow it.
    public Expr toDate(String pattern) {
        return ExprNode.Call.of(TextFunction.TO_DATE, text, lit(pattern));
    }

    /// As [#toDate], to TIMESTAMP; midnight where the pattern has no time.
    public Expr toTimestamp(String pattern) {
        return ExprNode.Call.of(TextFunction.TO_TIMESTAMP, text, lit(pattern));
    }

    /// As [#toDate], but null where a text does not follow the pattern. pandas' `to_datetime(errors="coerce")`.
    public Expr tryToDate(String pattern) {
        return ExprNode.Call.of(TextFunction.TRY_TO_DATE, text, lit(pattern));
    }

    /// As [#toTimestamp], but null where a text does not follow the pattern.
    public Expr tryToTimestamp(String pattern) {
        return ExprNode.Call.of(TextFunction.TRY_TO_TIMESTAMP, text, lit(pattern));
    }
}
