package io.lazuli.dataframe.internal.plan;

import io.lazuli.dataframe.internal.operator.user.FoldFunction;
import io.lazuli.dataframe.internal.physical.Aggregation;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import java.util.List;
import java.util.Optional;

/// An aggregate of columns.
///
/// @param inputs    columns of the input
/// @param parameter see [Aggregation.Function]; 0 where there is none
/// @param fold      of FOLD
public record AggregateCall(String name, Aggregation.Function function, List<Integer> inputs, double parameter,
        Optional<FoldFunction> fold) {
    public AggregateCall {
        inputs = List.copyOf(inputs);
    }

    /// The number of rows.
    public static AggregateCall countRows(String name) {
        return new AggregateCall(name, Aggregation.Function.COUNT_ROWS, List.of(), 0, Optional.empty());
    }

    /// An aggregate of one column without a parameter.
    public static AggregateCall of(String name, Aggregation.Function function, int input) {
        return new AggregateCall(name, function, List.of(input), 0, Optional.empty());
    }

    /// The same of other columns.
    public AggregateCall withInputs(List<Integer> newInputs) {
        return new AggregateCall(name, function, newInputs, parameter, fold);
    }

    DataType resultType(Schema inputSchema) {
        return switch (function) {
            case COUNT, COUNT_ROWS, COUNT_DISTINCT, APPROX_COUNT_DISTINCT -> DataType.LONG;
            case MEAN, VARIANCE, STDDEV, STANDARD_ERROR, SKEWNESS, KURTOSIS, COVARIANCE, CORRELATION, MEDIAN, QUANTILE,
                    PRODUCT ->
                DataType.FLOAT64;
            case SUM -> switch (argument(inputSchema)) {
                case DataType.Decimal(int ignored, int scale) ->
                    DataType.decimal(DataType.Decimal.MOST_DIGITS, scale);
                case DataType.Simple type ->
                    type == DataType.FLOAT64 || type == DataType.DURATION ? type : DataType.LONG;
            };
            case MIN, MAX, FIRST, LAST, MIN_BY, MAX_BY, ANY, ALL -> argument(inputSchema);
            case FOLD -> fold.orElseThrow().resultType();
        };
    }

    private DataType argument(Schema inputSchema) {
        return inputSchema.field(inputs.getFirst()).type();
    }
}
