package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.List;

/// Group keys and aggregate calls over the columns of a batch. Without keys there is exactly one group, also for no rows.
///
/// Partial form: the key columns, then the state columns of each call ([Call#stateTypes]); merging partial rows of equal keys
/// in any order and finishing gives the result: keys, then one column a call.
public record Aggregation(List<Integer> keys, List<DataType> keyTypes, List<Call> calls) {
    public Aggregation {
        keys = List.copyOf(keys);
        keyTypes = List.copyOf(keyTypes);
        calls = List.copyOf(calls);
    }

    public enum Function {
        /// Rows where the argument is not null.
        COUNT,
        /// All rows; has no argument.
        COUNT_ROWS,
        /// Of INT and LONG: LONG, accumulated in 128 bits, overflow of the result is a DATA error. Of FLOAT64: FLOAT64. Null if there is
        /// no value.
        SUM,
        /// FLOAT64, null if there is no value.
        MEAN,
        /// Of any type, in the order of Compare; null if there is no value.
        MIN,
        MAX
    }

    /// @param input column of the batch, -1 for COUNT_ROWS
    public record Call(Function function, int input, DataType inputType, DataType resultType) {
        /// What one group's state looks like in a partial block.
        public List<DataType> stateTypes() {
            return switch (function) {
                case COUNT, COUNT_ROWS -> List.of(DataType.LONG);
                // the high and low half of a 128-bit sum, or a floating sum; then the number of values
                case SUM, MEAN -> inputType == DataType.FLOAT64
                        ? List.of(DataType.FLOAT64, DataType.LONG)
                        : List.of(DataType.LONG, DataType.LONG, DataType.LONG);
                case MIN, MAX -> List.of(inputType);
            };
        }
    }

    public List<DataType> partialTypes() {
        List<DataType> types = new ArrayList<>(keyTypes);
        calls.forEach(call -> types.addAll(call.stateTypes()));
        return types;
    }

    public List<DataType> resultTypes() {
        List<DataType> types = new ArrayList<>(keyTypes);
        calls.forEach(call -> types.add(call.resultType()));
        return types;
    }
}
