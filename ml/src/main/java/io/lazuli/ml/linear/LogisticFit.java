package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.ColumnMoments;
import io.lazuli.ml.internal.numeric.Descent;
import io.lazuli.ml.internal.numeric.Standardization;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Looks over the data once, for the spread of features and the weight of classes; then goes down from there.
///
/// @param absolute what the absolute value of a coefficient costs
/// @param squared  what half the square of a coefficient costs
record LogisticFit(double absolute, double squared, boolean fitIntercept, double tol,
        int maxIter) implements Fit<LogisticFit.State, LogisticFit.Sum, LogisticModel> {
    sealed interface State {}

    record Looking(Shape shape) implements State {}

    record Descending(Shape shape, LogisticProblem problem, Descent descent) implements State {}

    sealed interface Sum {}

    record Seen(ColumnMoments features, double[] classWeights) implements Sum {}

    record Lost(LossSum loss) implements Sum {}

    @Override
    public String name() {
        return "LogisticRegression";
    }

    @Override
    public State start(Shape shape) {
        return new Looking(shape);
    }

    @Override
    public Sum pass(State state, Rows rows) {
        return switch (state) {
            case Looking(Shape shape) -> look(shape, rows);
            case Descending(Shape _, LogisticProblem problem, Descent descent) -> {
                LogisticLoss loss = new LogisticLoss(problem, descent.at());
                rows.forEachTile(loss::add);
                yield new Lost(loss.sum());
            }
        };
    }

    private static Seen look(Shape shape, Rows rows) {
        int count = shape.features().count();
        double[] weights = new double[shape.classes().count()];
        ColumnMoments[] moments = {ColumnMoments.of(count)};
        rows.forEachTile(tile -> {
            moments[0] = ColumnMoments.merge(
                    moments[0], ColumnMoments.of(tile.features(), count, tile.weights(), tile.length()));
            addWeights(tile, weights);
        });
        return new Seen(moments[0], weights);
    }

    private static void addWeights(Tile tile, double[] classWeights) {
        for (int row = 0; row < tile.length(); row++) {
            classWeights[(int) tile.target()[row]] += tile.weights()[row];
        }
    }

    @Override
    public Sum merge(Sum left, Sum right) {
        return switch (left) {
            case Seen(ColumnMoments features, double[] weights) -> {
                Seen other = (Seen) right;
                double[] both = new double[weights.length];
                Arrays.setAll(both, c -> weights[c] + other.classWeights[c]);
                yield new Seen(ColumnMoments.merge(features, other.features), both);
            }
            case Lost(LossSum loss) -> new Lost(LossSum.merge(loss, ((Lost) right).loss));
        };
    }

    @Override
    public Step<State, LogisticModel> next(State state, Sum sum) {
        return switch (state) {
            case Looking(Shape shape) -> new Step.Again<>(begin(shape, (Seen) sum));
            case Descending(Shape shape, LogisticProblem problem, Descent descent) -> {
                Descent next = descent.next(problem.evaluation(descent.at(), ((Lost) sum).loss));
                yield next instanceof Descent.Found found
                        ? new Step.Done<>(problem.model(shape, found, Convergence.of(name(), found, tol)))
                        : new Step.Again<>(new Descending(shape, problem, next));
            }
        };
    }

    private State begin(Shape shape, Seen seen) {
        ColumnMoments moments = seen.features;
        if (moments.weight() == 0) {
            throw MlErrors.noRows();
        }
        for (int j = 0; j < moments.means().length; j++) {
            MlErrors.checkFeature(shape.features(), j, moments.squares()[j]);
        }
        Classes classes = shape.classes();
        int[] present = IntStream.range(0, classes.count()).filter(c -> seen.classWeights[c] > 0).toArray();
        if (present.length < 2) {
            throw MlErrors.oneClass(name(), classes.name(present[0]));
        }
        double bend = (present.length - 1.0) / (present.length * present.length);
        double penalty = squared / (bend * moments.weight());
        Standardization columns = fitIntercept
                ? Standardization.of(moments, penalty)
                : Standardization.aboutZero(moments, penalty);
        LogisticProblem problem =
                LogisticProblem.of(columns, fitIntercept, classes.count(), present, moments.count(), absolute, squared);
        return new Descending(shape, problem, problem.descent(seen.classWeights, tol, maxIter));
    }
}
