package io.lazuli.ml.selection;

import static io.lazuli.dataframe.Expressions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Fixtures;
import io.lazuli.ml.Outputs;
import io.lazuli.ml.Split;
import io.lazuli.ml.internal.summary.FeatureNames;
import io.lazuli.ml.preprocessing.PolynomialFeatures;
import io.lazuli.ml.preprocessing.PolynomialModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Splitters on rows that are told by their feature, in one or many partitions.
class SplitterTest {
    private static final Map<String, double[]> EXPECTED = Fixtures.expected("splits");
    private static final int ROWS = 103;
    private static final int[] PARTITIONS = {1, 3, 130};

    private static Dataset rows(int partitions) {
        return rows(Fixtures.frame("splits"), partitions, "name", "group");
    }

    private static Dataset rows(DataFrame frame, int partitions, String target, String groups) {
        DataFrame parts = partitions == 1 ? frame : frame.repartition(partitions);
        return Dataset.of(parts).withTarget(target).withGroups(groups).withFeatures("x");
    }

    /// Numbers of the rows.
    private static int[] numbers(Dataset data) {
        PolynomialModel model = new PolynomialFeatures(1, false, false).fit(rows(1));
        return Arrays.stream(Outputs.of(model, data)).mapToInt(x -> (int) x).toArray();
    }

    /// As fixtures tell sides: for each split and row 0, 1 to train on, 2 to test on.
    private static double[] sides(List<Split> splits) {
        double[] sides = new double[splits.size() * ROWS];
        for (int split = 0; split < splits.size(); split++) {
            for (int row : numbers(splits.get(split).train())) {
                sides[split * ROWS + row] = 1;
            }
            for (int row : numbers(splits.get(split).test())) {
                assertThat(sides[split * ROWS + row]).as("row %d is on both sides", row).isZero();
                sides[split * ROWS + row] = 2;
            }
        }
        return sides;
    }

    static Stream<Arguments> splits_areThoseOfScikitLearn() {
        return Stream.of(
                Arguments.of("k", KFold.of(4)),
                Arguments.of("stratified", StratifiedKFold.of(4)),
                Arguments.of("stratified.10", StratifiedKFold.of(10)),
                Arguments.of("group", GroupKFold.of(3)),
                Arguments.of("stratifiedGroup", StratifiedGroupKFold.of(3)),
                Arguments.of("time", TimeSeriesSplit.of(5)),
                Arguments.of("time.test", TimeSeriesSplit.of(4).withTestSize(9)),
                Arguments.of("time.gap", TimeSeriesSplit.of(4).withGap(3)),
                Arguments.of("time.window", TimeSeriesSplit.of(4).withGap(2).withMaxTrainSize(20).withTestSize(10)));
    }

    @ParameterizedTest
    @MethodSource
    void splits_areThoseOfScikitLearn(String name, Splitter splitter) {
        for (int partitions : PARTITIONS) {
            assertThat(sides(rows(partitions).split(splitter))).as("%d partitions", partitions)
                    .containsExactly(EXPECTED.get(name));
            Dataset others = rows(Fixtures.frame("splits"), partitions, "y", "team");
            assertThat(sides(others.split(splitter))).as("%d partitions, of other types", partitions)
                    .containsExactly(EXPECTED.get(name));
        }
    }

    static List<Splitter> randomSplitters() {
        return List.of(
                KFold.of(4).shuffled(1), StratifiedKFold.of(4).shuffled(1), ShuffleSplit.of(3, 0.3, 1),
                ShuffleSplit.of(2, 20, 1).withTrainSize(30), StratifiedShuffleSplit.of(3, 0.3, 1),
                StratifiedGroupKFold.of(4).shuffled(1), RepeatedKFold.of(3, 2, 1), RepeatedStratifiedKFold.of(3, 2, 1));
    }

