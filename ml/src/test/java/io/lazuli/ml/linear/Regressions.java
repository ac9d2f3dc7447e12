package io.lazuli.ml.linear;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Expectation;
import io.lazuli.ml.Fixtures;
import io.lazuli.ml.TestRows;
import java.util.stream.IntStream;

/// What tests of linear regressions share.
final class Regressions {
    private static final Expectation EXPECTED = Expectation.of("linear");

    private Regressions() {}

    /// A target that depends on features, but not on them alone.
    static TestRows rows() {
        TestRows rows = TestRows.random(80, 4, 1);
        double[] target = IntStream.range(0, rows.rowCount())
                .mapToDouble(row -> 3 * rows.get("f0")[row] - rows.get("f2")[row]
                        + 0.3 * rows.get("f3")[row] * rows.get("f1")[row])
                .toArray();
        return rows.with("y", target);
    }

    static Dataset diabetes(int partitions) {
        DataFrame frame = Fixtures.frame("diabetes");
        return Dataset.of(partitions == 1 ? frame : frame.repartition(partitions)).withTarget("y").withGroups("fold");
    }

    /// The number of a row's fold is its weight.
    static Dataset weightedDiabetes() {
        String[] features = {"age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"};
        return Dataset.of(Fixtures.frame("diabetes")).withFeatures(features).withTarget("y").withWeights("fold");
    }

    static void check(String name, LinearModel model, double tolerance) {
        check(name, model.coefficients(), model.intercept(), tolerance);
    }

    static void check(String name, double[] coefficients, double intercept, double tolerance) {
        EXPECTED.check(name + ".coefficients", coefficients, tolerance);
        EXPECTED.check(name + ".intercept", new double[] {intercept}, tolerance);
    }
}
