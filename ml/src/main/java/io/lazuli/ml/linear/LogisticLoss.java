package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.numeric.Exponentials;
import io.lazuli.ml.internal.numeric.Products;
import io.lazuli.ml.internal.numeric.Softmax;
import java.util.Arrays;

/// Sums up the logarithmic loss of tiles, with its derivatives.
///
/// Used by one thread at a time.
final class LogisticLoss {
    private final LogisticProblem problem;
    private final double[] at;
    private final LossSum.Builder sum;
    /// By class: its place among those present; 0 for others, whose rows weigh nothing.
    private final int[] places;
    private final Exponentials exponentials = new Exponentials();
    private final Softmax softmax = new Softmax();
    private final Products products = new Products();

    /// By score, then row: first scores, then probabilities.
    private final double[][] scores;
    /// By score, then row: the slope of a row's loss by its score.
    private final double[][] slopes;
    private double[] losses = {};
    private double[] bends = {};

    LogisticLoss(LogisticProblem problem, double[] at) {
        this.problem = problem;
        this.at = at;
        this.sum = problem.sums();
        this.places = new int[problem.classCount()];
        for (int k = 0; k < problem.present().length; k++) {
            places[problem.present()[k]] = k;
        }
        this.scores = new double[problem.scoreCount()][0];
        this.slopes = new double[problem.scoreCount()][0];
    }

    LossSum sum() {
        return sum.finish();
    }

    /// Standardises its features.
    void add(Tile tile) {
        int length = tile.length();
        problem.columns().apply(tile.features(), length);
        makeRoom(length);
        for (int k = 0; k < scores.length; k++) {
            problem.layout().score(tile, at, k, scores[k]);
        }
        if (scores.length == 1) {
            addOdds(tile);
        } else {
            addShares(tile);
        }
        for (int k = 0; k < slopes.length; k++) {
            sum.addSlopes(tile, k, slopes[k]);
        }
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
        sum.addValue(products.dot(slopes[0], tile.weights(), length));
        Exponentials.log1p(losses, length);
        sum.addValue(products.dot(losses, tile.weights(), length));
        slope(odds, targets, tile.weights(), length, slopes[0], bends);
        if (problem.curved()) {
            sum.addCurvature(tile, 0, bends);
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
        sum.addValue(products.dot(losses, tile.weights(), length));
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
                sum.addCurvature(tile, block, bends);
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
}
