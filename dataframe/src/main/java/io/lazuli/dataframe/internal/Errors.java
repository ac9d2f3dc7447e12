package io.lazuli.dataframe.internal;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The wording of every error of this module. A message says what failed, on which input, what was found, what was expected
/// or available and what to do.
public final class Errors {
    private Errors() {}

    public static LazuliException duplicateColumn(String name) {
        return user("Column '%s' would occur twice. Rename one of them with as(\"...\").".formatted(name));
    }

    public static LazuliException noSuchFile(String path) {
        return user("No file or folder at '%s' (seen from folder '%s'). Check the path; a pattern may hold * and ? in its last part."
                .formatted(path, Path.of("").toAbsolutePath()));
    }

    public static LazuliException noMatchingFiles(String path, String glob) {
        return user("No files to read in '%s': nothing there matches '%s'. Name the files with a pattern such as '%s'."
                .formatted(path, glob, "folder/*.part"));
    }

    public static LazuliException unreadableFile(String path, IOException cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Cannot read '%s': %s. Check that it exists and that this process may read it.".formatted(path, reason(cause)),
                cause);
    }

    public static LazuliException changedFile(String path, long foundBytes, long expectedBytes) {
        return data("File '%s' changed after the frame was built: it has %,d bytes now and had %,d then. Build the frame again."
                .formatted(path, foundBytes, expectedBytes));
    }

    public static LazuliException notParquet(String path, Throwable cause) {
        return new LazuliException(
                ErrorCode.DATA,
                "'%s' is not a readable Parquet file: %s. It may be of another format, encrypted, or cut off; write it again."
                        .formatted(path, reason(cause)),
                cause);
    }

    public static LazuliException corruptParquet(String path, int rowGroup, String column, Throwable cause) {
        return new LazuliException(
                ErrorCode.DATA,
                "Parquet file '%s' is damaged in column '%s' of row group %d: %s. Write the file again, or leave the column out with select(...)."
                        .formatted(path, column, rowGroup, reason(cause)),
                cause);
    }

    public static LazuliException differentSchemas(String first, String other, String expected, String found) {
        return data("Files of one frame must have the same columns, but '%s' has %s and '%s' has %s. Read them as two frames."
                .formatted(first, expected, other, found));
    }

    public static LazuliException noReadableColumns(String path, String reasons) {
        return data("Parquet file '%s' has no column that can be read: %s. Write it with flat columns of simple types."
                .formatted(path, reasons));
    }

    public static LazuliException badCsvCharacter(String role, char found) {
        return user("The %s of a CSV file cannot be '%s' (U+%04X). Use one printable ASCII character or a tab, and not the same for both roles."
                .formatted(role, found, (int) found));
    }

    public static LazuliException badCsvSample(int bytes) {
        return user("A CSV sample needs at least one byte, found %d. Give withSampleBytes a positive number.".formatted(bytes));
    }

    public static LazuliException emptyCsv(String path) {
        return data("CSV file '%s' has no header: it is empty. Leave it out, or write a line with the column names.".formatted(path));
    }

    public static LazuliException longCsvHeader(String path, int sampleBytes) {
        return data("The first line of CSV file '%s' does not end within %,d bytes. If that is right raise withSampleBytes(...); otherwise check the line breaks and the quote character."
                .formatted(path, sampleBytes));
    }

    public static LazuliException duplicateCsvColumn(String path, String name) {
        return data("CSV file '%s' has two columns named '%s'. Rename one in the file, or read it with withHeader(false)."
                .formatted(path, name));
    }

    public static LazuliException noSuchCsvColumn(String path, String name, List<String> available) {
        return user("A type is declared for column '%s', which CSV file '%s' does not have. Available: %s."
                .formatted(name, path, String.join(", ", available)));
    }

    public static LazuliException raggedCsv(String path, long line, String found, int expected) {
        return data("Line %d of CSV file '%s' has %s fields where %d were expected. Correct the line, or check the delimiter and the quote character in the options."
                .formatted(line, path, found, expected));
    }

    public static LazuliException strayCsvQuote(String path, long line) {
        return data("Line %d of CSV file '%s' has a quote within a field that does not start with one. Quote the whole field and double the quotes in it, or read with withoutQuotes()."
                .formatted(line, path));
    }

    public static LazuliException textAfterCsvQuote(String path, long line) {
        return data("Line %d of CSV file '%s' has text after the closing quote of a field. Double the quotes within the field, or read with withoutQuotes()."
                .formatted(line, path));
    }

    public static LazuliException openCsvQuote(String path, long line) {
        return data("The quoted field that opens in or after line %d of CSV file '%s' is not closed where a partition of it ends. If it holds a very long text with line breaks read with withLineBreaksInQuotes(true); otherwise close the quote, or read with withoutQuotes()."
                .formatted(line, path));
    }

    public static LazuliException badCsvValue(String path, long line, String column, String type, String text) {
        return data("Line %d of CSV file '%s' has '%s' in column '%s', which is not %s. Correct it, declare withType(\"%s\", DataType.UTF8), or name it with withNulls(...) if it means null."
                .formatted(line, path, text, column, type, column));
    }

    private static LazuliException data(String message) {
        return new LazuliException(ErrorCode.DATA, message);
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static LazuliException user(String message) {
        return new LazuliException(ErrorCode.USER, message);
    }
}