    @ParameterizedTest
    @MethodSource("randomSplitters")
    void randomSplits_dependOnTheSeedAndOnNothingElse(Splitter splitter) {
        double[] sides = sides(rows(1).split(splitter));
        for (int partitions : PARTITIONS) {
            assertThat(sides(rows(partitions).split(splitter))).containsExactly(sides);
        }
        assertThat(sides).isNotEqualTo(EXPECTED.get("k"));
        Set<String> splits = new TreeSet<>();
        for (int split = 0; split < sides.length / ROWS; split++) {
            splits.add(Arrays.toString(Arrays.copyOfRange(sides, split * ROWS, (split + 1) * ROWS)));
        }
        assertThat(splits).hasSize(sides.length / ROWS);
    }

    @ParameterizedTest
    @MethodSource("randomSplitters")
    void otherSeeds_giveOtherSplits(Splitter splitter) {
        Splitter other = switch (splitter) {
            case KFold s -> s.shuffled(2);
            case StratifiedKFold s -> s.shuffled(2);
            case ShuffleSplit s -> new ShuffleSplit(s.splitCount(), s.testSize(), s.trainSize(), 2);
            case StratifiedShuffleSplit s -> new StratifiedShuffleSplit(s.splitCount(), s.testSize(), s.trainSize(), 2);
            case RepeatedKFold s -> RepeatedKFold.of(s.splitCount(), s.repeatCount(), 2);
            case RepeatedStratifiedKFold s -> RepeatedStratifiedKFold.of(s.splitCount(), s.repeatCount(), 2);
            case StratifiedGroupKFold s -> s.shuffled(2);
            default -> throw new AssertionError(splitter);
        };
        assertThat(sides(rows(1).split(other))).isNotEqualTo(sides(rows(1).split(splitter)));
    }

    @Test
    void sizes_areThoseThatWereAskedFor() {
        assertSizes(ShuffleSplit.of(3, 0.3, 1), 72, 31);
        assertSizes(ShuffleSplit.of(3, 20, 1).withTrainSize(0.25), 25, 20);
        assertSizes(StratifiedShuffleSplit.of(3, 0.3, 1), 72, 31);
        assertSizes(StratifiedShuffleSplit.of(3, 20, 1).withTrainSize(30), 30, 20);
        Split split = rows(3).trainTestSplit(0.25, 7);
        assertThat(numbers(split.train())).hasSize(77);
        assertThat(numbers(split.test())).hasSize(26);
    }

    private static void assertSizes(Splitter splitter, int train, int test) {
        for (Split split : rows(3).split(splitter)) {
            assertThat(numbers(split.train())).hasSize(train);
            assertThat(numbers(split.test())).hasSize(test);
        }
    }

    @Test
    void stratifiedSplits_haveTheSharesOfAllClasses() {
        Map<String, int[]> members = members("bee", "ant", "wasp", "cicada");
        List<Split> splits = new ArrayList<>();
        splits.addAll(rows(3).split(StratifiedKFold.of(4).shuffled(3)));
        splits.addAll(rows(3).split(StratifiedShuffleSplit.of(4, 0.25, 3)));
        splits.add(rows(3).stratifiedTrainTestSplit(0.25, 3));
        for (Split split : splits) {
            Set<Integer> test = IntStream.of(numbers(split.test())).boxed().collect(Collectors.toSet());
            members.forEach((name, rows) -> {
                long found = IntStream.of(rows).filter(test::contains).count();
                assertThat(Math.abs(found - rows.length / 4.0)).as(name).isLessThan(1.01);
            });
        }
    }

    private static Map<String, int[]> members(String... names) {
        Map<String, int[]> members = new HashMap<>();
        for (String name : names) {
            DataFrame own = Fixtures.frame("splits").filter(col("name").eq(name));
            members.put(name, numbers(Dataset.of(own).withFeatures("x")));
        }
        return members;
    }

