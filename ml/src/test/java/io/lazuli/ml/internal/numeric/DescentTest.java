package io.lazuli.ml.internal.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.ml.internal.numeric.Descent.Evaluation;
import io.lazuli.ml.internal.numeric.Descent.Found;
import io.lazuli.ml.internal.numeric.Descent.Rules;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DescentTest {
    private static final double TOLERANCE = 1e-7;

    /// Sums of `log(cosh(row * x - target))`, which are convex, and of some squares.
    private record Valley(double[][] rows, double[] targets, double square) {
        static Valley random(int size, double square, long seed) {
            Random random = new Random(seed);
            double[][] rows = new double[3 * size][size];
            double[] targets = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                Arrays.setAll(rows[i], j -> random.nextGaussian() * (j + 1));
                targets[i] = 3 * random.nextGaussian();
            }
            return new Valley(rows, targets, square);
        }

        Evaluation at(double[] at) {
            double value = square * Descent.dot(at, at) / 2;
            double[] gradient = Descent.walk(new double[at.length], square, at);
            double[][] curvature = new double[at.length][at.length];
            for (int i = 0; i < rows.length; i++) {
                double score = Descent.dot(rows[i], at) - targets[i];
                double slope = Math.tanh(score);
                value += Math.abs(score) + Math.log1p(Math.exp(-2 * Math.abs(score)));
                for (int j = 0; j < at.length; j++) {
                    gradient[j] += slope * rows[i][j];
                    for (int k = 0; k < at.length; k++) {
                        curvature[j][k] += (1 - slope * slope) * rows[i][j] * rows[i][k];
                    }
                }
            }
            for (int j = 0; j < at.length; j++) {
                curvature[j][j] += square;
            }
            return new Evaluation(value, gradient, curvature);
        }
    }

    private static Found follow(Descent start, Valley valley) {
        Descent way = start;
        int passes = 0;
        while (!(way instanceof Found)) {
            way = way.next(valley.at(way.at()));
            passes++;
            assertThat(passes).isLessThan(5000);
        }
        return (Found) way;
    }

    private static void assertLeast(Found found, Rules rules, Valley valley, double tolerance) {
        assertThat(found.isConverged()).isTrue();
        double[] slope = rules.gradient(found.at(), valley.at(found.at()).gradient());
        assertThat(Descent.largest(slope)).isLessThan(tolerance);
    }

    @Property(tries = 200)
    void smoothValleys_areFoundBothWays(@ForAll @IntRange(min = 1, max = 12) int size, @ForAll long seed) {
        Valley valley = Valley.random(size, 0.5, seed);
        Rules rules = new Rules(TOLERANCE, 1000, new double[0]);
        assertLeast(follow(NewtonDescent.start(rules, new double[size]), valley), rules, valley, TOLERANCE);
        assertLeast(follow(GradientDescent.start(rules, new double[size], 1), valley), rules, valley, 1e-4);
    }

    @Property(tries = 200)
    void valleysWithEdges_areFoundBothWays(@ForAll @IntRange(min = 1, max = 12) int size, @ForAll long seed) {
        Valley valley = Valley.random(size, 0.5, seed);
        double[] absolute = new double[size];
        Arrays.setAll(absolute, j -> j % 3 * 4.0);
        Rules rules = new Rules(TOLERANCE, 1000, absolute);
        Found newton = follow(NewtonDescent.start(rules, new double[size]), valley);
        Found gradient = follow(GradientDescent.start(rules, new double[size], 1), valley);
        assertLeast(newton, rules, valley, 1e-6);
        assertLeast(gradient, rules, valley, 1e-4);
        for (int j = 0; j < size; j++) {
            assertThat(gradient.at()[j]).isCloseTo(newton.at()[j], within(1e-4));
        }
    }

    @Test
    void aLargeEdge_keepsAllAtZero() {
        Valley valley = Valley.random(4, 0, 1);
        Rules rules = new Rules(TOLERANCE, 100, new double[] {1e5, 1e5, 1e5, 1e5});
        assertThat(follow(NewtonDescent.start(rules, new double[4]), valley).at()).containsOnly(0.0);
        assertThat(follow(GradientDescent.start(rules, new double[4], 1), valley).at()).containsOnly(0.0);
    }

    @Test
    void theLimit_endsTheWay() {
        Valley valley = Valley.random(6, 0, 2);
        Rules rules = new Rules(1e-300, 2, new double[0]);
        Found found = follow(GradientDescent.start(rules, new double[6], 1), valley);
        assertThat(found.iterations()).isEqualTo(2);
        assertThat(found.isConverged()).isFalse();
    }

    @Test
    void whatIsNotFinite_endsTheWay() {
        Rules rules = new Rules(TOLERANCE, 100, new double[0]);
        Valley valley = new Valley(new double[][] {{Double.NaN}}, new double[1], 1);
        assertThat(follow(NewtonDescent.start(rules, new double[1]), valley).isConverged()).isFalse();
        assertThat(follow(GradientDescent.start(rules, new double[1], 1), valley).isConverged()).isFalse();
    }
}
