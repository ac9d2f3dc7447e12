"""Predictions with ties and a rare class, and what metrics say of them, with weights and without."""
import warnings

import numpy as np
from sklearn import metrics as m

from common import Expected, SEED

warnings.simplefilter("ignore")
random = np.random.RandomState(SEED)
n = 400
expected = Expected("metrics")


def probabilities(y, classes):
    """Eighths, so that there are ties and sums are exact."""
    raw = random.dirichlet(np.ones(classes), len(y)) + 0.6 * np.eye(classes)[y]
    return np.array([random.multinomial(8, row / row.sum()) for row in raw]) / 8


weights = random.randint(0, 4, n).astype(float)
expected.add("weights", weights)


def add(name, function, *arguments, weighted=True, **options):
    expected.add(name, function(*arguments, **options))
    if weighted:
        expected.add(name + ".weighted", function(*arguments, sample_weight=weights, **options))


for kind, classes, shares in [("two", 2, [.7, .3]), ("four", 4, [.5, .3, .18, .02])]:
    y = random.choice(classes, n, p=shares)
    p = probabilities(y, classes)
    guess = p.argmax(axis=1)
    expected.add(kind + ".target", y)
    expected.add(kind + ".probabilities", p.T)
    add(kind + ".accuracy", m.accuracy_score, y, guess)
    add(kind + ".balanced_accuracy", m.balanced_accuracy_score, y, guess)
    add(kind + ".matthews_corrcoef", m.matthews_corrcoef, y, guess)
    add(kind + ".cohen_kappa", m.cohen_kappa_score, y, guess)
    for average in (["binary"] if classes == 2 else []) + ["macro", "micro", "weighted"]:
        end = "" if average == "binary" else "_" + average
        add(kind + ".precision" + end, m.precision_score, y, guess, average=average)
        add(kind + ".recall" + end, m.recall_score, y, guess, average=average)
        add(kind + ".f1" + end, m.f1_score, y, guess, average=average)
        add(kind + ".fbeta_2.0" + end, m.fbeta_score, y, guess, average=average, beta=2)
    add(kind + ".log_loss", m.log_loss, y, p)
    add(kind + ".confusion_matrix", m.confusion_matrix, y, guess)
    if classes == 2:
        add(kind + ".brier_score", m.brier_score_loss, y, p[:, 1])
        add(kind + ".roc_auc", m.roc_auc_score, y, p[:, 1])
        add(kind + ".average_precision", m.average_precision_score, y, p[:, 1])
    else:
        for average, end in [("macro", ""), ("weighted", "_weighted")]:
            add(kind + ".roc_auc_ovr" + end, m.roc_auc_score, y, p, multi_class="ovr", average=average)
            add(kind + ".roc_auc_ovo" + end, m.roc_auc_score, y, p, multi_class="ovo", average=average, weighted=False)
        for k in [1, 2, 3]:
            add(kind + ".top_%d_accuracy" % k, m.top_k_accuracy_score, y, p, k=k)

y = np.round(random.gamma(2, 30, n), 1) + 0.1
guess = np.round(y * random.uniform(.5, 1.6, n), 1)
expected.add("numbers.target", y)
expected.add("numbers.predicted", guess)
for name, function in [
    ("r2", m.r2_score), ("explained_variance", m.explained_variance_score), ("mean_squared_error", m.mean_squared_error),
    ("mean_absolute_error", m.mean_absolute_error), ("mean_absolute_percentage_error", m.mean_absolute_percentage_error),
    ("mean_squared_log_error", m.mean_squared_log_error), ("mean_poisson_deviance", m.mean_poisson_deviance),
    ("mean_gamma_deviance", m.mean_gamma_deviance)]:
    add("numbers." + name, function, y, guess)
add("numbers.root_mean_squared_error", m.mean_squared_error, y, guess, squared=False)
add("numbers.median_absolute_error", m.median_absolute_error, y, guess, weighted=False)
# A row of weight 2 is as two rows, where scikit-learn takes the lower of two middle ones.
repeated = np.repeat(np.arange(n), weights.astype(int))
expected.add("numbers.median_absolute_error.weighted", m.median_absolute_error(y[repeated], guess[repeated]))
add("numbers.max_error", m.max_error, y, guess, weighted=False)
expected.add("numbers.max_error.weighted", m.max_error(y[weights > 0], guess[weights > 0]))
expected.write()
