package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;

/// How far predicted classes agree with the right ones, where classes may be of very different sizes.
record Agreement(Kind kind) implements Metric<ClassSums> {
    enum Kind {
        /// The mean of the share of each class that was found.
        BALANCED_ACCURACY("balanced_accuracy"),
        /// The correlation of predicted and right classes: 1 is best, 0 is chance.
        MATTHEWS("matthews_corrcoef"),
        /// How much of the agreement that chance leaves is there: 1 is best, 0 is chance.
        KAPPA("cohen_kappa");

        private final String metric;

        Kind(String metric) {
            this.metric = metric;
        }
    }

    @Override
    public String name() {
        return kind.metric;
    }

    @Override
    public boolean isGreaterBetter() {
        return true;
    }

    @Override
    public Input input() {
        return Input.CLASS;
    }

    @Override
    public ClassSums start(Classes classes) {
        return ClassSums.of(classes, name());
    }

    @Override
    public ClassSums add(ClassSums sum, Predictions rows) {
        return sum.add(rows);
    }

    @Override
    public ClassSums merge(ClassSums left, ClassSums right) {
        return ClassSums.merge(left, right);
    }

    @Override
    public double finish(ClassSums sum) {
        return switch (kind) {
            case BALANCED_ACCURACY -> balancedAccuracy(sum);
            case MATTHEWS -> matthews(sum);
            case KAPPA -> kappa(sum);
        };
    }

    private static double balancedAccuracy(ClassSums sum) {
        double found = 0;
        int count = 0;
        for (int c = 0; c < sum.count(); c++) {
            found += sum.actual()[c] > 0 ? sum.hits()[c] / sum.actual()[c] : 0;
            count += sum.actual()[c] > 0 ? 1 : 0;
        }
        return count == 0 ? Double.NaN : found / count;
    }

    private static double matthews(ClassSums sum) {
        double all = ClassSums.total(sum.actual());
        double hits = ClassSums.total(sum.hits()) / all;
        double both = product(sum.actual(), sum.predicted()) / all / all;
        double spread = 1 - product(sum.actual(), sum.actual()) / all / all;
        double predictedSpread = 1 - product(sum.predicted(), sum.predicted()) / all / all;
        if (all == 0) {
            return Double.NaN;
        }
        return spread * predictedSpread == 0 ? 0 : (hits - both) / Math.sqrt(spread * predictedSpread);
    }

    private static double kappa(ClassSums sum) {
        double all = ClassSums.total(sum.actual());
        double chance = product(sum.actual(), sum.predicted()) / all / all;
        return (ClassSums.total(sum.hits()) / all - chance) / (1 - chance);
    }

    private static double product(double[] left, double[] right) {
        double sum = 0;
        for (int c = 0; c < left.length; c++) {
            sum += left[c] * right[c];
        }
        return sum;
    }
}
