package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.ColumnMoments;
import io.lazuli.ml.internal.numeric.Descent;
import io.lazuli.ml.internal.numeric.Descent.Evaluation;
import io.lazuli.ml.internal.numeric.GradientDescent;
import io.lazuli.ml.internal.numeric.NewtonDescent;
import io.lazuli.ml.internal.numeric.Standardization;
import java.util.Arrays;

/// Looks over the data once, for the spread of features and the mean target; then goes down from there.
record PoissonFit(double alpha, boolean fitIntercept, double tol,
        int maxIter) implements Fit<PoissonFit.State, PoissonFit.Sum, PoissonModel> {
    /// A mean of 0 has no logarithm.
    private static final double LEAST_MEAN = 1e-10;

    sealed interface State {}

    record Looking(Shape shape) implements State {}

    /// @param weight of all rows
    /// @param curved whether second derivatives are looked at
    record Descending(Shape shape, Standardization columns, double weight, boolean curved,
            Descent descent) implements State {}

    sealed interface Sum {}

    /// @param variables features, then the target
    record Seen(ColumnMoments variables, double leastTarget) implements Sum {}

    record Lost(LossSum loss) implements Sum {}

    @Override
    public String name() {
        return "PoissonRegressor";
    }

    @Override
    public State start(Shape shape) {
        return new Looking(shape);
    }

    @Override
    public Sum pass(State state, Rows rows) {
        return switch (state) {
            case Looking(Shape shape) -> look(shape, rows);
            case Descending descending -> {
                PoissonLoss loss = new PoissonLoss(
                        descending.columns, layout(descending.columns), descending.curved, descending.descent.at());
                rows.forEachTile(loss::add);
                yield new Lost(loss.sum());
            }
        };
    }

    private Layout layout(Standardization columns) {
        return new Layout(columns.columnCount(), fitIntercept);
    }

    private static Seen look(Shape shape, Rows rows) {
        int count = shape.features().count() + 1;
        Seen[] seen = {new Seen(ColumnMoments.of(count), 0)};
        rows.forEachTile(tile -> {
            double[][] variables = RegressionSums.variables(tile, count - 1);
            double least = Arrays.stream(tile.target(), 0, tile.length()).min().orElse(0);
            ColumnMoments moments = ColumnMoments.of(variables, count, tile.weights(), tile.length());
            seen[0] = merge(seen[0], new Seen(moments, least));
        });
        return seen[0];
    }

    private static Seen merge(Seen left, Seen right) {
        return new Seen(
                ColumnMoments.merge(left.variables, right.variables),
                Math.min(left.leastTarget, right.leastTarget));
    }

    @Override
    public Sum merge(Sum left, Sum right) {
        return switch (left) {
            case Seen seen -> merge(seen, (Seen) right);
            case Lost(LossSum loss) -> new Lost(LossSum.merge(loss, ((Lost) right).loss));
        };
    }

    @Override
    public Step<State, PoissonModel> next(State state, Sum sum) {
        return switch (state) {
            case Looking(Shape shape) -> new Step.Again<>(begin(shape, (Seen) sum));
            case Descending now -> {
                Descent next = now.descent.next(evaluation(now, ((Lost) sum).loss));
                yield next instanceof Descent.Found found
                        ? new Step.Done<>(model(now, found))
                        : new Step.Again<>(
                                new Descending(now.shape, now.columns, now.weight, now.curved, next));
            }
        };
    }

    private State begin(Shape shape, Seen seen) {
        ColumnMoments moments = seen.variables;
        int features = shape.features().count();
        if (moments.weight() == 0) {
            throw MlErrors.noRows();
        }
        if (!Double.isFinite(moments.squares()[features])) {
            throw MlErrors.notFinite("the target");
        }
        if (seen.leastTarget < 0) {
            throw MlErrors.negative(name(), "the target");
        }
        for (int j = 0; j < features; j++) {
            MlErrors.checkFeature(shape.features(), j, moments.squares()[j]);
        }
        double mean = Math.max(LEAST_MEAN, moments.means()[features]);
        double penalty = alpha / mean;
        ColumnMoments columns = new ColumnMoments(
                moments.count(), moments.weight(), Arrays.copyOf(moments.means(), features),
                Arrays.copyOf(moments.squares(), features));
        Standardization standardization = fitIntercept
                ? Standardization.of(columns, penalty)
                : Standardization.aboutZero(columns, penalty);
        Layout layout = layout(standardization);
        double[] at = new double[layout.parameterCount()];
        if (fitIntercept) {
            at[features] = Math.log(mean);
        }
        Descent.Rules rules = new Descent.Rules(tol, maxIter, new double[0]);
        boolean curved = NewtonDescent.isCheaper(1, at.length, moments.count());
        return new Descending(
                shape, standardization, moments.weight(), curved,
                curved ? NewtonDescent.start(rules, at) : GradientDescent.start(rules, at, mean));
    }

    /// The mean loss with the penalty.
    private Evaluation evaluation(Descending now, LossSum loss) {
        double[] at = now.descent.at();
        double value = loss.value() / now.weight;
        double[] gradient = new double[at.length];
        double[][] curvature = new double[now.curved ? at.length : 0][at.length];
        for (int i = 0; i < at.length; i++) {
            gradient[i] = loss.gradient()[i] / now.weight;
            for (int j = 0; j <= i && now.curved; j++) {
                curvature[i][j] = loss.curvature()[0][i][j] / now.weight;
                curvature[j][i] = curvature[i][j];
            }
        }
        for (int j = 0; j < now.columns.columnCount(); j++) {
            double factor = now.columns.factors()[j];
            double square = factor == 0 ? 1 : alpha * factor * factor;
            value += square * at[j] * at[j] / 2;
            gradient[j] += square * at[j];
            if (now.curved) {
                curvature[j][j] += square;
            }
        }
        return new Evaluation(value, gradient, curvature);
    }

    private PoissonModel model(Descending now, Descent.Found found) {
        double[] coefficients = now.columns.coefficients(found.at(), 0);
        double intercept =
                now.columns.intercept(layout(now.columns).intercept(found.at(), 0), coefficients);
        return new PoissonModel(
                now.shape.features(), coefficients, intercept, Convergence.of(name(), found, tol));
    }
}
