package io.lazuli.ml.decomposition;

import static io.lazuli.ml.decomposition.PcaTest.assertAlike;
import static io.lazuli.ml.decomposition.PcaTest.data;

import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.Outputs;
import io.lazuli.ml.TestRows;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TruncatedSvdTest extends EstimatorContract<TruncatedSvdModel> {
    @Override
    protected Estimator<TruncatedSvdModel> estimator() {
        return new TruncatedSvd();
    }

    @Override
    protected TestRows rows() {
        return TestRows.random(80, 4, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iris", "wine"})
    void directionsAreThoseOfADecompositionOfAllRows(String name) {
        for (int partitions : new int[] {1, 3, 7}) {
            Dataset data = data(name, partitions);
            TruncatedSvdModel model = new TruncatedSvd(3).fit(data);
            assertAlike("svd." + name + ".components", model.components());
            assertAlike("svd." + name + ".singular_values", model.singularValues(), 1e-10);
            assertAlike("svd." + name + ".explained_variance", model.explainedVariance(), 1e-9);
            assertAlike("svd." + name + ".transformed", Outputs.of(model, data), 1e-8);
        }
    }
}
