package io.lazuli.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.ml.model.Classifier;
import io.lazuli.ml.model.Model;
import io.lazuli.ml.model.Transform;
import java.util.Arrays;
import java.util.Map;

/// What scikit-learn said, to compare with.
public record Expectation(Map<String, double[]> results) {
    public static Expectation of(String name) {
        return new Expectation(Fixtures.expected(name));
    }

    public static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    /// @param tolerance in proportion to the largest of the numbers
    public void check(String name, double[] actual, double tolerance) {
        double[] expected = results.get(name);
        assertThat(actual).as(name).hasSameSizeAs(expected);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("%s, number %d", name, i).isCloseTo(expected[i], within(tolerance * largest));
        }
    }

    /// The outputs of every seventh row from the first on.
    public void checkEverySeventhRow(String name, Model model, Dataset data, double tolerance) {
        double[] expected = results.get(name);
        double[] all = Outputs.of(model, data);
        int width = switch (model) {
            case Classifier classifier -> classifier.classes().count();
            case Transform transform -> transform.output().count();
            default -> 1;
        };
        double[] some = new double[expected.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = all[i / width * 7 * width + i % width];
        }
        check(name, some, tolerance);
    }
}
