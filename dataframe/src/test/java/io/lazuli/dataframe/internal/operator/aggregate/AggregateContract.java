package io.lazuli.dataframe.internal.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// What every aggregate must keep: rows in parts, the parts merged in any order and finished, are the aggregate of all rows.
/// Exact, but for floating sums, which may differ by `2 n eps sum|x|`. Where the order of rows matters, parts are stretches of
/// rows and are merged in their order.
abstract class AggregateContract {
    private static final int GROUPS = 5;

    abstract DataType inputType();

    /// The types of all arguments.
    List<DataType> inputTypes() {
        return List.of(inputType());
    }

    abstract Accumulator create(StateMemory memory, GroupRows rows);

    /// A value that is not null.
    abstract Object randomValue(Random random);

    /// The result for the values of one group that are not null, `rowCount` rows in all. With two arguments, each value is the list
    /// of them.
    abstract Object expected(List<Object> values, int rowCount);

    @Property(tries = 200)
    void mergedParts_equalTheAggregateOfAllRows(
            @ForAll long seed, @ForAll @IntRange(max = 3000) int rowCount, @ForAll("nullShares") double nullShare,
            @ForAll("parts") int partCount) {
        Random random = new Random(seed);
        List<List<Object>> values = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        List<Integer> parts = new ArrayList<>();
        for (int row = 0; row < rowCount; row++) {
            values.add(randomRow(random, nullShare));
            groups.add(random.nextInt(GROUPS));
            parts.add(random.nextInt(partCount));
        }
        if (isOrdered()) {
            Collections.sort(parts);
        }
        try (TestColumns columns = TestColumns.open()) {
            List<Accumulator> accumulators = new ArrayList<>();
            for (int part = 0; part < partCount; part++) {
                Accumulator accumulator = filled(columns, values, groups, rowsOf(parts, part));
                accumulators.add(accumulator);
            }
            if (!isOrdered()) {
                Collections.shuffle(accumulators, random);
            }
            Accumulator merged = merged(columns, accumulators);
            assertGroups(TestColumns.values(merged.finish(0, GROUPS, new Scratch(columns.memory()))), values, groups);
        }
    }

    private List<Object> randomRow(Random random, double nullShare) {
        List<Object> row = new ArrayList<>();
        inputTypes().forEach(type -> row.add(random.nextDouble() < nullShare ? null : randomValue(random)));
        return row;
    }

    private static List<Integer> rowsOf(List<Integer> parts, int part) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < parts.size(); row++) {
            if (parts.get(row) == part) {
                rows.add(row);
            }
        }
        return rows;
    }

    private Accumulator filled(
            TestColumns columns, List<List<Object>> values, List<Integer> groups, List<Integer> part) {
        StateMemory memory = new StateMemory(columns.memory());
        GroupRows rows = new GroupRows(memory);
        Accumulator accumulator = createBesideOthers(memory, rows);
        List<Column> inputs = IntStream.range(0, inputTypes().size())
                .mapToObj(
                        i -> columns.of(inputTypes().get(i), part.stream().map(row -> values.get(row).get(i)).toList()))
                .toList();
        assertThat(rows.tryReserve(GROUPS) && accumulator.tryReserve(inputs)).isTrue();
        accumulator.update(ids(part.stream().map(groups::get).toList()), inputs);
        return accumulator;
    }

    private Accumulator merged(TestColumns columns, List<Accumulator> parts) {
        StateMemory memory = new StateMemory(columns.memory());
        GroupRows rows = new GroupRows(memory);
        Accumulator merged = createBesideOthers(memory, rows);
        assertThat(rows.tryReserve(GROUPS)).isTrue();
        for (Accumulator part : parts) {
            List<Column> partial = part.partial(0, GROUPS, new Scratch(columns.memory()));
            assertThat(partial).hasSize(part.stateCount());
            assertThat(merged.tryReservePartial(partial)).isTrue();
            merged.merge(ids(List.of(0, 1, 2, 3, 4)), partial);
        }
        return merged;
    }

    /// Between two counts, whose state must not be touched and must not touch.
    private Accumulator createBesideOthers(StateMemory memory, GroupRows rows) {
        Accumulators.countRows(rows);
        Accumulator accumulator = create(memory, rows);
        Accumulators.countRows(rows);
        return accumulator;
    }

    private static GroupIds ids(List<Integer> groups) {
        GroupIds ids = new GroupIds();
        assertThat(groups.size()).isLessThanOrEqualTo(Batch.ROWS);
        ids.setRowCount(groups.size());
        for (int row = 0; row < groups.size(); row++) {
            ids.ids()[row] = groups.get(row);
        }
        return ids;
    }

    private void assertGroups(List<Object> results, List<List<Object>> values, List<Integer> groups) {
        for (int group = 0; group < GROUPS; group++) {
            List<Object> ofGroup = new ArrayList<>();
            int rowCount = 0;
            for (int row = 0; row < values.size(); row++) {
                if (groups.get(row) == group) {
                    rowCount++;
                    List<Object> arguments = values.get(row);
                    if (!arguments.contains(null)) {
                        ofGroup.add(arguments.size() == 1 ? arguments.getFirst() : arguments);
                    }
                }
            }
            assertResult(results.get(group), expected(ofGroup, rowCount), ofGroup);
        }
    }

    private void assertResult(Object result, Object expected, List<Object> values) {
        double tolerance = tolerance(values);
        if (expected instanceof Double number && Double.isFinite(number) && tolerance > 0) {
            assertThat((Double) result).isCloseTo(number, within(tolerance));
        } else {
            assertThat(result).isEqualTo(expected);
        }
    }

    /// By how much a result may differ through rounding; 0 if it must be exact.
    double tolerance(List<Object> values) {
        return 0;
    }

    /// What a floating sum may differ by.
    static double toleranceOfSum(List<Object> values) {
        double magnitude = values.stream().mapToDouble(value -> Math.abs(((Number) value).doubleValue())).sum();
        return 2 * values.size() * Math.ulp(1.0) * magnitude;
    }

    /// Whether the result depends on the order of rows.
    boolean isOrdered() {
        return false;
    }

    @Provide
    Arbitrary<Double> nullShares() {
        return Arbitraries.of(0.0, 0.3, 1.0);
    }

    @Provide
    Arbitrary<Integer> parts() {
        return Arbitraries.of(1, 2, 7);
    }
}
