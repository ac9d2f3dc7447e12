import numpy as np
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

from common import Expected, write_data

expected = Expected("neighbors")
RULES = [(1, "uniform", "euclidean"), (5, "uniform", "euclidean"), (7, "distance", "euclidean"), (4, "uniform", "manhattan"),
         (6, "distance", "manhattan")]
for name in ["wine", "breast_cancer"]:
    x, y, fold = write_data(name, is_class=True)
    for k, weights, metric in RULES:
        model = KNeighborsClassifier(k, weights=weights, metric=metric, algorithm="brute").fit(x[fold > 0], y[fold > 0])
        some = x[fold == 0][:60]
        # Where the last of the nearest is as near as the next one, which of them counts is chance.
        near = model.kneighbors(some, k + 1)[0] if weights == "uniform" else None
        alike = np.zeros(len(some), bool) if near is None else np.isclose(near[:, k - 1], near[:, k], rtol=1e-9)
        assert not alike.any(), (name, k)
        expected.add("%s.%d.%s.%s" % (name, k, weights, metric), model.predict_proba(some))
x, y, fold = write_data("diabetes", is_class=False)
for k, weights, metric in RULES:
    model = KNeighborsRegressor(k, weights=weights, metric=metric, algorithm="brute").fit(x[fold > 0], y[fold > 0])
    expected.add("diabetes.%d.%s.%s" % (k, weights, metric), model.predict(x[fold == 0]))
expected.write()
