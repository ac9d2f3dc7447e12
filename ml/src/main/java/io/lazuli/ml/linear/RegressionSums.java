package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.Comoments;
import java.util.Arrays;

/// Means and products of all features and the target, which comes last: all that a sum of squares with any penalty needs. One pass, which
/// penalties of any strength share.
record RegressionSums() implements Fit<Shape, Comoments, RegressionSums.Result> {
    record Result(Features features, Comoments sums) {
        /// Products of features and the target about their means, or about 0.
        double product(int i, int j, boolean isAboutMeans) {
            double product = sums.product(i, j);
            return isAboutMeans ? product : product + sums.weight() * sums.means()[i] * sums.means()[j];
        }

        /// Products of features with each other.
        double[][] squares(boolean isAboutMeans) {
            int count = features.count();
            double[][] squares = new double[count][count];
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    squares[i][j] = product(i, j, isAboutMeans);
                }
            }
            return squares;
        }

        /// Products of features with the target.
        double[] targets(boolean isAboutMeans) {
            double[] targets = new double[features.count()];
            Arrays.setAll(targets, i -> product(i, targets.length, isAboutMeans));
            return targets;
        }

        LinearModel model(double[] coefficients, boolean fitIntercept, Convergence convergence) {
            double intercept = fitIntercept ? sums.means()[coefficients.length] : 0;
            for (int j = 0; j < coefficients.length && fitIntercept; j++) {
                intercept -= coefficients[j] * sums.means()[j];
            }
            return new LinearModel(features, coefficients, intercept, convergence);
        }
    }

    @Override
    public String name() {
        return "products of features";
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
    public Comoments pass(Shape shape, Rows rows) {
        return sums(shape.features().count(), rows);
    }

    @Override
    public Comoments merge(Comoments left, Comoments right) {
        return Comoments.merge(left, right);
    }

    @Override
    public Step<Shape, Result> next(Shape shape, Comoments sum) {
        return new Step.Done<>(checked(shape, sum));
    }

    /// **Errors.** DATA if there are no rows, or values that are not finite.
    static Result checked(Shape shape, Comoments sum) {
        if (sum.weight() == 0) {
            throw MlErrors.noRows();
        }
        int target = shape.features().count();
        for (int j = 0; j < target; j++) {
            MlErrors.checkFeature(shape.features(), j, sum.product(j, j));
        }
        if (!Double.isFinite(sum.product(target, target))) {
            throw MlErrors.notFinite("the target");
        }
        return new Result(shape.features(), sum);
    }

    static Comoments sums(int featureCount, Rows rows) {
        Comoments.Builder builder = new Comoments.Builder(featureCount + 1);
        rows.forEachTile(tile -> builder.add(variables(tile, featureCount), tile.weights(), tile.length()));
        return builder.finish();
    }

    /// Features, and then the target.
    static double[][] variables(Tile tile, int featureCount) {
        double[][] variables = Arrays.copyOf(tile.features(), featureCount + 1);
        variables[featureCount] = tile.target();
        return variables;
    }
}
