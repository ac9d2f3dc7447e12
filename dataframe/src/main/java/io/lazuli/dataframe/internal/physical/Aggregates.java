package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.operator.aggregate.Accumulator;
import io.lazuli.dataframe.internal.operator.aggregate.Accumulators;
import io.lazuli.dataframe.internal.operator.aggregate.Groups;
import io.lazuli.dataframe.internal.operator.key.GroupIndex;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import java.util.List;

/// From the description of an aggregation to the groups that compute it.
final class Aggregates {
    private Aggregates() {}

    /// Groups of blocks that are all there.
    ///
    /// @param hasNullKeys whether null keys are expected
    static Groups groups(Aggregation aggregation, StateMemory memory, boolean hasNullKeys) {
        GroupRows rows = new GroupRows(memory);
        return groups(aggregation, memory, rows,
                GroupIndex.create(memory, aggregation.keyTypes().size(), hasNullKeys, rows));
    }

    /// Groups that are cleared whenever a batch brings keys that do not fit.
    static Groups clearedGroups(Aggregation aggregation, StateMemory memory) {
        GroupRows rows = new GroupRows(memory);
        return groups(
                aggregation, memory, rows, GroupIndex.narrow(memory, aggregation.keyTypes().size(), rows));
    }

    private static Groups groups(Aggregation aggregation, StateMemory memory, GroupRows rows, GroupIndex index) {
        List<Groups.Aggregate> aggregates = aggregation.calls().stream()
                .map(call -> new Groups.Aggregate(accumulator(call, memory, rows), call.inputs()))
                .toList();
        return Groups.create(memory.owner(), index, aggregation.keys().size(), rows, aggregates);
    }

    private static Accumulator accumulator(Aggregation.Call call, StateMemory memory, GroupRows rows) {
        return switch (call.function()) {
            case COUNT -> Accumulators.count(rows);
            case COUNT_ROWS -> Accumulators.countRows(rows);
            case SUM -> Accumulators.sum(rows, call.inputTypes().getFirst(), call.label());
            case MEAN -> Accumulators.mean(rows, call.inputTypes().getFirst(), call.label());
            case MIN, ALL -> Accumulators.min(memory, rows, call.inputTypes().getFirst());
            case MAX, ANY -> Accumulators.max(memory, rows, call.inputTypes().getFirst());
            case VARIANCE -> Accumulators.variance(rows, (int) call.parameter());
            case STDDEV -> Accumulators.deviation(rows, (int) call.parameter());
            case STANDARD_ERROR -> Accumulators.errorOfMean(rows, (int) call.parameter());
            case SKEWNESS -> Accumulators.skewness(rows);
            case KURTOSIS -> Accumulators.kurtosis(rows);
            case COVARIANCE -> Accumulators.covariance(rows, (int) call.parameter());
            case CORRELATION -> Accumulators.correlation(rows);
            case MEDIAN -> Accumulators.quantile(memory, 0.5);
            case QUANTILE -> Accumulators.quantile(memory, call.parameter());
            case FIRST -> Accumulators.first(memory, rows, call.inputTypes().getFirst());
            case LAST -> Accumulators.last(memory, rows, call.inputTypes().getFirst());
            case MIN_BY -> Accumulators.minBy(
                    memory, rows, call.inputTypes().getFirst(), call.inputTypes().getLast());
            case MAX_BY -> Accumulators.maxBy(
                    memory, rows, call.inputTypes().getFirst(), call.inputTypes().getLast());
            case COUNT_DISTINCT -> Accumulators.countDistinct(memory, call.inputTypes().getFirst());
            case APPROX_COUNT_DISTINCT -> Accumulators.approximateDistinct(memory, rows);
            case FOLD -> Accumulators.fold(rows, call.fold().orElseThrow());
            case PRODUCT -> Accumulators.product(rows);
        };
    }
}
