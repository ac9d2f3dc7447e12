package io.lazuli.dataframe.internal;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.error.Suggestions;
import java.util.List;

/// The wording of every error of this module. A message says what failed, on which input, what was found, what was expected
/// or available and what to do.
public final class Errors {
    /// Characters of a value that a message shows.
    private static final int SHOWN = 60;

    private Errors() {}

    public static LazuliException duplicateColumn(String name) {
        return user("Column '%s' would occur twice. Rename one of them with as(\"...\").".formatted(name));
    }

    public static LazuliException columnNotFound(String name, String where, List<String> available) {
        String hint = Suggestions.closest(name, available).map(" Did you mean '%s'?"::formatted).orElse("");
        return user("Column '%s' not found in %s.%s Available: %s.".formatted(name, where, hint,
                Suggestions.list(available)));
    }

    public static LazuliException skippedColumn(String name, String where, String reason) {
        return user(
                "Column '%s' of the %s cannot be read: it is %s. Select other columns, or write the data with a flat, simple type."
                        .formatted(name, where, reason));
    }

    public static LazuliException unnamedExpression(String code) {
        return user("Expression %s has no name of its own. Give it one: %s.as(\"...\").".formatted(code, code));
    }

    public static LazuliException nothingGiven(String method, String expected) {
        return user("%s was called with nothing. Give it at least one %s.".formatted(method, expected));
    }

    public static LazuliException incompatibleTypes(String code, Object left, Object right) {
        return user(
                ("%s has no common type: one side is %s, the other %s. Cast one of them, such as .cast(DataType.%s).")
                        .formatted(code, left, right, left));
    }

    public static LazuliException textAndOther(String code, Object other) {
        return user(
                ("%s has no common type: one side is UTF8, the other %s, and text is never read as anything else unasked."
                        + " Cast the text with .cast(DataType.%s), or the other side with .cast(DataType.UTF8).")
                        .formatted(code, other, other));
    }

    public static LazuliException wrongType(String code, String operand, Object found, String expected) {
        return user("%s needs %s, but %s is %s.".formatted(code, expected, operand, found));
    }

    public static LazuliException impossibleCast(String code, Object from, Object to) {
        return user(
                ("%s: there is no way from %s to %s. Numbers cast to each other, BOOL to numbers, DATE to TIMESTAMP and back,"
                        + " anything to UTF8 and UTF8 to anything.")
                        .formatted(code, from, to));
    }

    public static LazuliException misplacedAggregate(String code, String place) {
        return user(
                ("%s is an aggregate, which %s cannot hold. Use groupBy(...).agg(%s) for one row a group, or agg(%s) for one"
                        + " row in all.")
                        .formatted(code, place, code, code));
    }

    public static LazuliException nestedAggregate(String outer, String inner) {
        return user("%s holds another aggregate, %s. Compute the inner one with its own groupBy(...).agg(...) first."
                .formatted(outer, inner));
    }

    public static LazuliException badQuantile(double fraction) {
        return user("quantile(..., %s): the fraction must be from 0 to 1. For the 90th percentile write 0.9."
                .formatted(fraction));
    }

    public static LazuliException negativeDdof(String method, int ddof) {
        return user(
                "%s(..., %d): ddof must not be negative. Use 1 for a sample and 0 for a whole population."
                        .formatted(method, ddof));
    }

    public static LazuliException notAggregated(String name, List<String> keys) {
        return user(
                ("Column '%s' is neither a group key nor inside an aggregate, so a group has no single value of it. Wrap it, such as"
                        + " max(\"%s\"), or group by it. Group keys: %s.")
                        .formatted(name, name, keys.isEmpty() ? "none" : Suggestions.list(keys)));
    }

    public static LazuliException negativeCount(String method, long count) {
        return user("%s(%d): the number of rows must not be negative.".formatted(method, count));
    }

    public static LazuliException negativeLimit(long count) {
        return user("limit(%d): the number of rows must not be negative.".formatted(count));
    }

    public static LazuliException noSuchField(int index, int count) {
        return user("field(%d): there is no such column; the %d columns are numbered from 0.".formatted(index, count));
    }

