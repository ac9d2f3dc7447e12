"""Rows with classes and groups, `splits.csv`, and the rows that splitters test and train on, as a number for each row and split."""
import warnings

import numpy as np
from sklearn.model_selection import GroupKFold, KFold, StratifiedGroupKFold, StratifiedKFold, TimeSeriesSplit

from common import OUT, Expected, SEED

warnings.simplefilter("ignore")
random = np.random.RandomState(SEED)
n = 103
names = np.array(["bee", "ant", "wasp", "cicada"])[random.choice(4, n, p=[.5, .3, .14, .06])]
numbers = np.unique(names, return_inverse=True)[1] * 1.5
sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 12]
groups = np.repeat(np.arange(len(sizes)), sizes)[random.permutation(n)]
x = np.arange(n, dtype=float)
with open(OUT / "splits.csv", "w") as out:
    out.write("x,name,y,group,team\n")
    for row in zip(x, names, numbers, groups, np.array(list("abcdefghijklmn"))[groups]):
        out.write(",".join(str(v) for v in row) + "\n")

expected = Expected("splits")


def add(name, splitter):
    """0 for rows of neither, 1 to train on, 2 to test on."""
    sides = []
    for train, test in splitter.split(x, names, groups):
        side = np.zeros(n)
        side[train] = 1
        side[test] = 2
        sides.append(side)
    expected.add(name, *sides)


add("k", KFold(4))
add("stratified", StratifiedKFold(4))
add("stratified.10", StratifiedKFold(10))
add("group", GroupKFold(3))
add("stratifiedGroup", StratifiedGroupKFold(3))
add("time", TimeSeriesSplit(5))
add("time.test", TimeSeriesSplit(4, test_size=9))
add("time.gap", TimeSeriesSplit(4, gap=3))
add("time.window", TimeSeriesSplit(4, gap=2, max_train_size=20, test_size=10))
expected.write()
