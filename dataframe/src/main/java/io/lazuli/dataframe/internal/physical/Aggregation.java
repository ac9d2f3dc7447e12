package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.operator.user.FoldFunction;
import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Group keys and aggregate calls over the columns of a batch. Without keys there is exactly one group, also for no rows.
///
/// Partial form: the key columns, then the state columns of each call ([Call#stateTypes]); merging partial rows of equal keys
/// in any order and finishing gives the result: keys, then one column a call.
///
/// Where grouping would hardly make them fewer, rows are sent as they are ([#columns]) instead, in a block that is marked.
public record Aggregation(List<Integer> keys, List<DataType> keyTypes, List<Call> calls) {
    public Aggregation {
        keys = List.copyOf(keys);
        keyTypes = List.copyOf(keyTypes);
        calls = List.copyOf(calls);
    }

    /// What is computed of a group. Nulls are left out; without a value the result is null, except that counts are 0.
    public enum Function {
        /// Rows where the argument is not null.
        COUNT("count"),
        /// All rows; has no argument.
        COUNT_ROWS("count"),
        /// Of INT and LONG: LONG, accumulated in 128 bits, overflow of the result is a DATA error. Of FLOAT64: FLOAT64.
        SUM("sum"),
        /// FLOAT64.
        MEAN("mean"),
        /// Of any type, in the order of Compare.
        MIN("min"),
        MAX("max"),
        /// Of FLOAT64. The parameter is subtracted from the number of values where it divides; null if nothing is left of it.
        VARIANCE("var"),
        STDDEV("std"),
        /// Of the mean: STDDEV by the root of the number of values.
        STANDARD_ERROR("sem"),
        /// Of FLOAT64, free of bias; null for fewer than three values, four for KURTOSIS, and for values that do not vary.
        SKEWNESS("skew"),
        /// The excess over that of a normal distribution.
        KURTOSIS("kurtosis"),
        /// Of two FLOAT64s; pairs with a null are left out. The parameter is that of VARIANCE.
        COVARIANCE("covar"),
        /// Pearson's, of two FLOAT64s; null if one of them does not vary.
        CORRELATION("corr"),
        /// The quantile at 0.5.
        MEDIAN("median"),
        /// Of FLOAT64, interpolated; the parameter is the fraction of values below it, from 0 to 1.
        QUANTILE("quantile"),
        /// The value of the first row, or the last, that has one. Of any type.
        FIRST("first"),
        LAST("last"),
        /// The value, of any type, of the row in which another of any type is the least; the first of these rows.
        MIN_BY("minBy"),
        MAX_BY("maxBy"),
        /// Different values of any type.
        COUNT_DISTINCT("countDistinct"),
        /// About as many, from a sketch.
        APPROX_COUNT_DISTINCT("approxCountDistinct"),
        /// Of FLOAT64.
        PRODUCT("product"),
        /// Of BOOL: whether a value is true, or all are.
        ANY("any"),
        ALL("all"),
        /// The user's own, which says what it takes and gives.
        FOLD("fold");

        private final String code;

        Function(String code) {
            this.code = code;
        }

        /// The method that makes it.
        public String code() {
            return code;
        }
    }

