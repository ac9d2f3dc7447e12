package io.lazuli.ml.discriminant;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.internal.ejml.Spectrum;
import io.lazuli.ml.internal.numeric.ClassScatter;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Finds directions in which features have variance 1 within classes, and among them those in which means of classes differ.
record Discriminate(int componentLimit,
        double tol) implements Function1<ClassScatterFit.Result, LinearDiscriminantModel> {
    @Override
    public LinearDiscriminantModel apply(ClassScatterFit.Result result) {
        ClassScatter scatter = result.scatter();
        int[] present = result.present();
        double weight = Arrays.stream(present).mapToDouble(c -> scatter.weights()[c]).sum();
        double[] center = center(scatter, present, weight);
        double[][] whitening = whitening(scatter, weight, present.length);
        double[][] distances = new double[present.length][];
        for (int k = 0; k < present.length; k++) {
            distances[k] = project(whitening, scatter.means()[present[k]], center);
        }
        Spectrum between = between(distances, scatter, present);
        double[][] directions = directions(between, whitening);
        double[] ratios = ratios(between);
        int components = Math.min(
                Math.min(componentLimit, directions.length), Math.min(present.length - 1, center.length));
        int scores = scatter.weights().length;
        double[][] coefficients = new double[scores][center.length];
        double[] intercepts = new double[scores];
        Arrays.fill(intercepts, Double.NEGATIVE_INFINITY);
        for (int c : present) {
            double[] projected = project(directions, scatter.means()[c], center);
            double intercept = Math.log(scatter.weights()[c] / weight);
            for (int k = 0; k < directions.length; k++) {
                intercept -= projected[k] * projected[k] / 2;
                for (int j = 0; j < center.length; j++) {
                    coefficients[c][j] += projected[k] * directions[k][j];
                }
            }
            for (int j = 0; j < center.length; j++) {
                intercept -= coefficients[c][j] * center[j];
            }
            intercepts[c] = intercept;
        }
        return new LinearDiscriminantModel(
                result.features(), result.classes(), scores == 2 ? difference(coefficients) : coefficients,
                scores == 2 ? new double[] {intercepts[1] - intercepts[0]} : intercepts, center,
                Arrays.copyOf(directions, components), Arrays.copyOf(ratios, components),
                output(components));
    }

    private static double[][] difference(double[][] coefficients) {
        double[] difference = new double[coefficients[0].length];
        Arrays.setAll(difference, j -> coefficients[1][j] - coefficients[0][j]);
        return new double[][] {difference};
    }

    private static Features output(int components) {
        return Features.numbers(IntStream.range(0, components).mapToObj(k -> "discriminant" + k).toList());
    }

    private static double[] center(ClassScatter scatter, int[] present, double weight) {
        double[] center = new double[scatter.within().length];
        for (int c : present) {
            for (int j = 0; j < center.length; j++) {
                center[j] += scatter.weights()[c] / weight * scatter.means()[c][j];
            }
        }
        return center;
    }

    /// Directions by which features have variance 1 within classes, and do not depend on each other.
    private double[][] whitening(ClassScatter scatter, double weight, int classes) {
        int features = scatter.within().length;
        double[] units = new double[features];
        Arrays.setAll(units, j -> {
            double spread = Math.sqrt(scatter.within()[j][j] / weight);
            return spread == 0 ? 1 : 1 / spread;
        });
        double[][] products = new double[features][features];
        for (int i = 0; i < features; i++) {
            for (int j = 0; j <= i; j++) {
                products[i][j] = scatter.within()[i][j] * units[i] * units[j] / (weight - classes);
                products[j][i] = products[i][j];
            }
        }
        Spectrum within = Spectrum.of(products);
        return IntStream.range(0, within.values().length)
                .filter(k -> within.values()[k] > tol * tol)
                .mapToObj(k -> {
                    double[] direction = new double[features];
                    Arrays.setAll(direction, j -> within.vectors()[k][j] * units[j] / Math.sqrt(within.values()[k]));
                    return direction;
                })
                .toArray(double[][]::new);
    }

    private static double[] project(double[][] directions, double[] point, double[] center) {
        double[] projected = new double[directions.length];
        for (int k = 0; k < projected.length; k++) {
            for (int j = 0; j < point.length; j++) {
                projected[k] += directions[k][j] * (point[j] - center[j]);
            }
        }
        return projected;
    }

    /// Of products of means by whitened directions.
    private static Spectrum between(double[][] distances, ClassScatter scatter, int[] present) {
        int directions = distances[0].length;
        double[][] products = new double[directions][directions];
        for (int k = 0; k < present.length; k++) {
            for (int i = 0; i < directions; i++) {
                for (int j = 0; j < directions; j++) {
                    products[i][j] += scatter.weights()[present[k]] * distances[k][i] * distances[k][j];
                }
            }
        }
        return Spectrum.of(products);
    }

    private double[][] directions(Spectrum between, double[][] whitening) {
        return IntStream.range(0, between.values().length)
                .filter(k -> between.values()[k] > tol * tol * between.values()[0])
                .mapToObj(k -> combine(between.vectors()[k], whitening))
                .toArray(double[][]::new);
    }

    private static double[] combine(double[] factors, double[][] directions) {
        double[] sum = new double[directions[0].length];
        for (int i = 0; i < factors.length; i++) {
            for (int j = 0; j < sum.length; j++) {
                sum[j] += factors[i] * directions[i][j];
            }
        }
        return sum;
    }

    private static double[] ratios(Spectrum between) {
        double all = Arrays.stream(between.values()).map(value -> Math.max(0, value)).sum();
        return Arrays.stream(between.values()).map(value -> Math.max(0, value) / all).toArray();
    }
}
