package io.lazuli.ml.bayes;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.MlErrors;
import java.util.Arrays;

/// Sums of features by class. One pass.
record ClassTotals() implements Fit<Shape, ClassTotals.Sums, ClassTotals.Result> {
    /// @param weights by class
    /// @param totals  by class, then feature
    /// @param least   by feature: its least value, or 0
    record Sums(double[] weights, double[][] totals, double[] least) {
        static Sums of(Shape shape) {
            int classes = shape.classes().count();
            int features = shape.features().count();
            return new Sums(new double[classes], new double[classes][features], new double[features]);
        }

        void add(Tile rows) {
            for (int row = 0; row < rows.length(); row++) {
                weights[(int) rows.target()[row]] += rows.weights()[row];
            }
            double[] sums = new double[weights.length];
            for (int j = 0; j < least.length; j++) {
                Arrays.fill(sums, 0);
                least[j] = Math.min(least[j], add(rows, rows.feature(j), sums));
                for (int c = 0; c < sums.length; c++) {
                    totals[c][j] += sums[c];
                }
            }
        }

        private static double add(Tile rows, double[] column, double[] sums) {
            double least = 0;
            for (int row = 0; row < rows.length(); row++) {
                sums[(int) rows.target()[row]] += rows.weights()[row] * column[row];
                least = Math.min(least, column[row]);
            }
            return least;
        }
    }

    record Result(Features features, Classes classes, Sums sums) {}

    @Override
    public String name() {
        return "totals of classes";
    }

    @Override
    public boolean isOnePass() {
        return true;
    }

    @Override
    public Shape start(Shape shape) {
        return shape;
    }

    @Override
    public Sums pass(Shape shape, Rows rows) {
        Sums sums = Sums.of(shape);
        rows.forEachTile(sums::add);
        return sums;
    }

    @Override
    public Sums merge(Sums left, Sums right) {
        double[] weights = new double[left.weights.length];
        double[][] totals = new double[weights.length][left.least.length];
        double[] least = new double[left.least.length];
        Arrays.setAll(least, j -> Math.min(left.least[j], right.least[j]));
        for (int c = 0; c < weights.length; c++) {
            weights[c] = left.weights[c] + right.weights[c];
            for (int j = 0; j < least.length; j++) {
                totals[c][j] = left.totals[c][j] + right.totals[c][j];
            }
        }
        return new Sums(weights, totals, least);
    }

    @Override
    public Step<Shape, Result> next(Shape shape, Sums sum) {
        if (Arrays.stream(sum.weights).allMatch(weight -> weight == 0)) {
            throw MlErrors.noRows();
        }
        if (shape.classes().count() == 1) {
            throw MlErrors.oneClass("MultinomialNB", shape.classes().name(0));
        }
        for (int j = 0; j < sum.least.length; j++) {
            for (double[] ofClass : sum.totals) {
                MlErrors.checkFeature(shape.features(), j, ofClass[j]);
            }
            if (sum.least[j] < 0) {
                throw MlErrors.negative("MultinomialNB", "feature '%s'".formatted(shape.features().get(j).name()));
            }
        }
        return new Step.Done<>(new Result(shape.features(), shape.classes(), sum));
    }
}
