package io.lazuli.dataframe.internal.physical;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The order of values and rows as DESIGN says it, one value at a time.
final class ReferenceOrder {
    private ReferenceOrder() {}

    static int compareValues(Object left, Object right) {
        return switch (left) {
            case Boolean value -> Boolean.compare(value, (Boolean) right);
            case Integer value -> Integer.compare(value, (Integer) right);
            case Long value -> Long.compare(value, (Long) right);
            case Double value -> Double.compare(value + 0.0, (Double) right + 0.0);
            case String value -> Arrays.compareUnsigned(
                    value.getBytes(StandardCharsets.UTF_8), ((String) right).getBytes(StandardCharsets.UTF_8));
            default -> throw new IllegalArgumentException("no order of " + left.getClass());
        };
    }

    static Comparator<List<Object>> of(SortOrder order) {
        return (left, right) -> {
            for (SortOrder.Column column : order.columns()) {
                int compared = compare(column, left.get(column.index()), right.get(column.index()));
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
    }

    private static int compare(SortOrder.Column column, Object left, Object right) {
        if (left == null || right == null) {
            int nullsLast = Boolean.compare(left == null, right == null);
            return column.nullsFirst() ? -nullsLast : nullsLast;
        }
        int compared = compareValues(left, right);
        return column.descending() ? -compared : compared;
    }
}
