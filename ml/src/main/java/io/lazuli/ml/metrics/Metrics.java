package io.lazuli.ml.metrics;

import io.lazuli.ml.internal.MlErrors;

/// The metrics by scikit-learn's names. Where a smaller number is better it is not negated: [Metric#isGreaterBetter] says so.
///
/// All are exact and go by weight. What is not defined is NaN, as for no rows. The positive class is the second of two.
public final class Metrics {
    private Metrics() {}

    /// The share of rows whose class was predicted. Between 0 and 1.
    public static Metric<?> accuracy() {
        return new Accuracy();
    }

    /// The mean over classes of the share of their rows that were found. Between 0 and 1.
    public static Metric<?> balancedAccuracy() {
        return new Agreement(Agreement.Kind.BALANCED_ACCURACY);
    }

    /// The correlation of predicted and right classes: 1 is best, 0 is chance.
    public static Metric<?> matthewsCorrcoef() {
        return new Agreement(Agreement.Kind.MATTHEWS);
    }

    /// How much of the agreement that chance leaves is there: 1 is best, 0 is chance.
    public static Metric<?> cohenKappa() {
        return new Agreement(Agreement.Kind.KAPPA);
    }

    /// The share of rows predicted positive that are. **Errors.** USER if there are not two classes.
    public static Metric<?> precision() {
        return precision(Average.BINARY);
    }

    /// As [#precision()] of each class.
    public static Metric<?> precision(Average average) {
        return new PrecisionRecall("precision", 0, average);
    }

    /// The share of positive rows that were found. **Errors.** USER if there are not two classes.
    public static Metric<?> recall() {
        return recall(Average.BINARY);
    }

    /// As [#recall()] of each class.
    public static Metric<?> recall(Average average) {
        return new PrecisionRecall("recall", Double.POSITIVE_INFINITY, average);
    }

    /// The harmonic mean of precision and recall. **Errors.** USER if there are not two classes.
    public static Metric<?> f1() {
        return f1(Average.BINARY);
    }

    /// As [#f1()] of each class.
    public static Metric<?> f1(Average average) {
        return new PrecisionRecall("f1", 1, average);
    }

    /// The harmonic mean of precision and recall, where recall counts `beta` times as much. **Errors.** USER if `beta` is not above 0.
    public static Metric<?> fbeta(double beta, Average average) {
        if (!(beta > 0) || Double.isInfinite(beta)) {
            throw MlErrors.badParameter("beta", beta, "a finite number above 0");
        }
        return new PrecisionRecall("fbeta_" + beta, beta, average);
    }

    /// The mean negative logarithm of the right class's probability; smaller is better.
    public static Metric<?> logLoss() {
        return new ProbabilityLoss(ProbabilityLoss.Kind.LOGARITHM);
    }

    /// The mean squared distance of the positive class's probability from 0 or 1; smaller is better. **Errors.** USER if there are not two
    /// classes.
    public static Metric<?> brierScore() {
        return new ProbabilityLoss(ProbabilityLoss.Kind.BRIER);
    }

    /// The area under the curve of true against false positives. **Cost.** Room for all distinct probabilities, 16 bytes each. **Errors.**
    /// USER if there are not two classes.
    public static Metric<?> rocAuc() {
        return new RocAuc(RocAuc.Pairs.BINARY, Average.MACRO);
    }

    /// The mean of [#rocAuc] of each class against the rest; NaN if a class is not there. **Cost.** Room for all distinct probabilities of
    /// each class. **Errors.** USER if the average is neither MACRO nor WEIGHTED.
    public static Metric<?> rocAucOvr(Average average) {
        return new RocAuc(RocAuc.Pairs.REST, overClasses(average));
    }

    /// The mean of [#rocAuc] over pairs of classes. As [#rocAucOvr].
    public static Metric<?> rocAucOvo(Average average) {
        return new RocAuc(RocAuc.Pairs.EACH, overClasses(average));
    }

    private static Average overClasses(Average average) {
        if (average != Average.MACRO && average != Average.WEIGHTED) {
            throw MlErrors.badParameter("average", average, "MACRO or WEIGHTED");
        }
        return average;
    }

    /// The mean of the precision at each probability of the positive class, by the recall that it adds. **Cost.** Room for all distinct
    /// probabilities. **Errors.** USER if there are not two classes.
    public static Metric<?> averagePrecision() {
        return new AveragePrecision();
    }

    /// The share of rows whose class is among the `k` likeliest. **Errors.** USER if `k` is not above 0.
    public static Metric<?> topKAccuracy(int k) {
        if (k < 1) {
            throw MlErrors.badParameter("k", k, "at least 1");
        }
        return new TopK(k);
    }

    /// How often each class was predicted for rows of each class, for [io.lazuli.ml.Dataset#summary]; as a number, the accuracy.
    /// **Errors.** USER if there are more than 2,000 classes.
    public static Metric<ConfusionMatrix> confusionMatrix() {
        return new Confusion();
    }

    /// One minus the share of the target's variance that predictions leave over (R²): 1 is best, the mean gets 0.
    public static Metric<?> r2() {
        return new R2();
    }

    /// As [#r2], but what all predictions are off alike does not count.
    public static Metric<?> explainedVariance() {
        return new ExplainedVariance();
    }

    /// The mean squared distance from the target.
    public static Metric<?> meanSquaredError() {
        return new MeanLoss(Loss.SQUARED, false);
    }

    /// The square root of [#meanSquaredError].
    public static Metric<?> rootMeanSquaredError() {
        return new MeanLoss(Loss.SQUARED, true);
    }

    /// The mean distance from the target.
    public static Metric<?> meanAbsoluteError() {
        return new MeanLoss(Loss.ABSOLUTE, false);
    }

    /// The mean distance from the target as a share of it: 1 is as far as 0 is.
    public static Metric<?> meanAbsolutePercentageError() {
        return new MeanLoss(Loss.PERCENTAGE, false);
    }

    /// The mean squared distance of logarithms of one more. **Errors.** DATA if a target or prediction is negative.
    public static Metric<?> meanSquaredLogError() {
        return new MeanLoss(Loss.SQUARED_LOGARITHMS, false);
    }

    /// What fits counts. **Errors.** DATA if a target is negative, or a prediction not above 0.
    public static Metric<?> meanPoissonDeviance() {
        return new MeanLoss(Loss.POISSON, false);
    }

    /// What fits amounts whose spread grows with them. **Errors.** DATA if a target or prediction is not above 0.
    public static Metric<?> meanGammaDeviance() {
        return new MeanLoss(Loss.GAMMA, false);
    }

    /// The median distance from the target; a row of weight 2 is as two rows. **Cost.** Room for all distinct distances, 16 bytes each.
    public static Metric<?> medianAbsoluteError() {
        return new MedianError();
    }

    /// The greatest distance from the target.
    public static Metric<?> maxError() {
        return new MaxError();
    }
}
