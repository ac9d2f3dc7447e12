package io.lazuli.dataframe.internal;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.error.Suggestions;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The wording of what goes wrong with joins.
public final class JoinErrors {
    private JoinErrors() {}

    public static LazuliException collision(Collection<String> names, String where, String fix) {
        String quoted = names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        return user(
                "Columns %s occur on both sides of the %s. Give the right side's another name with %s, or rename or drop them before."
                        .formatted(quoted, where, fix));
    }

    public static LazuliException keyCounts(List<String> left, List<String> right) {
        return user("A join needs as many keys on the right as on the left, found %d (%s) and %d (%s)."
                .formatted(left.size(), Suggestions.list(left), right.size(), Suggestions.list(right)));
    }

    public static LazuliException keyTypes(String left, Object leftType, String right, Object rightType) {
        return user(
                "Join key '%s' is %s, but '%s' is %s. Cast one of them with withColumns(col(\"%s\").cast(DataType.%s))."
                        .formatted(left, leftType, right, rightType, right, leftType));
    }

    public static LazuliException repeatedKey(String call, String name) {
        return user(
                ("%s joins on '%s' twice, but the result has one column of that name, which comes from both sides. Copy the key under"
                        + " another name before, such as withColumns(col(\"%s\").as(\"%s_copy\")), and join on that.")
                        .formatted(call, name, name, name));
    }

    public static LazuliException tableDoesNotFit(String task, int rowCount) {
        return new LazuliException(
                ErrorCode.RESOURCE, String.format(
                        Locale.ROOT,
                        "The table of %,d rows that a join looks up in ran out of memory in %s. Raise the memory limit, or filter or select fewer columns before the join.",
                        rowCount, task));
    }

    private static LazuliException user(String message) {
        return new LazuliException(ErrorCode.USER, message);
    }
}
