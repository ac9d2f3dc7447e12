package io.lazuli.dataframe.internal;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.error.Suggestions;
import java.util.List;

/// The wording of errors of operations on rows: order, concatenation, samples, records and tables of the user's program. See [Errors].
public final class RowErrors {
    private RowErrors() {}

    public static LazuliException misplacedOrdered(String code) {
        return user(
                ("%s depends on the order of all rows, so it stands only in select(...) and withColumns(...). Make it a column there,"
                        + " such as .withColumns(%s.as(\"x\")), and use col(\"x\").")
                        .formatted(code, code));
    }

    public static LazuliException nestedOrdered(String outer, String inner) {
        return user(
                "%s holds another value that depends on the order of rows, %s. Make the inner one a column first: .withColumns(%s.as(\"x\"))."
                        .formatted(outer, inner, inner));
    }

    /// @param place where the order was lost, such as `groups of trips.csv`
    public static LazuliException noOrder(String code, String place) {
        return user(
                "%s needs rows in an order, but those of the %s come in none. Sort them first: .sort(...)."
                        .formatted(code, place));
    }

    public static LazuliException fillsNothing(String method, long limit) {
        return user(
                "%s(%d): the limit is how many nulls in a row are filled, so it must be at least 1. Leave it out to fill all."
                        .formatted(method, limit));
    }

    public static LazuliException negativeCount(String call) {
        return user("%s: the number of rows must not be negative.".formatted(call));
    }

    public static LazuliException negativeOffset(String call) {
        return user("%s: the offset must not be negative. The last rows are those of tail(count).".formatted(call));
    }

    public static LazuliException noShare(String call, double share) {
        return user("%s: a share must be from 0 to 1, found %s.".formatted(call, share));
    }

    public static LazuliException noPartitions(String call) {
        return user("%s: the number of partitions must be from 1 to 1,000,000.".formatted(call));
    }

    public static LazuliException noWeights(String call, String found) {
        return user("%s: give at least two weights, none negative and not all 0, found %s.".formatted(call, found));
    }

    public static LazuliException concatMissing(String name, String frame, String where, List<String> available) {
        return user(
                "concat(...): column '%s' of the first frame is not in %s, the %s. Available there: %s. Add it with withColumns(...), or drop it."
                        .formatted(name, frame, where, Suggestions.list(available)));
    }

    public static LazuliException concatExtra(String name, String frame, String where, List<String> expected) {
        return user(
                "concat(...): column '%s' of %s, the %s, is not in the first frame, which has %s. Drop it, or add it to the first."
                        .formatted(name, frame, where, Suggestions.list(expected)));
    }

    public static LazuliException concatType(String name, Object first, String frame, String where, Object found) {
        return user(
                "concat(...): column '%s' is %s in the first frame, but %s in %s, the %s. Cast one of them: .withColumns(col(\"%s\").cast(DataType.%s))."
                        .formatted(name, first, found, frame, where, name, first));
    }

    public static LazuliException nothingToFill(String call, String value, List<?> columns) {
        return user("%s: no column can hold %s. The columns are %s.".formatted(call, value, columns));
    }

    /// @param component as declared, such as `double fare`
    public static LazuliException missingComponent(String record, String component, String name, String where,
            List<String> available) {
        String hint = Suggestions.closest(name, available).map(" Did you mean '%s'?"::formatted).orElse("");
        return user(
                "Component '%s' of record %s has no column in the %s.%s Available: %s. Rename the column, or the component."
                        .formatted(component, record, where, hint, Suggestions.list(available)));
    }

    public static LazuliException componentType(String record, String component, String column, Object found,
            String takes) {
        return user(
                "Component '%s' of record %s cannot take column '%s', which is %s: it takes %s. Cast the column, or declare the component otherwise."
                        .formatted(component, record, column, found, takes));
    }

    public static LazuliException unknownComponent(String record, String component) {
        return user(
                "Component '%s' of record %s has no column type. A component is a boolean, int, long, double (or Boolean, Integer, Long, Double, which may be null), String, LocalDate or LocalDateTime."
                        .formatted(component, record));
    }

    public static LazuliException emptyRecord(String record) {
        return user(
                "Record %s has no components, so its rows have no columns. Give it at least one.".formatted(record));
    }

    public static LazuliException closedRecord(String record, String packageName, Throwable cause) {
        return new LazuliException(
                ErrorCode.USER,
                "Record %s cannot be reached: %s. Open its package to others: opens %s; in module-info.java."
                        .formatted(record, cause.getMessage(), packageName),
                cause);
    }

    /// @param row such as `fare = 1.5, zone = null`
    public static LazuliException constructorFailed(String record, String row, Throwable cause) {
        return new LazuliException(
                ErrorCode.USER,
                "The constructor of record %s failed for %s: %s. Make it accept the row or filter such rows out first."
                        .formatted(record, row, cause),
                cause);
    }

