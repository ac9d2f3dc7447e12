package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.numeric.ColumnProducts;
import io.lazuli.ml.internal.numeric.Exponentials;
import io.lazuli.ml.internal.numeric.Products;
import io.lazuli.ml.internal.numeric.Softmax;
import java.util.Arrays;

/// Sums up the logarithmic loss of tiles, with its derivatives.
///
/// Used by one thread at a time.
final class LogisticLoss {
    /// @param gradient  by parameter
    /// @param curvature second derivatives by pair of classes (0,0), (1,0), (1,1), (2,0), ..., but for the last class, as lower triangles;
    ///                  empty if they are not looked at
    record Sum(double value, double[] gradient, double[][][] curvature) {
        static Sum merge(Sum left, Sum right) {
            double[] gradient = left.gradient.clone();
            add(right.gradient, gradient);
            double[][][] curvature = new double[left.curvature.length][left.gradient.length][];
            for (int block = 0; block < curvature.length; block++) {
                curvature[block] = Arrays.stream(left.curvature[block]).map(double[]::clone).toArray(double[][]::new);
                for (int i = 0; i < curvature[block].length; i++) {
                    add(right.curvature[block][i], curvature[block][i]);
                }
            }
            return new Sum(left.value + right.value, gradient, curvature);
        }

        private static void add(double[] values, double[] to) {
            for (int i = 0; i < to.length; i++) {
                to[i] += values[i];
            }
        }
    }

    private final LogisticProblem problem;
    private final double[] at;
    private final int features;
    private final int parameters;
    /// By class: its place among those present; 0 for others, whose rows weigh nothing.
    private final int[] places;
    private final Exponentials exponentials = new Exponentials();
    private final Softmax softmax = new Softmax();
    private final Products products = new Products();

    private double value;
    private final double[] gradient;
    private final double[][][] curvature;

    /// By score, then row: first scores, then probabilities.
    private final double[][] scores;
    /// By score, then row: the slope of a row's loss by its score.
    private final double[][] slopes;
    private final double[][] weighted;
    private double[] losses = {};
    private double[] bends = {};

    LogisticLoss(LogisticProblem problem, double[] at) {
        this.problem = problem;
        this.at = at;
        this.features = problem.featureCount();
        this.parameters = problem.parameterCount();
        this.places = new int[problem.classCount()];
        for (int k = 0; k < problem.present().length; k++) {
            places[problem.present()[k]] = k;
        }
        this.gradient = new double[at.length];
        int free = Math.max(1, problem.scoreCount() - 1);
        this.curvature = new double[problem.curved() ? free * (free + 1) / 2 : 0][parameters][];
        for (double[][] block : curvature) {
            Arrays.setAll(block, i -> new double[i + 1]);
        }
        this.scores = new double[problem.scoreCount()][0];
        this.slopes = new double[problem.scoreCount()][0];
        this.weighted = new double[features][0];
    }

    Sum sum() {
        return new Sum(value, gradient, curvature);
    }

    /// Standardises its features.
    void add(Tile tile) {
        int length = tile.length();
        problem.columns().apply(tile.features(), length);
        makeRoom(length);
        for (int k = 0; k < scores.length; k++) {
            double intercept = problem.fitIntercept() ? at[k * parameters + features] : 0;
            Arrays.fill(scores[k], 0, length, intercept);
            ColumnProducts.combine(tile.features(), features, at, k * parameters, length, scores[k]);
        }
        if (scores.length == 1) {
            addOdds(tile);
        } else {
            addShares(tile);
        }
        addSlopes(tile);
    }

    private void makeRoom(int length) {
        if (losses.length < length) {
            losses = new double[length];
            bends = new double[length];
            Arrays.setAll(scores, _ -> new double[length]);
            Arrays.setAll(slopes, _ -> new double[length]);
        }
    }

    private void addOdds(Tile tile) {
        int length = tile.length();
        double[] odds = bends;
        for (int row = 0; row < length; row++) {
            odds[row] = -scores[0][row];
        }
        exponentials.exp(odds, length);
        double[] targets = targets(tile);
        startLosses(scores[0], targets, odds, length);
        value += products.dot(slopes[0], tile.weights(), length);
        Exponentials.log1p(losses, length);
        value += products.dot(losses, tile.weights(), length);
        slope(odds, targets, tile.weights(), length, slopes[0], bends);
        if (problem.curved()) {
            addCurvature(tile, bends, curvature[0]);
        }
    }

    /// The loss of a row is `log1p(exp(-|score|)) + max(score, 0) - target * score`: writes what the logarithm is of to `losses`, and the
    /// rest to the slopes, whose turn is later.
    private void startLosses(double[] score, double[] targets, double[] odds, int length) {
        double[] rest = slopes[0];
        for (int row = 0; row < length; row++) {
            losses[row] = Math.min(odds[row], 1 / odds[row]);
            rest[row] = Math.max(score[row], 0) - targets[row] * score[row];
        }
    }

    private static void slope(
            double[] odds, double[] targets, double[] weights, int length, double[] slopes, double[] bends) {
        for (int row = 0; row < length; row++) {
            double probability = 1 / (1 + odds[row]);
            double bend = odds[row] * probability * probability;
            slopes[row] = weights[row] * (probability - targets[row]);
            bends[row] = weights[row] * bend;
        }
    }

    /// The place of each row's class among those present. Overwrites classes that are known by another number.
    private double[] targets(Tile tile) {
        double[] target = tile.target();
        if (places.length > problem.present().length) {
            for (int row = 0; row < tile.length(); row++) {
                target[row] = places[(int) target[row]];
            }
        }
        return target;
    }

    private void addShares(Tile tile) {
        int length = tile.length();
        double[] targets = targets(tile);
        softmax.subtractGreatest(scores, length);
        for (int row = 0; row < length; row++) {
            losses[row] = -scores[(int) targets[row]][row];
        }
        double[] sums = softmax.normalize(scores, length);
        for (int row = 0; row < length; row++) {
            losses[row] += Math.log(sums[row]);
        }
        value += products.dot(losses, tile.weights(), length);
        Products.multiply(scores, scores.length, tile.weights(), length, slopes);
        for (int row = 0; row < length; row++) {
            slopes[(int) targets[row]][row] -= tile.weights()[row];
        }
        if (problem.curved()) {
            addCurvatures(tile);
        }
    }

    private void addCurvatures(Tile tile) {
        int block = 0;
        for (int a = 0; a < scores.length - 1; a++) {
            for (int b = 0; b <= a; b++) {
                bend(scores[a], scores[b], a == b ? 1 : 0, tile.weights(), tile.length(), bends);
                addCurvature(tile, bends, curvature[block]);
                block++;
            }
        }
    }

    private static void bend(
            double[] left, double[] right, double same, double[] weights, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            into[row] = weights[row] * left[row] * (same - right[row]);
        }
    }

    private void addCurvature(Tile tile, double[] bends, double[][] into) {
        int length = tile.length();
        Products.multiply(tile.features(), features, bends, length, weighted);
        ColumnProducts.addTriangle(weighted, tile.features(), features, length, into);
        if (problem.fitIntercept()) {
            ColumnProducts.add(tile.features(), features, bends, length, into[features], 0);
            into[features][features] += Products.sum(bends, length);
        }
    }

    private void addSlopes(Tile tile) {
        for (int k = 0; k < slopes.length; k++) {
            int start = k * parameters;
            ColumnProducts.add(tile.features(), features, slopes[k], tile.length(), gradient, start);
            if (problem.fitIntercept()) {
                gradient[start + features] += Products.sum(slopes[k], tile.length());
            }
        }
    }
}
