package io.lazuli.ml.metrics;

import io.lazuli.ml.internal.MlErrors;

/// What a predicted number costs that is not the right one. Each sums up rows by itself, so that its loop is its own.
enum Loss {
    SQUARED("mean_squared_error") {
        @Override
        double sum(double[] target, double[] predicted, double[] weights, int length) {
            double sum = 0;
            for (int row = 0; row < length; row++) {
                double error = target[row] - predicted[row];
                sum += weights[row] * error * error;
            }
            return sum;
        }
    },
    ABSOLUTE("mean_absolute_error") {
        @Override
        double sum(double[] target, double[] predicted, double[] weights, int length) {
            double sum = 0;
            for (int row = 0; row < length; row++) {
                sum += weights[row] * Math.abs(target[row] - predicted[row]);
            }
            return sum;
        }
    },
    /// As a share of the target.
    PERCENTAGE("mean_absolute_percentage_error") {
        @Override
        double sum(double[] target, double[] predicted, double[] weights, int length) {
            double sum = 0;
            for (int row = 0; row < length; row++) {
                double share = Math.abs(target[row] - predicted[row]) / Math.max(Math.abs(target[row]), Math.ulp(1.0));
                sum += weights[row] * share;
            }
            return sum;
        }
    },
    SQUARED_LOGARITHMS("mean_squared_log_error") {
        @Override
        double sum(double[] target, double[] predicted, double[] weights, int length) {
            double sum = 0;
            for (int row = 0; row < length; row++) {
                check(target[row] >= 0 && predicted[row] >= 0, "targets and predictions that are not negative");
                double error = Math.log1p(target[row]) - Math.log1p(predicted[row]);
                sum += weights[row] * error * error;
            }
            return sum;
        }
    },
    POISSON("mean_poisson_deviance") {
        @Override
        double sum(double[] target, double[] predicted, double[] weights, int length) {
            double sum = 0;
            for (int row = 0; row < length; row++) {
                double y = target[row];
                double p = predicted[row];
                check(y >= 0 && p > 0, "targets that are not negative, and predictions above 0");
                sum += weights[row] * 2 * ((y == 0 ? 0 : y * Math.log(y / p)) - y + p);
            }
            return sum;
        }
    },
    GAMMA("mean_gamma_deviance") {
        @Override
        double sum(double[] target, double[] predicted, double[] weights, int length) {
            double sum = 0;
            for (int row = 0; row < length; row++) {
                double y = target[row];
                double p = predicted[row];
                check(y > 0 && p > 0, "targets and predictions above 0");
                sum += weights[row] * 2 * (Math.log(p / y) + y / p - 1);
            }
            return sum;
        }
    };

    private final String metric;

    Loss(String metric) {
        this.metric = metric;
    }

    /// The name of its mean.
    String metric() {
        return metric;
    }

    abstract double sum(double[] target, double[] predicted, double[] weights, int length);

    void check(boolean isRight, String needs) {
        if (!isRight) {
            throw MlErrors.metricNeeds(metric, needs);
        }
    }
}