    public static LazuliException accessorFailed(String component, Throwable cause) {
        return new LazuliException(
                ErrorCode.USER, "The accessor of component '%s' failed: %s.".formatted(component, cause), cause);
    }

    public static LazuliException nullComponent(String record, String component, String column, int partition,
            long row) {
        return new LazuliException(
                ErrorCode.DATA,
                "Column '%s' is null in row %,d of partition %d, which component '%s' of record %s cannot hold. Declare it by its wrapper class, fill the column with fillNull(...), or leave such rows out with dropNulls(\"%s\")."
                        .formatted(column, row, partition, component, record, column));
    }

    public static LazuliException rowFunctionFailed(String name, String callSite, String row, Throwable cause) {
        return new LazuliException(
                ErrorCode.USER,
                "The function of %s (%s) failed for %s: %s. Make it accept the row or filter such rows out first."
                        .formatted(name, callSite, row, cause),
                cause);
    }

    public static LazuliException nullRow(String name, String callSite, String row) {
        return user(
                "The function of %s (%s) returned null for %s. Return a value for every row; filter(...) leaves rows out."
                        .formatted(name, callSite, row));
    }

    /// @param component as declared, such as `String name`
    public static LazuliException stateComponent(String record, String component) {
        return user(
                "Component '%s' of record %s cannot be kept for each group. What an aggregate keeps is a record of boolean, int, long and double."
                        .formatted(component, record));
    }

    public static LazuliException unknownResult(String type) {
        return user(
                "No column holds a %s, which fold(...) is to give. It gives a Boolean, Integer, Long, Double, String, LocalDate or LocalDateTime."
                        .formatted(type));
    }

    public static LazuliException stateConstructorFailed(String record, Throwable cause) {
        return new LazuliException(
                ErrorCode.USER,
                "The constructor of record %s failed for values that such a record had: %s. Make it accept them."
                        .formatted(record, cause),
                cause);
    }

    /// @param what      which of its functions, such as `adding`
    /// @param arguments what it was called with
    public static LazuliException foldFailed(
            String name, String what, String callSite, String arguments, Throwable cause) {
        return new LazuliException(
                ErrorCode.USER,
                "The function for %s of %s (%s) failed for %s: %s. Make it accept them, or filter such rows out first."
                        .formatted(what, name, callSite, arguments, cause),
                cause);
    }

    public static LazuliException nullState(String name, String what, String callSite, String arguments) {
        return user(
                "The function for %s of %s (%s) returned null for %s. Return the state as it was where nothing changes."
                        .formatted(what, name, callSite, arguments));
    }

    /// @param function such as `mapPartitions (Trips.java:42)`
    public static LazuliException tableFunctionFailed(String function, int partition, Throwable cause) {
        return new LazuliException(
                ErrorCode.USER,
                "The function of %s failed for partition %d: %s. Make it accept any table of the frame's columns, however short."
                        .formatted(function, partition, cause),
                cause);
    }

    /// @param found what came back instead, such as `no column 'fare'`
    public static LazuliException tableSchema(String function, int partition, String found, Object declared) {
        return user(
                "The function of %s returned %s for partition %d. It declared %s: return these columns, in any order and no others, or declare what it returns."
                        .formatted(function, found, partition, declared));
    }

    public static LazuliException otherRowCount(
            String function, int partition, int before, int own, int after, int returned) {
        return user(
                "The function of %s returned %,d rows for partition %d, for which it was given %,d: %,d before it, %,d of its own and %,d after it. Return one row for each of them, in order (those around the partition are dropped here), or use mapPartitions(...), whose function returns any number."
                        .formatted(function, returned, partition, (long) before + own + after, before, own, after));
    }

    public static LazuliException negativeOverlap(String call) {
        return user("%s: the numbers of rows before and after must not be negative.".formatted(call));
    }

    public static LazuliException tableTooLarge(String function, int partition, long byteSize, long limit) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "The table of partition %d for the function of %s has at least %,d bytes, the limit is a quarter of the heap, %,d bytes. Make the partitions smaller with repartition(...), select fewer columns, or give the JVM a larger heap."
                        .formatted(partition, function, byteSize, limit));
    }

    public static LazuliException sortDoesNotFit(String task, int rowCount, long byteSize) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Sorting %,d rows in %s needs %,d bytes beside the rows, which are not to be had. Raise the memory limit, or make the partitions smaller with repartition(...)."
                        .formatted(rowCount, task, byteSize));
    }

    /// A defect of ours.
    public static LazuliException rowsNotConserved(String task, String place, long expected, long found) {
        return new LazuliException(
                ErrorCode.INTERNAL,
                "%s %s %,d rows instead of %,d. Rows must be conserved: the result would be wrong and was dropped. Please report this with the plan."
                        .formatted(task, place, found, expected));
    }

    private static LazuliException user(String message) {
        return new LazuliException(ErrorCode.USER, message);
    }
}
