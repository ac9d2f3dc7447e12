package io.lazuli.ml.internal.numeric;

import io.lazuli.ml.internal.ejml.SymmetricSolver;

/// Steps to the least value of the quadratic function that is like the smooth part here, shorter ones where that leads too far. Few steps,
/// each of which needs second derivatives; the last one is taken without looking, as it is known already and doubles the digits.
///
/// @param from       where the step starts; where there is none yet, its value is infinite
/// @param step       the whole step
/// @param decrease   what the quadratic function expects of the whole step; below 0
/// @param share      of the step that is looked at
/// @param iterations steps so far
public record NewtonDescent(Rules rules, double[] from, double value, double[] step, double decrease, double share,
        int iterations) implements Descent {
    private static final double LEAST_SHARE = 1e-10;
    /// Nanoseconds that things took, roughly; only their proportion matters.
    private static final double PRODUCT = 0.2;
    private static final double EXPONENTIAL = 4;
    private static final int PASSES = 8;
    private static final int GRADIENT_PASSES = 60;
    /// A pass has a price beside its work, where rows are in many partitions or on disk.
    private static final double PRICE_OF_PASSES = 2;
    /// Variables whose second derivatives are no burden as a value.
    private static final int MOST_VARIABLES = 1000;

    /// Whether second derivatives are worth their work, compared with [GradientDescent].
    ///
    /// @param scoreCount     linear scores whose exponentials are taken of each row
    /// @param parameterCount of each score
    public static boolean isCheaper(int scoreCount, int parameterCount, long rowCount) {
        double variables = (double) scoreCount * parameterCount;
        int free = Math.max(1, scoreCount - 1);
        double gradient = 2 * PRODUCT * variables + EXPONENTIAL * scoreCount;
        double products = PRODUCT * (free * (free + 1.0) / 2) * parameterCount * (parameterCount + 1.0) / 2;
        double newton = PASSES * (rowCount * (gradient + products) + PRODUCT * variables * variables * variables);
        return variables <= MOST_VARIABLES && newton <= PRICE_OF_PASSES * GRADIENT_PASSES * rowCount * gradient;
    }

    public static NewtonDescent start(Rules rules, double[] at) {
        return new NewtonDescent(rules, at, Double.POSITIVE_INFINITY, new double[at.length], 0, 1, 0);
    }

    @Override
    public double[] at() {
        return Descent.walk(from, share, step);
    }

    @Override
    public Descent next(Evaluation here) {
        double[] at = at();
        double found = here.value() + rules.cost(at);
        double bound = value + SUFFICIENT * share * decrease + ROUNDING * Math.abs(value);
        return found <= bound ? onward(at, found, here) : back();
    }

    private Descent onward(double[] at, double found, Evaluation here) {
        double slope = Descent.largest(rules.gradient(at, here.gradient()));
        double[] next = rules.isSmooth() ? newton(here) : quadratic(at, here);
        double expected = Descent.dot(here.gradient(), next) + rules.cost(Descent.walk(at, 1, next)) - rules.cost(at);
        boolean isEqual = -expected <= ROUNDING * Math.abs(found);
        if (slope <= rules.tolerance() || isEqual || iterations >= rules.iterationLimit()) {
            return new Found(
                    Descent.walk(at, 1, next), iterations, slope, slope <= rules.tolerance() || isEqual);
        }
        return new NewtonDescent(rules, at, found, next, expected, 1, iterations + 1);
    }

    private static double[] newton(Evaluation here) {
        double[] downhill = Descent.walk(new double[here.gradient().length], -1, here.gradient());
        return SymmetricSolver.solveDamped(here.curvature(), downhill);
    }

    /// The step to the least value of the quadratic function and the absolute values.
    private double[] quadratic(double[] at, Evaluation here) {
        double[] linear = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            linear[i] = Descent.dot(here.curvature()[i], at) - here.gradient()[i];
        }
        CoordinateDescent quadratic = new CoordinateDescent(here.curvature(), linear, rules.absolute(), at.clone());
        quadratic.descend();
        return Descent.walk(quadratic.coefficients(), -1, at);
    }

    private Descent back() {
        if (share < LEAST_SHARE) {
            return new Found(from, iterations, Double.NaN, false);
        }
        return new NewtonDescent(rules, from, value, step, decrease, share / 2, iterations);
    }
}