    @Test
    void partsOfASplit_areSplitAgain() {
        for (int partitions : PARTITIONS) {
            Split outer = rows(partitions).trainTestSplit(0.2, 1);
            Set<Integer> seen = new TreeSet<>();
            for (Split inner : outer.train().split(StratifiedKFold.of(3))) {
                int[] test = numbers(inner.test());
                IntStream.of(test).forEach(row -> assertThat(seen.add(row)).isTrue());
                assertThat(numbers(inner.train())).hasSize(82 - test.length)
                        .doesNotContain(test);
            }
            assertThat(seen).hasSize(82);
            IntStream.of(numbers(outer.test())).forEach(row -> assertThat(seen).doesNotContain(row));
        }
    }

    @Test
    void groups_areNeverParted() {
        Dataset rows = rows(3);
        for (Splitter splitter : List.of(GroupKFold.of(5), StratifiedGroupKFold.of(5).shuffled(1))) {
            for (Split split : rows.split(splitter)) {
                Set<Integer> train = groups(split.train());
                assertThat(groups(split.test())).isNotEmpty().doesNotContainAnyElementsOf(train);
            }
        }
    }

    private static Set<Integer> groups(Dataset data) {
        Set<Integer> rows = IntStream.of(numbers(data)).boxed().collect(Collectors.toSet());
        PolynomialFeatures asTheyAre = new PolynomialFeatures(1, false, false);
        Dataset groups = Dataset.of(Fixtures.frame("splits")).withFeatures("x", "group");
        double[] all = Outputs.of(asTheyAre.fit(groups), groups);
        return rows.stream().map(row -> (int) all[2 * row + 1]).collect(Collectors.toSet());
    }

    @Test
    void whatCannotBeSplit_isRefused() {
        assertRefused(KFold.of(104), ErrorCode.DATA, "104 folds of 103 rows");
        assertRefused(StratifiedKFold.of(70), ErrorCode.DATA, "rows of the largest class");
        assertRefused(GroupKFold.of(15), ErrorCode.DATA, "15 folds of 14 groups");
        assertRefused(StratifiedGroupKFold.of(15), ErrorCode.DATA, "15 folds of 14 groups");
        assertRefused(ShuffleSplit.of(1, 103, 0), ErrorCode.DATA, "0 to train on");
        assertRefused(StratifiedShuffleSplit.of(1, 3, 0), ErrorCode.DATA, "fewer than the 4 classes");
        assertRefused(TimeSeriesSplit.of(5).withTestSize(21), ErrorCode.DATA, "cannot be made");
        Dataset single = rows(3).withTarget("x").withFeatures("y");
        assertThatThrownBy(() -> single.trainTestSplit(0.5, 0).train().stratifiedTrainTestSplit(0.5, 0).train()
                .fit(new FeatureNames()).compute()).hasMessageContaining("2 rows of each class");
        Dataset plain = Dataset.of(Fixtures.frame("splits").repartition(3)).withFeatures("x");
        for (Splitter splitter : List.of(StratifiedKFold.of(2), StratifiedShuffleSplit.of(1, 0.5, 0))) {
            assertThatThrownBy(() -> numbers(plain.split(splitter).getFirst().test()))
                    .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                    .hasMessageContaining("withTarget");
        }
        for (Splitter splitter : List.of(GroupKFold.of(2), PredefinedSplit.of(2))) {
            assertThatThrownBy(() -> numbers(plain.split(splitter).getFirst().test()))
                    .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                    .hasMessageContaining("withGroups");
        }
        assertThatThrownBy(() -> ShuffleSplit.of(1, 0, 0)).isInstanceOf(LazuliException.class);
        assertThatThrownBy(() -> ShuffleSplit.of(1, 0.6, 0).withTrainSize(0.6)).isInstanceOf(LazuliException.class);
        assertThatThrownBy(() -> StratifiedKFold.of(1)).isInstanceOf(LazuliException.class);
        assertThatThrownBy(() -> TimeSeriesSplit.of(3).withGap(-1)).isInstanceOf(LazuliException.class);
    }

    private static void assertRefused(Splitter splitter, ErrorCode code, String message) {
        assertThatThrownBy(() -> numbers(rows(3).split(splitter).getFirst().test()))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
