"""Fits of linear regressions: coefficients, then intercepts; those that are searched for, as exact as scikit-learn makes them."""
import numpy as np
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, PoissonRegressor, Ridge
from sklearn.metrics import r2_score

from common import Expected, write_data

x, y, fold = write_data("diabetes", is_class=False)
expected = Expected("linear")


def add(name, model, weights=None):
    model.fit(x, y, sample_weight=weights)
    expected.add(name + ".coefficients", model.coef_)
    expected.add(name + ".intercept", model.intercept_)


for alpha in [0.01, 0.1, 1.0, 10.0]:
    add("ridge.%s" % alpha, Ridge(alpha=alpha))
    scores = [r2_score(y[fold == f], Ridge(alpha=alpha).fit(x[fold != f], y[fold != f]).predict(x[fold == f])) for f in range(5)]
    expected.add("ridge.%s.scores" % alpha, np.array(scores))
add("least_squares", LinearRegression())
add("least_squares.through_zero", LinearRegression(fit_intercept=False))
add("least_squares.weights", LinearRegression(), fold)
exact = dict(tol=1e-14, max_iter=1000000)
for alpha in [0.01, 0.1, 1.0]:
    add("lasso.%s" % alpha, Lasso(alpha=alpha, **exact))
    add("elastic_net.%s" % alpha, ElasticNet(alpha=alpha, l1_ratio=0.7, **exact))
add("lasso.through_zero", Lasso(alpha=0.1, fit_intercept=False, **exact))
add("lasso.weights", Lasso(alpha=0.1, **exact), fold.astype(float))
for alpha in [0.001, 0.01, 1.0]:
    add("poisson.%s" % alpha, PoissonRegressor(alpha=alpha, solver="newton-cholesky", tol=1e-12, max_iter=1000))
add("poisson.through_zero", PoissonRegressor(alpha=0.01, fit_intercept=False, solver="newton-cholesky", tol=1e-12, max_iter=1000))
add("poisson.weights", PoissonRegressor(alpha=0.01, solver="newton-cholesky", tol=1e-12, max_iter=1000), fold)
expected.write()
