import numpy as np
from sklearn.linear_model import Ridge
from sklearn.metrics import r2_score

from common import Expected, write_data

x, y, fold = write_data("diabetes", is_class=False)
expected = Expected("linear")
for alpha in [0.01, 0.1, 1.0, 10.0]:
    model = Ridge(alpha=alpha).fit(x, y)
    expected.add("ridge.%s.coefficients" % alpha, model.coef_)
    expected.add("ridge.%s.intercept" % alpha, model.intercept_)
    scores = [r2_score(y[fold == f], Ridge(alpha=alpha).fit(x[fold != f], y[fold != f]).predict(x[fold == f])) for f in range(5)]
    expected.add("ridge.%s.scores" % alpha, np.array(scores))
expected.write()
