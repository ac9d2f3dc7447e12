"""Naive Bayes classifiers and linear discriminants: parameters by class, and some probabilities."""
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.naive_bayes import GaussianNB, MultinomialNB

import numpy as np

from common import Expected, write_data

expected = Expected("bayes")
for name in ["iris", "wine", "breast_cancer", "digits"]:
    x, y, fold = write_data(name, is_class=True)
    models = [GaussianNB(), MultinomialNB(), GaussianNB(var_smoothing=1e-3), MultinomialNB(alpha=0.1, fit_prior=False)]
    for model in models[: 1 if name == "digits" else 4]:
        model.fit(x, y)
        kind = "gaussian.%s" % model.var_smoothing if isinstance(model, GaussianNB) else "multinomial.%s" % model.alpha
        expected.add("%s.%s.probabilities" % (name, kind), model.predict_proba(x)[::7])
    lda = LinearDiscriminantAnalysis().fit(x, y)
    expected.add("%s.lda.coefficients" % name, lda.coef_)
    expected.add("%s.lda.intercepts" % name, lda.intercept_)
    expected.add("%s.lda.probabilities" % name, lda.predict_proba(x)[::7])
    expected.add("%s.lda.ratios" % name, lda.explained_variance_ratio_)
    if name != "digits":
        expected.add("%s.lda.transformed" % name, np.abs(lda.transform(x))[::7])
expected.write()
