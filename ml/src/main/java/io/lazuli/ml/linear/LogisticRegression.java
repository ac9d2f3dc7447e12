package io.lazuli.ml.linear;

import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;

/// Linear scores whose exponentials are probabilities: of two classes the logistic function of one score, of more the softmax of one score
/// a class. Coefficients make the logarithmic loss of all rows, times `c`, and the penalty together as small as can be; intercepts are not
/// penalised.
///
/// ```java
/// LogisticModel model = new LogisticRegression().withC(0.1).fit(data);
/// ```
///
/// Features need no scaling for speed, only if the penalty should treat them alike. A class that has no rows, as may happen in a fold, is
/// never likely.
///
/// **Nulls, NaN.** Refused.
///
/// **Cost.** One pass for means and spreads; then, with few features and classes, about seven passes of Newton's method, each of which
/// multiplies all features with each other; else 20 to 100 of L-BFGS, which does not.
///
/// **Errors.** DATA if all rows are of one class. A search that ends early only says so, in the model and in the log.
///
/// **Source.** scikit-learn `LogisticRegression` with `multi_class="auto"`; `tol` is compared with the gradient by features in units of their
/// spread.
///
/// @param c       the inverse of the penalty's strength
/// @param l1Ratio the share of absolute values in an elastic net; else it does not matter
/// @param tol     greatest component of the gradient with which the search may end
/// @param maxIter steps after which the search ends anyhow
public record LogisticRegression(Penalty penalty, double c, double l1Ratio, boolean fitIntercept, double tol,
        int maxIter) implements Estimator<LogisticModel> {
    public static final Param<LogisticRegression, Double> C =
            Param.of(LogisticRegression.class, "C", LogisticRegression::c, LogisticRegression::withC);
    public static final Param<LogisticRegression, Penalty> PENALTY = Param.of(
            LogisticRegression.class, "penalty", LogisticRegression::penalty, LogisticRegression::withPenalty);
    public static final Param<LogisticRegression, Double> L1_RATIO = Param.of(
            LogisticRegression.class, "l1_ratio", LogisticRegression::l1Ratio, LogisticRegression::withL1Ratio);
    public static final Param<LogisticRegression, Boolean> FIT_INTERCEPT = Param.of(
            LogisticRegression.class, "fit_intercept", LogisticRegression::fitIntercept,
            LogisticRegression::withFitIntercept);

    public LogisticRegression {
        MlErrors.checkPositive("C", c);
        MlErrors.checkShare("l1_ratio", l1Ratio);
        MlErrors.checkPositive("tol", tol);
        MlErrors.checkAtLeastOne("max_iter", maxIter);
    }

    public LogisticRegression() {
        this(Penalty.L2, 1, 0.5, true, 1e-4, 100);
    }

    public LogisticRegression withPenalty(Penalty penalty) {
        return new LogisticRegression(penalty, c, l1Ratio, fitIntercept, tol, maxIter);
    }

    public LogisticRegression withC(double c) {
        return new LogisticRegression(penalty, c, l1Ratio, fitIntercept, tol, maxIter);
    }

    public LogisticRegression withL1Ratio(double l1Ratio) {
        return new LogisticRegression(penalty, c, l1Ratio, fitIntercept, tol, maxIter);
    }

    public LogisticRegression withFitIntercept(boolean fitIntercept) {
        return new LogisticRegression(penalty, c, l1Ratio, fitIntercept, tol, maxIter);
    }

    public LogisticRegression withTol(double tol) {
        return new LogisticRegression(penalty, c, l1Ratio, fitIntercept, tol, maxIter);
    }

    public LogisticRegression withMaxIter(int maxIter) {
        return new LogisticRegression(penalty, c, l1Ratio, fitIntercept, tol, maxIter);
    }

    @Override
    public boolean classifies() {
        return true;
    }

    @Override
    public Lazy<LogisticModel> plan(Dataset data) {
        double absolute = switch (penalty) {
            case NONE, L2 -> 0;
            case L1 -> 1 / c;
            case ELASTIC_NET -> l1Ratio / c;
        };
        double squared = switch (penalty) {
            case NONE, L1 -> 0;
            case L2 -> 1 / c;
            case ELASTIC_NET -> (1 - l1Ratio) / c;
        };
        return data.classification(name()).fit(new LogisticFit(absolute, squared, fitIntercept, tol, maxIter));
    }
}
