package io.lazuli.dataframe.internal;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.util.List;

/// The wording of errors of text files, CSV and JSON: as [Errors].
public final class TextErrors {
    private TextErrors() {}

    /// What is wrong with a record, in words that follow "Line 3 of CSV file 'x'".
    ///
    /// @param column whose field is bad; empty if it is the whole record
    /// @param text   of the field; empty if it is the whole record
    public record Flaw(String what, String advice, String column, String text) {
        /// What is wrong, at that byte of the file.
        public String at(long position) {
            return what.replace("{byte}", "%,d".formatted(position));
        }
    }

    public static LazuliException malformed(String format, String path, long line, long position, Flaw flaw) {
        return data("Line %d of %s file '%s' %s. %s".formatted(line, format, path, flaw.at(position), flaw.advice()));
    }

    private static Flaw flaw(String what, String advice) {
        return new Flaw(what, advice, "", "");
    }

    public static Flaw tooFewFields(int found, int expected) {
        return flaw("has only %d fields where %d were expected".formatted(found, expected), RAGGED);
    }

    public static Flaw tooManyFields(int expected) {
        return flaw("has more than %d fields where %d were expected".formatted(expected, expected), RAGGED);
    }

    private static final String RAGGED =
            "Correct the line, check the delimiter and the quote character in the options, or read with withBadRows(BadRows.NULLS) or SKIP.";

    public static Flaw strayQuote() {
        return flaw("has a quote within a field that does not start with one",
                "Quote the whole field and double the quotes in it, or read with withoutQuotes().");
    }

    public static Flaw textAfterQuote() {
        return flaw("has text after the closing quote of a field",
                "Double the quotes within the field, or read with withoutQuotes().");
    }

    public static Flaw openQuote() {
        return flaw("begins a record with a quoted field that is not closed where the file or a partition of it ends",
                "If it is a very long text with line breaks read with withLineBreaksInQuotes(true); otherwise close the quote, or read with withoutQuotes().");
    }

    public static Flaw recordTooLong(int limit) {
        return flaw("begins a record at byte {byte} that is longer than %,d bytes".formatted(limit),
                "Check line breaks and quotes, which may be missing; if the record is meant to be so long raise withRecordBytes(...).");
    }

    public static Flaw badUtf8(String column, byte found) {
        return new Flaw(
                "is not UTF-8 in column '%s': byte {byte} of the file is 0x%02X, which cannot stand there".formatted(
                        column,
                        found),
                "Convert the file, for example with iconv, or read it with withLatin1() if it is ISO 8859-1.",
                column,
                "0x%02X".formatted(found));
    }

    public static Flaw badValue(String column, Object type, String text) {
        return new Flaw(
                "has '%s' in column '%s', which is not %s".formatted(text, column, type),
                "Correct it, declare withType(\"%s\", DataType.UTF8), name it with withNulls(...) if it means null, or read with withBadRows(BadRows.NULLS) or SKIP."
                        .formatted(column),
                column,
                text);
    }

    public static LazuliException undeclarable(String column, Object type) {
        return new LazuliException(
                ErrorCode.USER,
                "Column '%s' of a text file cannot be declared %s. Declare it UTF8 and cast it, which gives the bytes of the text."
                        .formatted(column, type));
    }

    /// @param first what is wrong with the first few
    public static String badRows(String path, long count, boolean areSkipped, List<String> first) {
        return "%,d bad rows or fields were %s, such as:%n  %s".formatted(
                count, areSkipped ? "left out of '" + path + "'" : "made null in '" + path + "'",
                String.join(System.lineSeparator() + "  ", first));
    }

    public static LazuliException unreadable(String path, IOException cause) {
        return GraphErrors.unreadableFile(path, cause);
    }

    public static LazuliException notDecompressed(String path, String compression, long position, Throwable cause) {
        return new LazuliException(
                ErrorCode.DATA,
                "'%s' cannot be decompressed as %s after %,d bytes of text: %s. It is cut off or damaged, or needs more than 32 MiB of memory to decompress; compress it again."
                        .formatted(path, compression, position, reason(cause)),
                cause);
    }

    public static LazuliException cutOff(String path, long position) {
        return data(
                "File '%s' ends at byte %,d, where more was expected: it was cut off while it was read. Read it again when nobody writes to it."
                        .formatted(path, position));
    }

    public static LazuliException binaryText(String format, String path, int position, byte found) {
        return data(
                "'%s' is not a %s file in UTF-8: byte %d of it is 0x%02X. It may be UTF-16, of another format, or of a compression other than gzip and zstd; convert it, for example with iconv."
                        .formatted(path, format, position, found));
    }

    public static LazuliException tooManyColumns(String format, String path, int found, int most) {
        return data(
                "%s file '%s' has %,d columns by its first lines, more than the %,d that a frame may have. Check the delimiter and the line breaks."
                        .formatted(format, path, found, most));
    }

    public static LazuliException badOption(String option, Object found, String expected) {
        return user("%s(%s): expected %s.".formatted(option, found, expected));
    }

    public static LazuliException sameCharacter(char character) {
        return user(
                "The characters of a CSV file must differ, but '%s' is given for two of delimiter, quote, escape, comment and decimal sign."
                        .formatted(character));
    }

    public static LazuliException pathColumnExists(String path, String column) {
        return user("withPathColumn(\"%s\"): '%s' has a column of that name. Choose another.".formatted(column, path));
    }

    // What follows is of JSON.

    public static Flaw jsonSyntax(String expected, String found) {
        return flaw("is not a JSON object: at byte {byte}, %s was expected and %s found".formatted(expected, found),
                "A file of JSON lines has one object in each line; correct the line, or read with withBadRows(BadRows.SKIP).");
    }

    public static Flaw jsonTooDeep(int limit) {
        return flaw("is nested deeper than %,d levels at byte {byte}".formatted(limit),
                "Write the data flat, or read with withBadRows(BadRows.SKIP).");
    }

    public static Flaw jsonNested(String column) {
        return new Flaw("has an array or object in column '%s'".formatted(column),
                "Leave the column out with select(...) or drop(...), or write it flat.", column, "");
    }

    public static Flaw jsonDuplicate(String column) {
        return new Flaw("has the key '%s' twice".formatted(column),
                "Write each key once, or read with withBadRows(BadRows.SKIP).", column, "");
    }

    public static Flaw jsonEscape(String found) {
        return flaw("has a text with a bad escape at byte {byte}: %s".formatted(found),
                "Escapes are \\\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t and \\u with four hexadecimal digits, surrogates in pairs.");
    }

    public static LazuliException emptyJson(String path) {
        return data(
                "JSON file '%s' has no keys in its samples, so there is nothing to read. Declare columns with withType(...)."
                        .formatted(path));
    }

    public static LazuliException longJsonLine(String path, int sampleBytes) {
        return data(
                "The first line of JSON file '%s' does not end within %,d bytes, so its keys are not known. If that is right raise withSampleBytes(...), or declare the columns with withType(...); otherwise check the line breaks."
                        .formatted(path, sampleBytes));
    }

    public static LazuliException targetNotEmpty(String folder) {
        return user(
                "Folder '%s' is already there and not empty. Choose another name, or write with withOverwrite(true)."
                        .formatted(folder));
    }

    private static LazuliException data(String message) {
        return new LazuliException(ErrorCode.DATA, message);
    }

    private static LazuliException user(String message) {
        return new LazuliException(ErrorCode.USER, message);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null || cause.getMessage().isBlank()
                ? cause.getClass().getSimpleName()
                : cause.getMessage();
    }
}
