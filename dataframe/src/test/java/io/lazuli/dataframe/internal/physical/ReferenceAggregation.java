package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.type.DataType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Group-by as one would write it without a thought for speed.
final class ReferenceAggregation {
    private ReferenceAggregation() {}

    /// Results by key; nothing about their order.
    static Map<List<Object>, List<Object>> run(Aggregation aggregation, List<List<Object>> rows) {
        Map<List<Object>, List<List<Object>>> groups = new LinkedHashMap<>();
        if (aggregation.keys().isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (List<Object> row : rows) {
            List<Object> key = RandomTables.asKeys(pick(row, aggregation.keys()));
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
        }
        Map<List<Object>, List<Object>> results = new LinkedHashMap<>();
        groups.forEach((key, members) -> {
            List<Object> values = new ArrayList<>();
            aggregation.calls().forEach(call -> values.add(result(call, members)));
            results.put(key, values);
        });
        return results;
    }

    private static List<Object> pick(List<Object> row, List<Integer> columns) {
        List<Object> picked = new ArrayList<>();
        columns.forEach(column -> picked.add(row.get(column)));
        return picked;
    }

    private static Object result(Aggregation.Call call, List<List<Object>> rows) {
        if (call.function() == Aggregation.Function.COUNT_ROWS) {
            return (long) rows.size();
        }
        List<Object> values = rows.stream().map(row -> row.get(call.input())).filter(Objects::nonNull).toList();
        return result(call.function(), call.inputType(), values);
    }

    /// The aggregate of values that are not null.
    static Object result(Aggregation.Function function, DataType type, List<Object> values) {
        if (function == Aggregation.Function.COUNT) {
            return (long) values.size();
        }
        if (values.isEmpty()) {
            return null;
        }
        return switch (function) {
            case COUNT, COUNT_ROWS -> throw new IllegalStateException("counted above");
            case SUM ->
                type == DataType.FLOAT64 ? (Object) doubleSum(values) : (Object) integerSum(values).longValueExact();
            case MEAN ->
                (type == DataType.FLOAT64 ? doubleSum(values) : integerSum(values).doubleValue()) / values.size();
            case MIN -> values.stream().map(RandomTables::asKey).min(ReferenceOrder::compareValues).orElseThrow();
            case MAX -> values.stream().map(RandomTables::asKey).max(ReferenceOrder::compareValues).orElseThrow();
        };
    }

    private static double doubleSum(List<Object> values) {
        double sum = 0;
        for (Object value : values) {
            sum += (Double) value;
        }
        return sum;
    }

    private static BigInteger integerSum(List<Object> values) {
        BigInteger sum = BigInteger.ZERO;
        for (Object value : values) {
            sum = sum.add(BigInteger.valueOf(((Number) value).longValue()));
        }
        return sum;
    }
}
