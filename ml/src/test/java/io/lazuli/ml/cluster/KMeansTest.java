package io.lazuli.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.Fixtures;
import io.lazuli.ml.Outputs;
import io.lazuli.ml.TestRows;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.model.Transform;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KMeansTest extends EstimatorContract<KMeansModel> {
    private static final Map<String, double[]> EXPECTED = Fixtures.expected("kmeans");

    @Override
    protected Estimator<KMeansModel> estimator() {
        return new KMeans(3);
    }

    @Override
    protected TestRows rows() {
        return TestRows.random(80, 4, 1);
    }

    private static Dataset data(String name, int partitions) {
        DataFrame frame = Fixtures.frame(name);
        String[] features = frame.schema().names().stream()
                .filter(column -> !column.equals("y") && !column.equals("fold"))
                .toArray(String[]::new);
        return Dataset.of(partitions == 1 ? frame : frame.repartition(partitions)).withFeatures(features);
    }

    private static int[] order(KMeansModel model) {
        return IntStream.range(0, model.clusterCenters().length)
                .boxed()
                .sorted(Comparator.comparing(c -> model.clusterCenters()[c], Arrays::compare))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// The transform alone.
    private record Distances(KMeansModel model) implements Transform {
        @Override
        public Features features() {
            return model.features();
        }

        @Override
        public Features output() {
            return model.output();
        }

        @Override
        public TileTransform over(Rows rows) {
            return model.over(rows);
        }
    }

    @ParameterizedTest
    @CsvSource({"iris,3", "wine,3", "iris,8"})
    void clustersAreTheBestThatScikitLearnFinds(String name, int clusters) {
        String key = name + "." + clusters;
        for (int partitions : new int[] {1, 3, 7}) {
            Dataset data = data(name, partitions);
            KMeansModel model = new KMeans(clusters).withTol(0).withNInit(50).fit(data);
            assertThat(model.converged()).isTrue();
            assertThat(model.reached()).isZero();
            double inertia = EXPECTED.get(key + ".inertia")[0];
            assertThat(model.inertia()).isCloseTo(inertia, within(1e-10 * inertia));
            int[] order = order(model);
            double[] centers = Arrays.stream(order)
                    .mapToObj(c -> model.clusterCenters()[c])
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
            assertThat(centers).containsExactly(EXPECTED.get(key + ".centers"), within(1e-9));
            double[] labels = Outputs.of(model, data);
            double[] distances = Outputs.of(new Distances(model), data);
            for (int row = 0; row < labels.length; row++) {
                assertThat(labels[row]).isEqualTo(order[(int) EXPECTED.get(key + ".labels")[row]]);
                for (int c = 0; c < clusters; c++) {
                    assertThat(distances[row * clusters + order[c]])
                            .isCloseTo(EXPECTED.get(key + ".distances")[row * clusters + c], within(1e-9));
                }
            }
        }
    }

    /// Rows about points that lie apart: far more than a sample holds, a thousandth of them about the last point.
    private static TestRows blobs(int rowCount, double[][] points) {
        Random random = new Random(4);
        double[][] columns = new double[2][rowCount];
        for (int row = 0; row < rowCount; row++) {
            double[] point = points[row % 1000 == 0 ? points.length - 1 : row % (points.length - 1)];
            columns[0][row] = point[0] + random.nextGaussian();
            columns[1][row] = point[1] + random.nextGaussian();
        }
        return new TestRows(new LinkedHashMap<>()).with("f0", columns[0]).with("f1", columns[1]);
    }

    @Test
    void aSampleFindsClustersOfFewRowsToo() {
        double[][] points = {{0, 0}, {40, 0}, {0, 40}, {1000, 1000}, {60, 60}};
        DataFrame frame = blobs(40_000, points).frame();
        for (int partitions : new int[] {1, 3}) {
            Dataset data = Dataset.of(partitions == 1 ? frame : frame.repartition(partitions));
            for (int seed = 0; seed < 3; seed++) {
                KMeansModel model = new KMeans(5).withNInit(3).withSeed(seed).fit(data);
                for (double[] point : points) {
                    assertThat(List.of(model.clusterCenters()))
                            .anySatisfy(center -> assertThat(center).containsExactly(point, within(0.6)));
                }
                assertThat(model.converged()).isTrue();
            }
        }
    }

    @Test
    void aTaskOfManyRowsIsTheSameForAnySample() {
        double[][] points = {{0, 0}, {40, 0}, {0, 40}, {1000, 1000}, {60, 60}};
        DataFrame frame = blobs(40_000, points).frame();
        double expected = new KMeans(5).withTol(0).fit(Dataset.of(frame)).inertia();
        for (int partitions : new int[] {2, 5}) {
            KMeansModel model =
                    new KMeans(5).withTol(0).withSeed(partitions).fit(Dataset.of(frame.repartition(partitions)));
            assertThat(model.inertia()).isCloseTo(expected, within(1e-9 * expected));
        }
    }

    @Test
    void fewerDifferentRowsThanClustersAreEachAtACenter() {
        TestRows rows = rows().take(IntStream.range(0, 60).map(row -> row % 3).toArray());
        for (int partitions : new int[] {1, 4}) {
            KMeansModel model = new KMeans(8).fit(Dataset.of(rows.frame().repartition(partitions)));
            assertThat(model.inertia()).isCloseTo(0, within(1e-20));
            assertThat(model.converged()).isTrue();
            assertThat(model.clusterCenters()).hasNumberOfRows(8);
        }
    }

    @Test
    void fewerRowsThanClustersAreRefused() {
        assertThatThrownBy(() -> new KMeans(81).fit(Dataset.of(rows().frame())))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessageContaining("81 clusters")
                .hasMessageContaining("80 rows");
    }

    @Test
    void aSearchThatEndsEarlySaysSo() {
        DataFrame frame = TestRows.random(20_000, 3, 2).frame();
        KMeansModel model = new KMeans(8).withMaxIter(1).withTol(0).fit(Dataset.of(frame));
        assertThat(model.converged()).isFalse();
        assertThat(model.iterations()).isEqualTo(1);
        assertThat(model.reached()).isPositive();
        KMeansModel further = new KMeans(8).withTol(0).fit(Dataset.of(frame));
        assertThat(further.converged()).isTrue();
        assertThat(further.inertia()).isLessThan(model.inertia());
    }

    @Test
    void largeMeansCostNoDigits() {
        TestRows rows = rows();
        TestRows moved = rows;
        for (int j = 0; j < 4; j++) {
            moved = moved.with("f" + j, Arrays.stream(rows.get("f" + j)).map(value -> value + (1 << 30)).toArray());
        }
        double near = new KMeans(3).fit(Dataset.of(rows.frame())).inertia();
        double far = new KMeans(3).fit(Dataset.of(moved.frame())).inertia();
        assertThat(far).isCloseTo(near, within(1e-5 * near));
    }

    @Test
    void parametersThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new KMeans(0)).hasMessageContaining("n_clusters is 0");
        assertThatThrownBy(() -> new KMeans().withTol(-1)).hasMessageContaining("tol is -1");
        assertThatThrownBy(() -> new KMeans().withMaxIter(0)).hasMessageContaining("max_iter is 0");
        assertThatThrownBy(() -> new KMeans().withNInit(0)).hasMessageContaining("n_init is 0");
    }
}
