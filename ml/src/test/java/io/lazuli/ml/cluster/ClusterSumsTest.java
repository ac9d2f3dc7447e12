package io.lazuli.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClusterSumsTest {
    private static final double[][] ROWS = {{0, 1, 2, 9, 20}};

    private static ClusterSums sums(double[][] centers, double... weights) {
        ClusterSums.Builder builder = new ClusterSums.Builder(centers);
        builder.add(ROWS, weights, weights.length);
        return builder.finish();
    }

    @Test
    void rowsAreSummedUpByTheNearestCenter_theFirstOfThoseThatAreAsNear() {
        ClusterSums sums = sums(new double[][] {{0}, {2}, {20}}, 1, 1, 2, 1, 3);
        assertThat(sums.weights()).containsExactly(2, 3, 3);
        assertThat(sums.sums()).isDeepEqualTo(new double[][] {{1}, {13}, {60}});
        assertThat(sums.inertia()).isCloseTo(1 + 49, within(1e-12));
        assertThat(sums.means(new double[3][1])).isDeepEqualTo(new double[][] {{0.5}, {13 / 3.0}, {20}});
    }

    @Test
    void clustersWithoutRowsTakeTheFarthestRowsOfOthers() {
        double[][] centers = {{3}, {100}, {18}, {200}};
        double[][] means = sums(centers, 1, 1, 1, 1, 1).means(centers);
        assertThat(means).isDeepEqualTo(new double[][] {{1}, {9}, {20}, {20}});
    }

    @Test
    void aRowWithoutWeightIsTakenByNobody() {
        double[][] centers = {{3}, {100}};
        double[][] means = sums(centers, 1, 1, 1, 1, 0).means(centers);
        assertThat(means).isDeepEqualTo(new double[][] {{1}, {9}});
    }

    @Test
    void centersStayWhereAllRowsAreAtTheirs() {
        double[][] centers = {{0}, {1}, {2}, {9}, {20}, {50}};
        assertThat(sums(centers, 1, 1, 1, 1, 1).means(centers)).isDeepEqualTo(centers);
    }

    @Test
    void sumsOfPartsAreSumsOfAll() {
        double[][] centers = {{3}, {18}};
        ClusterSums.Builder left = new ClusterSums.Builder(centers);
        left.add(new double[][] {{0, 1}}, new double[] {1, 2}, 2);
        ClusterSums.Builder right = new ClusterSums.Builder(centers);
        right.add(new double[][] {{2, 9, 20}}, new double[] {3, 1, 1}, 3);
        ClusterSums merged = left.finish().merge(right.finish());
        ClusterSums all = sums(centers, 1, 2, 3, 1, 1);
        assertThat(merged.means(centers)).isDeepEqualTo(all.means(centers));
        assertThat(merged.inertia()).isEqualTo(all.inertia());
        assertThat(merged.farthest()[0].square()).isEqualTo(36);
    }
}
