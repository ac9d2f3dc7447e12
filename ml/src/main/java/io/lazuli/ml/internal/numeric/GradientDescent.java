package io.lazuli.ml.internal.numeric;

import java.util.ArrayList;
import java.util.List;

/// Steps that need no second derivatives, but learn about them from the last gradients. With absolute values, a step stays where no
/// coordinate changes its sign.
///
/// **Source.** Nocedal, "Updating quasi-Newton matrices with limited storage" (1980), L-BFGS; Andrew and Gao, "Scalable training of
/// L1-regularized log-linear models" (2007), OWL-QN; the length of steps as in Lewis and Overton, "Nonsmooth optimization via quasi-Newton
/// methods" (2013).
///
/// @param from      where the step starts; where there is none yet, its value is infinite
/// @param gradient  of the smooth part there
/// @param direction of the step
/// @param length    of the step that is looked at
/// @param shorter   the longest length that was found to be too short
/// @param longer    the shortest length that was found to be too long
/// @param changes   the last steps with what they did to the gradient, oldest first
/// @param curvature a guess at second derivatives, for the first step
public record GradientDescent(Rules rules, double[] from, double value, double[] gradient, double[] direction,
        double length, double shorter, double longer, List<Change> changes, double curvature,
        int iterations) implements Descent {
    private static final int MEMORY = 10;
    private static final double LEAST_LENGTH = 1e-12;
    /// The share of the slope that may be left at the end of a step.
    private static final double FLAT = 0.9;

    record Change(double[] step, double[] gradient, double product) {}

    public static GradientDescent start(Rules rules, double[] at, double curvature) {
        return new GradientDescent(
                rules, at, Double.POSITIVE_INFINITY, new double[at.length], new double[at.length], 1, 0,
                Double.POSITIVE_INFINITY, List.of(), curvature, 0);
    }

    @Override
    public double[] at() {
        double[] at = Descent.walk(from, length, direction);
        if (!rules.isSmooth()) {
            double[] downhill = rules.gradient(from, gradient);
            for (int j = 0; j < at.length; j++) {
                double sign = from[j] == 0 ? -Math.signum(downhill[j]) : Math.signum(from[j]);
                at[j] = rules.absolute()[j] > 0 && at[j] * sign <= 0 ? 0 : at[j];
            }
        }
        return at;
    }

    @Override
    public Descent next(Evaluation here) {
        double[] at = at();
        double found = here.value() + rules.cost(at);
        if (value == Double.POSITIVE_INFINITY) {
            return onward(at, found, here.gradient(), List.of(), iterations);
        }
        double[] slope = rules.gradient(from, gradient);
        double expected = Descent.dot(slope, Descent.walk(at, -1, from));
        if (!(found <= value + SUFFICIENT * expected + ROUNDING * Math.abs(value))) {
            return shortened(found, expected);
        }
        if (rules.isSmooth() && Descent.dot(here.gradient(), direction) < FLAT * Descent.dot(gradient, direction)) {
            return lengthened();
        }
        if (value - found <= ROUNDING * Math.abs(value)) {
            double greatest = Descent.largest(rules.gradient(at, here.gradient()));
            return new Found(at, iterations, greatest, true);
        }
        return onward(at, found, here.gradient(), remembered(at, here.gradient()), iterations + 1);
    }

    private Descent shortened(double found, double expected) {
        if (length < LEAST_LENGTH) {
            double greatest = Descent.largest(rules.gradient(from, gradient));
            return new Found(from, iterations, greatest, greatest <= rules.tolerance());
        }
        double best = -expected / (2 * (found - value - expected)) * length;
        double width = length - shorter;
        double next = Double.isFinite(best)
                ? Math.clamp(best, shorter + 0.1 * width, shorter + 0.5 * width)
                : shorter + 0.1 * width;
        return withLength(next, shorter, length);
    }

    private Descent lengthened() {
        double next = longer == Double.POSITIVE_INFINITY ? 2 * length : (length + longer) / 2;
        return next - length < LEAST_LENGTH * length
                ? new Found(at(), iterations, Double.NaN, false)
                : withLength(next, length, longer);
    }

    private GradientDescent withLength(double length, double shorter, double longer) {
        return new GradientDescent(
                rules, from, value, gradient, direction, length, shorter, longer, changes, curvature, iterations);
    }

    private List<Change> remembered(double[] at, double[] reached) {
        double[] step = Descent.walk(at, -1, from);
        double[] bend = Descent.walk(reached, -1, gradient);
        double product = Descent.dot(step, bend);
        List<Change> remembered = new ArrayList<>(changes);
        if (product > 1e-12 * Descent.dot(bend, bend) / curvature) {
            remembered.add(new Change(step, bend, product));
        }
        return remembered.subList(Math.max(0, remembered.size() - MEMORY), remembered.size());
    }

    private Descent onward(double[] at, double found, double[] reached, List<Change> remembered, int steps) {
        double[] slope = rules.gradient(at, reached);
        double greatest = Descent.largest(slope);
        if (greatest <= rules.tolerance() || steps >= rules.iterationLimit()) {
            return new Found(at, steps, greatest, greatest <= rules.tolerance());
        }
        double[] next = direction(slope, remembered);
        for (int j = 0; j < rules.absolute().length; j++) {
            next[j] = rules.absolute()[j] > 0 && next[j] * slope[j] >= 0 ? 0 : next[j];
        }
        return new GradientDescent(
                rules, at, found, reached, next, 1, 0, Double.POSITIVE_INFINITY, List.copyOf(remembered), curvature,
                steps);
    }

    /// Downhill, where the curvature that was seen is undone.
    private double[] direction(double[] slope, List<Change> remembered) {
        double[] direction = Descent.walk(new double[slope.length], -1, slope);
        double[] shares = new double[remembered.size()];
        for (int i = remembered.size() - 1; i >= 0; i--) {
            Change change = remembered.get(i);
            shares[i] = Descent.dot(change.step, direction) / change.product;
            direction = Descent.walk(direction, -shares[i], change.gradient);
        }
        double scale = 1 / curvature;
        if (!remembered.isEmpty()) {
            Change last = remembered.getLast();
            scale = last.product / Descent.dot(last.gradient, last.gradient);
        }
        direction = Descent.walk(new double[slope.length], scale, direction);
        for (int i = 0; i < remembered.size(); i++) {
            Change change = remembered.get(i);
            double share = shares[i] - Descent.dot(change.gradient, direction) / change.product;
            direction = Descent.walk(direction, share, change.step);
        }
        return direction;
    }
}