    /// One aggregate.
    ///
    /// @param inputs    columns of the batch: none for COUNT_ROWS, any number for FOLD, two for COVARIANCE, CORRELATION, MIN_BY and
    ///                  MAX_BY, else one
    /// @param parameter see [Function]; 0 where there is none
    /// @param label     what errors call it
    /// @param fold      of FOLD
    public record Call(Function function, List<Integer> inputs, List<DataType> inputTypes, double parameter,
            DataType resultType, String label, Optional<FoldFunction> fold) {
        public Call {
            inputs = List.copyOf(inputs);
            inputTypes = List.copyOf(inputTypes);
        }

        /// One that is not the user's.
        public Call(Function function, List<Integer> inputs, List<DataType> inputTypes, double parameter,
                DataType resultType, String label) {
            this(function, inputs, inputTypes, parameter, resultType, label, Optional.empty());
        }

        /// Whether a group's state is all its values: then rows are no smaller than partial groups, and merging these needs less memory.
        private boolean keepsValues() {
            return switch (function) {
                case MEDIAN, QUANTILE, COUNT_DISTINCT -> true;
                case COUNT, COUNT_ROWS, SUM, MEAN, MIN, MAX, VARIANCE, STDDEV, STANDARD_ERROR, SKEWNESS, KURTOSIS, COVARIANCE,
                        CORRELATION, FIRST, LAST, MIN_BY, MAX_BY, APPROX_COUNT_DISTINCT, PRODUCT, ANY, ALL, FOLD -> false;
            };
        }

        private Call moved(UnaryOperator<Integer> newIndex) {
            return new Call(
                    function, inputs.stream().map(newIndex).toList(), inputTypes, parameter, resultType, label, fold);
        }

        /// What one group's state looks like in a partial block.
        public List<DataType> stateTypes() {
            return switch (function) {
                case COUNT, COUNT_ROWS -> List.of(DataType.LONG);
                // the high and low half of a 128-bit sum, or a floating sum; then the number of values
                case SUM, MEAN -> inputTypes.getFirst() == DataType.FLOAT64
                        ? List.of(DataType.FLOAT64, DataType.LONG)
                        : List.of(DataType.LONG, DataType.LONG, DataType.LONG);
                case MIN, MAX, FIRST, LAST, MIN_BY, MAX_BY, ANY, ALL -> inputTypes;
                // the number of values, then means, then sums of squares, of products or of higher powers
                case VARIANCE, STDDEV, STANDARD_ERROR -> List.of(DataType.LONG, DataType.FLOAT64, DataType.FLOAT64);
                case SKEWNESS, KURTOSIS -> List.of(
                        DataType.LONG, DataType.FLOAT64, DataType.FLOAT64, DataType.FLOAT64, DataType.FLOAT64);
                case COVARIANCE, CORRELATION -> List.of(DataType.LONG, DataType.FLOAT64, DataType.FLOAT64,
                        DataType.FLOAT64, DataType.FLOAT64, DataType.FLOAT64);
                // all values of the group, one after the other; text only by its layout
                case MEDIAN, QUANTILE, COUNT_DISTINCT -> List.of(DataType.UTF8);
                // a sketch, text only by its layout
                case APPROX_COUNT_DISTINCT -> List.of(DataType.UTF8);
                // the user's state
                case FOLD -> Collections.nCopies(fold.orElseThrow().initial().length, DataType.LONG);
                case PRODUCT -> List.of(DataType.FLOAT64, DataType.LONG);
            };
        }
    }

    /// Whether rows may be sent to be grouped instead of partial groups to be merged.
    boolean takesRows() {
        return !keys.isEmpty() && calls.stream().noneMatch(Call::keepsValues);
    }

    /// What is read of a batch: the keys, then the arguments that are not keys, each once.
    public List<Integer> columns() {
        return Stream.concat(keys.stream(), calls.stream().flatMap(call -> call.inputs().stream()))
                .distinct()
                .toList();
    }

    /// The types of [#columns].
    public List<DataType> columnTypes() {
        Map<Integer, DataType> types = new HashMap<>();
        IntStream.range(0, keys.size()).forEach(key -> types.put(keys.get(key), keyTypes.get(key)));
        for (Call call : calls) {
            IntStream.range(0, call.inputs().size())
                    .forEach(input -> types.put(call.inputs().get(input), call.inputTypes().get(input)));
        }
        return columns().stream().map(types::get).toList();
    }

    /// The same of batches that have [#columns] and nothing else.
    public Aggregation ofColumns() {
        List<Integer> columns = columns();
        return new Aggregation(
                keys.stream().map(columns::indexOf).toList(),
                keyTypes,
                calls.stream().map(call -> call.moved(columns::indexOf)).toList());
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
