package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.operator.aggregate.CentralMoments;
import io.lazuli.dataframe.internal.operator.aggregate.ReferenceQuantile;
import io.lazuli.dataframe.internal.operator.aggregate.ReferenceSketch;
import io.lazuli.dataframe.type.DataType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        List<List<Object>> arguments =
                rows.stream().map(row -> pick(row, call.inputs())).filter(values -> !values.contains(null)).toList();
        List<Object> values = arguments.stream().map(List::getFirst).toList();
        List<Object> others = arguments.stream().map(List::getLast).toList();
        return result(call, values, others);
    }

    /// The aggregate of values that are not null; `others` are the second arguments, if there are two.
    private static Object result(Aggregation.Call call, List<Object> values, List<Object> others) {
        Aggregation.Function function = call.function();
        if (function == Aggregation.Function.COUNT) {
            return (long) values.size();
        }
        if (function == Aggregation.Function.COUNT_DISTINCT) {
            return values.stream().map(RandomTables::asKey).distinct().count();
        }
        if (function == Aggregation.Function.APPROX_COUNT_DISTINCT) {
            return ReferenceSketch.count(call.inputTypes().getFirst(), values);
        }
        if (values.isEmpty()) {
            return null;
        }
        boolean isFloating = call.inputTypes().getFirst() == DataType.FLOAT64;
        return switch (function) {
            case COUNT, COUNT_ROWS, COUNT_DISTINCT, APPROX_COUNT_DISTINCT ->
                throw new IllegalStateException("counted above");
            case SUM -> isFloating ? (Object) doubleSum(values) : (Object) integerSum(values).longValueExact();
            case MEAN -> (isFloating ? doubleSum(values) : integerSum(values).doubleValue()) / values.size();
            case MIN, ALL -> values.stream().map(RandomTables::asKey).min(ReferenceOrder::compareValues).orElseThrow();
            case MAX, ANY -> values.stream().map(RandomTables::asKey).max(ReferenceOrder::compareValues).orElseThrow();
            case FIRST -> values.getFirst();
            case LAST -> values.getLast();
            case MIN_BY -> best(values, others, 1);
            case MAX_BY -> best(values, others, -1);
            case MEDIAN -> ReferenceQuantile.of(values, 0.5);
            case QUANTILE -> ReferenceQuantile.of(values, call.parameter());
            case PRODUCT -> values.stream().mapToDouble(value -> (Double) value).reduce(1, (a, b) -> a * b);
            case VARIANCE -> mean(products(values, values), call.parameter());
            case STDDEV -> Optional.ofNullable(mean(products(values, values), call.parameter())).map(Math::sqrt)
                    .orElse(null);
            case STANDARD_ERROR -> Optional.ofNullable(mean(products(values, values), call.parameter()))
                    .map(variance -> Math.sqrt(variance / values.size()))
                    .orElse(null);
            case SKEWNESS -> CentralMoments.skewness(values);
            case KURTOSIS -> CentralMoments.kurtosis(values);
            case FOLD -> throw new IllegalArgumentException("the program's own functions say what they give");
            case COVARIANCE -> mean(products(values, others), call.parameter());
            case CORRELATION -> correlation(values, others);
        };
    }

    /// The value beside the least of the others, or beside the greatest if the sign is -1; the first of these.
    private static Object best(List<Object> values, List<Object> others, int sign) {
        int best = 0;
        for (int i = 1; i < values.size(); i++) {
            if (sign * ReferenceOrder.compareValues(
                    RandomTables.asKey(others.get(i)), RandomTables.asKey(others.get(best))) < 0) {
                best = i;
            }
        }
        return values.get(best);
    }

    /// The products of both sides' differences from their means.
    private static List<Object> products(List<Object> left, List<Object> right) {
        double leftMean = doubleSum(left) / left.size();
        double rightMean = doubleSum(right) / right.size();
        List<Object> products = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            products.add(((Double) left.get(i) - leftMean) * ((Double) right.get(i) - rightMean));
        }
        return products;
    }

    private static Double mean(List<Object> values, double ddof) {
        return values.size() <= ddof ? null : doubleSum(values) / (values.size() - ddof);
    }

    private static Double correlation(List<Object> left, List<Object> right) {
        double squares = doubleSum(products(left, left)) * doubleSum(products(right, right));
        return squares == 0 ? null : doubleSum(products(left, right)) / Math.sqrt(squares);
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
