package io.lazuli.ml.internal.numeric;

/// The way to the least value of a convex function, of which a part is smooth and the rest is a sum of weighted absolute values. It says
/// where to look at the smooth part next, and is told what is there; each look costs a pass over data. A value, which travels.
///
/// ```
///   start --> at() --> Evaluation --> next --> at() --> ... --> Found
/// ```
public sealed interface Descent permits NewtonDescent, GradientDescent, Descent.Found {
    /// Where to look at the function. Not to be written to.
    double[] at();

    /// Where the way goes on from here, knowing what is [#at] here.
    Descent next(Evaluation here);

    /// The smooth part of the function at a point.
    ///
    /// @param curvature second derivatives, symmetric; no rows if the way does without
    record Evaluation(double value, double[] gradient, double[][] curvature) {}

    /// @param tolerance      no component of the gradient is greater at the end
    /// @param iterationLimit steps after which the way ends anyhow
    /// @param absolute       what the absolute value of each variable costs; empty if nothing
    record Rules(double tolerance, int iterationLimit, double[] absolute) {
        boolean isSmooth() {
            return absolute.length == 0;
        }

        /// What the absolute values cost.
        double cost(double[] at) {
            double cost = 0;
            for (int j = 0; j < absolute.length; j++) {
                cost += absolute[j] * Math.abs(at[j]);
            }
            return cost;
        }

        /// The slope of steepest descent, negated: the gradient where there is one, else of the side that goes down most; 0 if neither does.
        double[] gradient(double[] at, double[] smooth) {
            double[] gradient = smooth.clone();
            for (int j = 0; j < absolute.length; j++) {
                gradient[j] = at[j] == 0
                        ? Math.signum(smooth[j]) * Math.max(0, Math.abs(smooth[j]) - absolute[j])
                        : smooth[j] + Math.signum(at[j]) * absolute[j];
            }
            return gradient;
        }
    }

    /// The end.
    ///
    /// @param greatestSlope   the greatest component of the gradient where it was looked at last
    /// @param isConverged whether this is the least value, as far as asked for or as doubles tell
    record Found(double[] at, int iterations, double greatestSlope, boolean isConverged) implements Descent {
        @Override
        public Descent next(Evaluation here) {
            throw new IllegalStateException("the way has ended");
        }
    }

    /// What differs less is equal up to rounding.
    double ROUNDING = 1e-15;
    /// The least share of the expected decrease that a step has to bring.
    double SUFFICIENT = 1e-4;

    static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int j = 0; j < left.length; j++) {
            sum += left[j] * right[j];
        }
        return sum;
    }

    /// `from + factor * direction`.
    static double[] walk(double[] from, double factor, double[] direction) {
        double[] to = new double[from.length];
        for (int j = 0; j < to.length; j++) {
            to[j] = from[j] + factor * direction[j];
        }
        return to;
    }
}
