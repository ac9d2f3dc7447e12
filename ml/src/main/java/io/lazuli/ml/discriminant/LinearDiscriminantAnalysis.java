package io.lazuli.ml.discriminant;

import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;
import java.util.OptionalInt;

/// Takes classes to be normal distributions of the same shape, which differ in their means; classes are as likely as they are frequent.
/// Its model predicts classes, and makes few features of many, in the directions in which classes differ most.
///
/// A class that has no rows, as may happen in a fold, is never likely.
///
/// **Nulls, NaN.** Refused.
///
/// **Cost.** One pass, for products of features, which fits with other parameters share.
///
/// **Errors.** DATA if all rows are of one class, or there are no more rows than classes.
///
/// **Source.** scikit-learn `LinearDiscriminantAnalysis` with `solver="svd"`: the same solution, by eigenvalues of products.
///
/// @param componentCount features that the model makes at most; as many as there are, if empty
/// @param tol            directions in which standardised features vary less within classes are left out
public record LinearDiscriminantAnalysis(OptionalInt componentCount,
        double tol) implements Estimator<LinearDiscriminantModel> {
    public static final Param<LinearDiscriminantAnalysis, Integer> COMPONENT_COUNT = Param.of(
            LinearDiscriminantAnalysis.class, "n_components", lda -> lda.componentCount.orElse(Integer.MAX_VALUE),
            LinearDiscriminantAnalysis::withComponentCount);

    public LinearDiscriminantAnalysis {
        componentCount.ifPresent(count -> MlErrors.checkAtLeastOne("n_components", count));
        MlErrors.checkPositive("tol", tol);
    }

    public LinearDiscriminantAnalysis() {
        this(OptionalInt.empty(), 1e-4);
    }

    public LinearDiscriminantAnalysis withComponentCount(int componentCount) {
        return new LinearDiscriminantAnalysis(OptionalInt.of(componentCount), tol);
    }

    public LinearDiscriminantAnalysis withTol(double tol) {
        return new LinearDiscriminantAnalysis(componentCount, tol);
    }

    @Override
    public boolean classifies() {
        return true;
    }

    @Override
    public Lazy<LinearDiscriminantModel> plan(Dataset data) {
        return data.classification(name()).fit(new ClassScatterFit()).then(
                name(), new Discriminate(componentCount.orElse(Integer.MAX_VALUE), tol));
    }
}
