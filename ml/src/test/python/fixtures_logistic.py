"""Fits of LogisticRegression, as exact as scikit-learn makes them: coefficients by class, then intercepts, then some probabilities."""
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression

from common import OUT, SEED, Expected, write_data

warnings.filterwarnings("ignore")  # that rounding ends a search before its tolerance
expected = Expected("logistic")


def add(name, model, x, y, weights=None):
    model.fit(x, y, sample_weight=weights)
    expected.add(name + ".coefficients", model.coef_)
    expected.add(name + ".intercepts", model.intercept_)
    expected.add(name + ".probabilities", model.predict_proba(x)[::7])


def noisy():
    """Two classes that overlap; features in other units, about other means; weights."""
    random = np.random.RandomState(SEED)
    x = random.randn(240, 5) * [1, 3, 0.2, 10, 1] + [0, 5, 1, 100, 0]
    x[:, 4] += x[:, 0]
    score = x[:, 0] - 0.4 * (x[:, 1] - 5) + 4 * (x[:, 2] - 1)
    y = (score + random.logistic(size=240) > 0.5).astype(int)
    w = random.randint(0, 4, 240)
    with open(OUT / "noisy.csv", "w") as out:
        out.write("f0,f1,f2,f3,f4,w,y\n")
        for row, weight, target in zip(x, w, y):
            out.write(",".join([repr(float(v)) for v in row] + [str(weight), str(target)]) + "\n")
    return x, y, w


for name, solver, tol, scales in [
    ("iris", "newton-cg", 1e-10, [0.01, 1.0, 100.0]),
    ("wine", "newton-cg", 1e-9, [1.0]),
    ("breast_cancer", "newton-cholesky", 1e-10, [0.01, 1.0]),
    ("digits", "newton-cg", 1e-9, [0.01]),
]:
    x, y, fold = write_data(name, is_class=True)
    for c in scales:
        add("%s.l2.%s" % (name, c), LogisticRegression(C=c, solver=solver, tol=tol, max_iter=500), x, y)
    for c in scales:
        models = [LogisticRegression(C=c, solver=solver, tol=tol, max_iter=500).fit(x[fold != f], y[fold != f]) for f in range(5)]
        scores = [model.score(x[fold == f], y[fold == f]) for f, model in enumerate(models)]
        expected.add("%s.l2.%s.scores" % (name, c), np.array(scores))
    if name == "iris":
        saga = dict(solver="saga", tol=1e-12, max_iter=1000000, random_state=0)
        add("iris.l1.1.0", LogisticRegression(penalty="l1", **saga), x, y)
        add("iris.elasticnet.1.0", LogisticRegression(penalty="elasticnet", l1_ratio=0.3, **saga), x, y)

x, y, w = noisy()
exact = dict(solver="newton-cholesky", tol=1e-12, max_iter=1000)
add("noisy.l2", LogisticRegression(**exact), x, y)
add("noisy.none", LogisticRegression(penalty=None, **exact), x, y)
add("noisy.weights", LogisticRegression(**exact), x, y, w)
add("noisy.through_zero", LogisticRegression(fit_intercept=False, **exact), x, y)
expected.write()
