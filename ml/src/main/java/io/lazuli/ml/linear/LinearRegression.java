package io.lazuli.ml.linear;

import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;

/// Least squares. Where many coefficients are equally good, because features depend on each other, it finds the shortest ones.
///
/// ```java
/// LinearModel model = new LinearRegression().fit(data);
/// ```
///
/// **Nulls, NaN.** Refused.
///
/// **Cost.** One pass, for products of features. Where features nearly depend on each other, products have too few digits: then another
/// pass, which makes a triangle of rows by orthogonal transformations.
///
/// **Source.** scikit-learn `LinearRegression`.
public record LinearRegression(boolean fitIntercept) implements Estimator<LinearModel> {
    public static final Param<LinearRegression, Boolean> FIT_INTERCEPT = Param.of(
            LinearRegression.class, "fit_intercept", LinearRegression::fitIntercept,
            LinearRegression::withFitIntercept);

    public LinearRegression() {
        this(true);
    }

    public LinearRegression withFitIntercept(boolean fitIntercept) {
        return new LinearRegression(fitIntercept);
    }

    @Override
    public Lazy<LinearModel> plan(Dataset data) {
        return data.regression(name()).fit(new LeastSquares(fitIntercept));
    }
}
