"""What the scripts share that write fixtures with Debian's scikit-learn: run one with `python3 fixtures_linear.py`.

A data set is a CSV file with features, the target `y`, and `fold`, the fold of five that scikit-learn puts each row in. What is expected
is a text file: a line for each result, its name and its numbers in full."""
import pathlib

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.model_selection import KFold, StratifiedKFold

OUT = pathlib.Path(__file__).parent.parent / "resources" / "sklearn"
SEED = 42


def load(name):
    """Features, target and feature names of a data set of scikit-learn."""
    loaded = getattr(datasets, "load_" + name)()
    return loaded.data, loaded.target, [str(n).replace(" ", "_") for n in loaded.feature_names]


def folds(x, y, is_class):
    """The fold of each row."""
    splitter = (StratifiedKFold if is_class else KFold)(5, shuffle=True, random_state=SEED)
    fold = np.zeros(len(y), dtype=int)
    for i, (_, test) in enumerate(splitter.split(x, y)):
        fold[test] = i
    return fold


def write_data(name, is_class):
    x, y, names = load(name)
    fold = folds(x, y, is_class)
    with open(OUT / (name + ".csv"), "w") as out:
        out.write(",".join(names + ["y", "fold"]) + "\n")
        for row, target, f in zip(x, y, fold):
            out.write(",".join([repr(float(v)) for v in row] + [repr(float(target)), str(f)]) + "\n")
    return x, y, fold


class Expected:
    """Results by name."""

    def __init__(self, name):
        self.name = name
        self.lines = ["# scikit-learn %s, numpy %s, seed %d" % (sklearn.__version__, np.__version__, SEED)]

    def add(self, name, *arrays):
        numbers = np.concatenate([np.ravel(a) for a in arrays]).astype(float)
        self.lines.append(" ".join([name] + ["NaN" if np.isnan(v) else repr(float(v)) for v in numbers]))

    def write(self):
        (OUT / (self.name + ".txt")).write_text("\n".join(self.lines) + "\n")
