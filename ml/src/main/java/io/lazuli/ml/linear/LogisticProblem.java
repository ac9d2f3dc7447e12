package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.numeric.Descent;
import io.lazuli.ml.internal.numeric.GradientDescent;
import io.lazuli.ml.internal.numeric.NewtonDescent;
import io.lazuli.ml.internal.numeric.Standardization;
import java.util.Arrays;

/// What is looked for: the parameters of each score one after the other, which are the coefficients of standardised features and, behind
/// them, the intercept.
///
/// @param columns   how features are standardised
/// @param classCount all classes
/// @param present   those that have rows, ascending: at least two. Of two there is one score, that of the second over the first.
/// @param absolute  what the absolute value of each parameter of a score costs
/// @param squared   what half the square of each parameter of a score costs
/// @param curved    whether second derivatives are looked at
record LogisticProblem(Standardization columns, boolean fitIntercept, int classCount, int[] present, double[] absolute,
        double[] squared, boolean curved) {
    /// @param absolute what the absolute value of a coefficient costs
    /// @param squared  what half the square of a coefficient costs
    static LogisticProblem of(
            Standardization columns, boolean fitIntercept, int classCount, int[] present, long rowCount,
            double absolute, double squared) {
        int parameters = columns.columnCount() + (fitIntercept ? 1 : 0);
        double[] absolutes = new double[parameters];
        double[] squares = new double[parameters];
        for (int j = 0; j < columns.columnCount(); j++) {
            double factor = columns.factors()[j];
            absolutes[j] = absolute * factor;
            squares[j] = factor == 0 ? 1 : squared * factor * factor;
        }
        return new LogisticProblem(
                columns, fitIntercept, classCount, present, absolutes, squares,
                NewtonDescent.isCheaper(present.length == 2 ? 1 : present.length, parameters, rowCount));
    }

    int scoreCount() {
        return present.length == 2 ? 1 : present.length;
    }

    /// Parameters of a score.
    int parameterCount() {
        return squared.length;
    }

    int featureCount() {
        return columns.columnCount();
    }

    Layout layout() {
        return new Layout(featureCount(), fitIntercept);
    }

    LossSum.Builder sums() {
        int free = Math.max(1, scoreCount() - 1);
        return new LossSum.Builder(layout(), scoreCount(), curved ? free * (free + 1) / 2 : 0);
    }

    /// From where all rows have the same probabilities.
    Descent descent(double[] classWeights, double tol, int maxIter) {
        double[] at = new double[scoreCount() * parameterCount()];
        if (fitIntercept) {
            setIntercepts(at, classWeights);
        }
        double[] costs = new double[at.length];
        Arrays.setAll(costs, i -> absolute[i % parameterCount()]);
        boolean isSmooth = Arrays.stream(costs).allMatch(cost -> cost == 0);
        Descent.Rules rules = new Descent.Rules(tol, maxIter, isSmooth ? new double[0] : costs);
        return curved
                ? NewtonDescent.start(rules, at)
                : GradientDescent.start(rules, at, Arrays.stream(classWeights).sum() / 4);
    }

    private void setIntercepts(double[] at, double[] classWeights) {
        double[] logarithms = Arrays.stream(present).mapToDouble(c -> Math.log(classWeights[c])).toArray();
        double mean = Arrays.stream(logarithms).average().orElseThrow();
        for (int k = 0; k < scoreCount(); k++) {
            at[k * parameterCount() + featureCount()] =
                    scoreCount() == 1 ? logarithms[1] - logarithms[0] : logarithms[k] - mean;
        }
    }

    /// The loss with the penalty of squares.
    Descent.Evaluation evaluation(double[] at, LossSum loss) {
        double value = loss.value();
        double[] gradient = loss.gradient().clone();
        for (int i = 0; i < at.length; i++) {
            double square = squared[i % squared.length];
            value += square * at[i] * at[i] / 2;
            gradient[i] += square * at[i];
        }
        return new Descent.Evaluation(value, gradient, curved ? curvature(loss.curvature()) : new double[0][]);
    }

    /// Second derivatives by all parameters. Those of the last of several classes follow from the others, as probabilities add up to 1. For
    /// the same reason nothing changes where all classes get as much more of what costs nothing: such a direction gets a curvature, so that
    /// steps have none of it.
    private double[][] curvature(double[][][] blocks) {
        int scores = scoreCount();
        double[][] all = new double[scores * parameterCount()][scores * parameterCount()];
        int block = 0;
        for (int a = 0; a < Math.max(1, scores - 1); a++) {
            for (int b = 0; b <= a; b++) {
                add(all, a, b, blocks[block]);
                if (a != b) {
                    add(all, b, a, blocks[block]);
                }
                block++;
            }
        }
        for (int i = 0; i < all.length; i++) {
            all[i][i] += squared[i % parameterCount()];
        }
        for (int j = 0; j < parameterCount() && scores > 1; j++) {
            if (squared[j] == 0 && absolute[j] == 0) {
                bend(all, j);
            }
        }
        return all;
    }

    private void add(double[][] all, int a, int b, double[][] block) {
        put(all, a, b, 1, block);
        if (scoreCount() > 1) {
            int last = scoreCount() - 1;
            put(all, a, last, -1, block);
            put(all, last, b, -1, block);
            put(all, last, last, 1, block);
        }
    }

    private void put(double[][] all, int a, int b, double sign, double[][] block) {
        int parameters = parameterCount();
        for (int i = 0; i < parameters; i++) {
            for (int j = 0; j < i; j++) {
                all[a * parameters + i][b * parameters + j] += sign * block[i][j];
                all[a * parameters + j][b * parameters + i] += sign * block[i][j];
            }
            all[a * parameters + i][b * parameters + i] += sign * block[i][i];
        }
    }

    private void bend(double[][] all, int j) {
        int parameters = parameterCount();
        double mean = 0;
        for (int i = j; i < all.length; i += parameters) {
            mean += all[i][i] / scoreCount();
        }
        for (int i = j; i < all.length; i += parameters) {
            for (int k = j; k < all.length; k += parameters) {
                all[i][k] += mean;
            }
        }
    }

    LogisticModel model(Shape shape, Descent.Found found, Convergence convergence) {
        int scores = classCount == 2 ? 1 : classCount;
        double[][] coefficients = new double[scores][featureCount()];
        double[] intercepts = new double[scores];
        if (scores > 1) {
            Arrays.fill(intercepts, Double.NEGATIVE_INFINITY);
            Arrays.stream(present).forEach(c -> intercepts[c] = 0);
        }
        for (int k = 0; k < scoreCount(); k++) {
            int start = k * parameterCount();
            int row = scores == 1 ? 0 : present[present.length - scoreCount() + k];
            coefficients[row] = columns.coefficients(found.at(), start);
            double intercept = fitIntercept ? found.at()[start + featureCount()] : 0;
            intercepts[row] = columns.intercept(intercept, coefficients[row]);
        }
        if (scoreCount() > 1) {
            double mean = Arrays.stream(present).mapToDouble(c -> intercepts[c]).average().orElseThrow();
            Arrays.setAll(intercepts, c -> intercepts[c] - mean);
        }
        return new LogisticModel(shape.features(), shape.classes(), coefficients, intercepts, convergence);
    }
}