    public static LazuliException differentEngines() {
        return user(
                "The frames of this plan are bound to different engines. Give both the same one with withEngine(engine).");
    }

    public static LazuliException persistedElsewhere(String name) {
        return user(
                "%s was persisted on another engine than the one this plan runs on. Run it there, or persist it here."
                        .formatted(name));
    }

    public static LazuliException unpersisted(String name) {
        return user(
                "%s is not persisted any more: unpersist() gave its memory back. Build the frame again from its source."
                        .formatted(name));
    }

    public static LazuliException notPersisted(String code) {
        return user("unpersist() needs the frame that persist() returned, but this one is %s.".formatted(code));
    }

    public static LazuliException tableTooLarge(long byteSize, long limit) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                ("compute() stopped: the result has at least %,d bytes, the limit is a quarter of the heap, %,d bytes. Keep it in the engine"
                        + " with persist(), take it piece by piece with stream(), write it with writeParquet(...) or writeCsv(...),"
                        + " or give the JVM a larger heap.")
                        .formatted(byteSize, limit));
    }

    public static LazuliException notCarried(String column, Object type, String value, String reason) {
        return new LazuliException(
                ErrorCode.DATA,
                ("A Tablesaw table cannot carry the value %s of column '%s' (%s): %s. Cast the column with .cast(DataType.%s) before,"
                        + " keep the result in the engine with persist(), or write it with writeParquet(...) or writeCsv(...);"
                        + " compute() and stream() both end in such tables.")
                        .formatted(value, column, type, reason, type.toString().equals("INT") ? "LONG" : "UTF8"));
    }

    public static LazuliException sameNameInTable(String one, String other) {
        return user(
                "A Tablesaw table does not tell column '%s' from column '%s', whose names differ in case alone. Rename one of them with rename(...), keep the result in the engine with persist(), or write it with writeParquet(...) or writeCsv(...)."
                        .formatted(one, other));
    }

    public static LazuliException planTooDeep(Throwable cause) {
        return new LazuliException(
                ErrorCode.USER,
                "The plan has more steps upon one another than the stack of this thread can hold. Keep what there is after some thousand of them with persist() and go on from there, or give the thread a larger stack (-Xss).",
                cause);
    }

    public static LazuliException planCycle(String rules) {
        return new LazuliException(
                ErrorCode.INTERNAL,
                "The optimizer's rules undo each other: %s. Please report this plan.".formatted(rules));
    }

    public static LazuliException endlessRules(int passes, String rules) {
        return new LazuliException(
                ErrorCode.INTERNAL,
                "The optimizer's rules found no end in %d passes over the plan; the last were %s. Please report this plan."
                        .formatted(passes, rules));
    }

    public static LazuliException otherFolders(
            String first, List<String> expected, String other, List<String> found) {
        return new LazuliException(
                ErrorCode.DATA,
                "Folders of one frame must name the same columns in the same order, but those of '%s' name %s and those of '%s' name %s. Read them as two frames."
                        .formatted(first, expected, other, found));
    }

    public static LazuliException notParquet(String path, Throwable cause) {
        return new LazuliException(
                ErrorCode.DATA,
                "'%s' is not a readable Parquet file: %s. It may be of another format, encrypted, or cut off; write it again."
                        .formatted(path, reason(cause)),
                cause);
    }

    public static LazuliException differentSchemas(String first, String other, String expected, String found) {
        return data(
                "Files of one frame must have the same columns, but '%s' has %s and '%s' has %s. Read them as two frames."
                        .formatted(first, expected, other, found));
    }

    public static LazuliException noReadableColumns(String path, String reasons) {
        return data("Parquet file '%s' has no column that can be read: %s. Write it with flat columns of simple types."
                .formatted(path, reasons));
    }

    public static LazuliException targetExists(String path) {
        return user(
                "File '%s' is already there. Choose another name, or write with withOverwrite(true).".formatted(path));
    }

    public static LazuliException targetIsFolder(String path) {
        return user("Cannot write to '%s': it is a folder. Give the name of a file in it.".formatted(path));
    }

    public static LazuliException noTargetFolder(String path, String folder) {
        return user("Cannot write '%s': there is no folder '%s'. Create it first.".formatted(path, folder));
    }

    public static LazuliException unwritableFolder(String path, String folder) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Cannot write '%s': this process may not write to folder '%s'. Choose another, or change its permissions."
                        .formatted(path, folder));
    }

    public static LazuliException writeFailed(String path, Throwable cause) {
        return GraphErrors.writeFailed(path, cause);
    }

    public static LazuliException badRowGroupRows(int rows) {
        return user("A Parquet row group needs at least one row, found %d. Give withRowGroupRows a positive number."
                .formatted(rows));
    }

    public static LazuliException badCsvCharacter(String role, char found) {
        return user(
                "The %s of a CSV file cannot be '%s' (U+%04X). Use one printable ASCII character or a tab, and not the same for both roles."
                        .formatted(role, found, (int) found));
    }

    public static LazuliException badCsvSample(int bytes) {
        return user("A CSV sample needs at least one byte, found %d. Give withSampleBytes a positive number."
                .formatted(bytes));
    }

    public static LazuliException emptyCsv(String path) {
        return data("CSV file '%s' has no header: it is empty. Leave it out, or write a line with the column names."
                .formatted(path));
    }

    public static LazuliException longCsvHeader(String path, int sampleBytes) {
        return data(
                "The first line of CSV file '%s' does not end within %,d bytes. If that is right raise withSampleBytes(...); otherwise check the line breaks and the quote character."
                        .formatted(path, sampleBytes));
    }

    public static LazuliException duplicateCsvColumn(String path, String name) {
        return data(
                "CSV file '%s' has two columns named '%s'. Rename one in the file, or read it with withHeader(false)."
                        .formatted(path, name));
    }

    public static LazuliException noSuchCsvColumn(String path, String name, List<String> available) {
        return user("A type is declared for column '%s', which CSV file '%s' does not have. Available: %s."
                .formatted(name, path, String.join(", ", available)));
    }

    /// @param found the value that has no counterpart in the type
    public static LazuliException castFailed(String found, Object from, Object to, String expected) {
        return data("Cannot cast %s from %s to %s: %s. Filter such rows out or cast to another type."
                .formatted(found, from, to, expected));
    }

    public static LazuliException textTooLong(long byteSize) {
        return data("A text of %,d bytes would arise; a text may have %,d. Shorten the texts before they are joined."
                .formatted(byteSize, Integer.MAX_VALUE));
    }

    public static LazuliException tooMuchText(long byteSize) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "A text column of one partition needs %,d bytes; it may have %,d. Use more partitions."
                        .formatted(byteSize, Integer.MAX_VALUE));
    }

    public static LazuliException userFunctionFailed(String name, String callSite, String argument, Throwable cause) {
        return new LazuliException(
                ErrorCode.USER,
                "Function '%s' (%s) failed for %s: %s. Make it accept the value or filter such rows out first."
                        .formatted(name, callSite, argument, cause),
                cause);
    }

    /// A value of the data as it may stand in a message.
    public static String shortened(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
    }

    public static LazuliException sumOverflow(String aggregate, double sum) {
        return data(
                "%s is about %.4g, beyond what a LONG holds (%d to %d). Cast the argument to FLOAT64 before summing."
                        .formatted(aggregate, sum, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    public static LazuliException groupsDoNotFit(String task, int groupCount) {
        return resource(
                "Grouping in %s ran out of memory with %,d groups in the table and no more memory to be had. Raise the memory limit, or group by fewer or coarser keys."
                        .formatted(task, groupCount));
    }

    public static LazuliException topRowsDoNotFit(String task, long rowCount) {
        return resource(
                "Finding the first or last rows of each group in %s ran out of memory with %,d rows kept and no more memory to be had. Raise the memory limit, ask for fewer rows or columns, or group by coarser keys."
                        .formatted(task, rowCount));
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

    private static LazuliException resource(String message) {
        return new LazuliException(ErrorCode.RESOURCE, message);
    }
}
