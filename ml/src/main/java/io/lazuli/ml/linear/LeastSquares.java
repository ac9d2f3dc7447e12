package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.ejml.OrthogonalTriangle;
import io.lazuli.ml.internal.ejml.SymmetricSolver;
import io.lazuli.ml.internal.numeric.Comoments;
import io.lazuli.ml.internal.numeric.Products;
import java.util.Optional;

/// Solves for coefficients by products of features, or if these have too few digits, by a triangle of the rows.
record LeastSquares(boolean fitIntercept) implements Fit<LeastSquares.State, LeastSquares.Sum, LinearModel> {
    /// Of a feature's square, what the others leave over at least: products then give coefficients about nine digits.
    private static final double LEAST_REST = 1e-6;

    sealed interface State {}

    record Multiplying(Shape shape) implements State {}

    record Rotating(Shape shape, RegressionSums.Result products) implements State {}

    sealed interface Sum {}

    record Multiplied(Comoments products) implements Sum {}

    record Rotated(double[][] triangle) implements Sum {}

    @Override
    public String name() {
        return "LinearRegression";
    }

    @Override
    public State start(Shape shape) {
        return new Multiplying(shape);
    }

    @Override
    public Sum pass(State state, Rows rows) {
        return switch (state) {
            case Multiplying(Shape shape) -> new Multiplied(RegressionSums.sums(shape.features().count(), rows));
            case Rotating(Shape _, RegressionSums.Result products) -> {
                double[][][] triangle = {OrthogonalTriangle.of(products.sums().variableCount())};
                rows.forEachTile(
                        tile -> triangle[0] = OrthogonalTriangle.add(
                                triangle[0], variables(tile, products.sums().means()), tile.length()));
                yield new Rotated(triangle[0]);
            }
        };
    }

    /// Features and the target about their means, if there is an intercept; times the roots of weights.
    private double[][] variables(Tile tile, double[] means) {
        double[][] variables = RegressionSums.variables(tile, means.length - 1);
        for (int j = 0; j < variables.length; j++) {
            if (fitIntercept) {
                Products.subtract(variables[j], means[j], tile.length());
            }
            for (int row = 0; row < tile.length(); row++) {
                variables[j][row] *= Math.sqrt(tile.weights()[row]);
            }
        }
        return variables;
    }

    @Override
    public Sum merge(Sum left, Sum right) {
        return switch (left) {
            case Multiplied(Comoments products) ->
                new Multiplied(Comoments.merge(products, ((Multiplied) right).products));
            case Rotated(double[][] triangle) ->
                new Rotated(OrthogonalTriangle.merge(triangle, ((Rotated) right).triangle));
        };
    }

    @Override
    public Step<State, LinearModel> next(State state, Sum sum) {
        return switch (state) {
            case Multiplying(Shape shape) -> {
                RegressionSums.Result products = RegressionSums.checked(shape, ((Multiplied) sum).products);
                Optional<double[]> coefficients = SymmetricSolver.solve(
                        products.squares(fitIntercept), products.targets(fitIntercept), LEAST_REST);
                yield coefficients.isPresent()
                        ? new Step.Done<>(model(products, coefficients.get()))
                        : new Step.Again<>(new Rotating(shape, products));
            }
            case Rotating(Shape _, RegressionSums.Result products) ->
                new Step.Done<>(model(products, OrthogonalTriangle.nearest(((Rotated) sum).triangle)));
        };
    }

    private LinearModel model(RegressionSums.Result products, double[] coefficients) {
        return products.model(coefficients, fitIntercept, Convergence.EXACT);
    }
}
