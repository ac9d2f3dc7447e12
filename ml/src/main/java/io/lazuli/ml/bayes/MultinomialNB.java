package io.lazuli.ml.bayes;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;
import java.util.Arrays;

/// Takes features to be counts, such as of words, whose shares are those of a class; classes are as likely as they are frequent, or all
/// alike. Counts need not be whole.
///
/// A class that has no rows, as may happen in a fold, is never likely, where priors are learned.
///
/// **Nulls, NaN.** Refused.
///
/// **Cost.** One pass, which fits with another smoothing share.
///
/// **Errors.** DATA if a feature is below 0.
///
/// **Source.** scikit-learn `MultinomialNB`.
///
/// @param alpha    added to the sum of each feature in each class; 0 is taken as 1e-10, which has a logarithm
/// @param fitPrior whether the frequency of classes counts
public record MultinomialNB(double alpha, boolean fitPrior) implements Estimator<MultinomialNBModel> {
    public static final Param<MultinomialNB, Double> ALPHA =
            Param.of(MultinomialNB.class, "alpha", MultinomialNB::alpha, MultinomialNB::withAlpha);
    public static final Param<MultinomialNB, Boolean> FIT_PRIOR =
            Param.of(MultinomialNB.class, "fit_prior", MultinomialNB::fitPrior, MultinomialNB::withFitPrior);

    private static final double LEAST_ALPHA = 1e-10;

    public MultinomialNB {
        MlErrors.checkNotNegative("alpha", alpha);
    }

    public MultinomialNB() {
        this(1, true);
    }

    public MultinomialNB withAlpha(double alpha) {
        return new MultinomialNB(alpha, fitPrior);
    }

    public MultinomialNB withFitPrior(boolean fitPrior) {
        return new MultinomialNB(alpha, fitPrior);
    }

    @Override
    public boolean classifies() {
        return true;
    }

    @Override
    public Lazy<MultinomialNBModel> plan(Dataset data) {
        return data.classification(name()).fit(new ClassTotals()).then(
                name(), new Smooth(Math.max(alpha, LEAST_ALPHA), fitPrior));
    }

    private record Smooth(double alpha, boolean fitPrior) implements Function1<ClassTotals.Result, MultinomialNBModel> {
        @Override
        public MultinomialNBModel apply(ClassTotals.Result result) {
            double[] weights = result.sums().weights();
            double total = Arrays.stream(weights).sum();
            double[] priors = new double[weights.length];
            double[][] logarithms = new double[weights.length][];
            for (int c = 0; c < weights.length; c++) {
                priors[c] = Math.log(fitPrior ? weights[c] / total : 1.0 / weights.length);
                double[] sums = Arrays.stream(result.sums().totals()[c]).map(sum -> sum + alpha).toArray();
                double all = Arrays.stream(sums).sum();
                logarithms[c] = Arrays.stream(sums).map(sum -> Math.log(sum) - Math.log(all)).toArray();
            }
            return new MultinomialNBModel(result.features(), result.classes(), priors, logarithms);
        }
    }
}
