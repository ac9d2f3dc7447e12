package io.lazuli.ml.internal.numeric;

import io.lazuli.ml.internal.ejml.SymmetricSolver;
import java.util.stream.IntStream;

/// The least value of `x' * quadratic * x / 2 - linear' * x` and weighted absolute values of `x`, one coordinate after the other. Now and
/// then all that are not 0 are moved together, as far as none changes its sign: one by one they hardly move where they depend on each other.
///
/// **Source.** Friedman, Hastie and Tibshirani, "Regularization paths for generalized linear models via coordinate descent" (2010).
public final class CoordinateDescent {
    private static final int SWEEPS = 10;
    private static final int MOST_SWEEPS = 1000;
    private static final double NEGLIGIBLE = 1e-13;

    private final double[][] quadratic;
    private final double[] absolute;
    private final double[] coefficients;
    /// `linear - quadratic * coefficients`.
    private final double[] rest;
    /// What the last sweep returned.
    private double change;

    /// @param quadratic symmetric, without negative eigenvalues
    /// @param start     where to start; is written to
    public CoordinateDescent(double[][] quadratic, double[] linear, double[] absolute, double[] start) {
        this.quadratic = quadratic;
        this.absolute = absolute;
        this.coefficients = start;
        this.rest = linear.clone();
        for (int j = 0; j < start.length; j++) {
            move(j, start[j]);
        }
    }

    /// Where it is. Changes with each sweep.
    public double[] coefficients() {
        return coefficients;
    }

    /// The slope of the quadratic function, negated. Changes with each sweep.
    public double[] rest() {
        return rest;
    }

    /// Until nothing changes but by rounding, or long enough.
    void descend() {
        int sweeps = 0;
        do {
            sweeps += round(MOST_SWEEPS - sweeps);
        } while (!isSettled() && sweeps < MOST_SWEEPS);
    }

    /// Whether the last sweep changed nothing but by rounding.
    public boolean isSettled() {
        return change <= NEGLIGIBLE;
    }

    /// A few sweeps, and a move of all together if there is reason for one. Returns how many.
    public int round(int mostSweeps) {
        for (int sweep = 1; sweep <= Math.min(SWEEPS, mostSweeps); sweep++) {
            change = sweep();
            if (isSettled()) {
                return sweep;
            }
        }
        moveTogether();
        return Math.min(SWEEPS, mostSweeps);
    }

    private void moveTogether() {
        int[] moving = IntStream.range(0, coefficients.length).filter(j -> coefficients[j] != 0).toArray();
        double[][] left = new double[moving.length][moving.length];
        double[] right = new double[moving.length];
        for (int a = 0; a < moving.length; a++) {
            for (int b = 0; b < moving.length; b++) {
                left[a][b] = quadratic[moving[a]][moving[b]];
            }
            right[a] = rest[moving[a]] - absolute[moving[a]] * Math.signum(coefficients[moving[a]]);
        }
        double[] step = SymmetricSolver.solveDamped(left, right);
        double share = 1;
        for (int a = 0; a < moving.length; a++) {
            double coefficient = coefficients[moving[a]];
            if (absolute[moving[a]] > 0 && (coefficient + step[a]) * coefficient < 0) {
                share = Math.min(share, -coefficient / step[a]);
            }
        }
        for (int a = 0; a < moving.length; a++) {
            double distance = share * step[a];
            coefficients[moving[a]] += distance;
            move(moving[a], distance);
        }
    }

    /// Takes each coordinate to its best value. Returns the largest change in proportion to the largest coordinate, in units in which
    /// each has the same curvature.
    private double sweep() {
        double largest = 0;
        double farthest = 0;
        for (int j = 0; j < coefficients.length; j++) {
            double curvature = quadratic[j][j];
            if (curvature <= 0) {
                continue;
            }
            double target = rest[j] + curvature * coefficients[j];
            double moved = Math.signum(target) * Math.max(0, Math.abs(target) - absolute[j]) / curvature;
            double distance = moved - coefficients[j];
            double unit = Math.sqrt(curvature);
            largest = Math.max(largest, unit * Math.abs(moved));
            farthest = Math.max(farthest, unit * Math.abs(distance));
            if (distance != 0) {
                coefficients[j] = moved;
                move(j, distance);
            }
        }
        return largest == 0 ? 0 : farthest / largest;
    }

    private void move(int j, double distance) {
        double[] column = quadratic[j];
        for (int i = 0; i < rest.length; i++) {
            rest[i] -= column[i] * distance;
        }
    }
}
