"""A table with gaps, texts and ties, `gaps.csv`, and what transformers make of it, row by row."""
import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import (MinMaxScaler, OneHotEncoder, OrdinalEncoder, PolynomialFeatures, QuantileTransformer,
                                   RobustScaler, StandardScaler)

from common import OUT, Expected, SEED

random = np.random.RandomState(SEED)
n = 120
numbers = np.column_stack([
    random.normal(5, 2, n),
    random.exponential(1000, n),
    random.randint(0, 6, n).astype(float),
    np.full(n, 7.25),
    1e5 + random.normal(0, 1, n)])
numbers[random.rand(n, 5) < 0.15] = np.nan
color = random.choice(["red", "green", "blue", "a rather long name of a color", ""], n, p=[.4, .3, .2, .06, .04]).astype(object)
size = random.choice([1.0, 2.0, 3.0, 10.0], n, p=[.5, .3, .15, .05])
color[color == ""] = None

with open(OUT / "gaps.csv", "w") as out:
    out.write("n0,n1,n2,n3,n4,size,color\n")
    for row, s, c in zip(numbers, size, color):
        out.write(",".join(["" if np.isnan(v) else repr(float(v)) for v in row] + [repr(float(s)), c or ""]) + "\n")

expected = Expected("preprocessing")


def add(name, estimator, x):
    made = estimator.fit_transform(x)
    expected.add(name, made.toarray() if hasattr(made, "toarray") else made)


add("standard", StandardScaler(), numbers)
add("standard.noMean", StandardScaler(with_mean=False), numbers)
add("standard.noStd", StandardScaler(with_std=False), numbers)
add("minMax", MinMaxScaler((-1, 3)), numbers)
add("robust", RobustScaler(), numbers)
add("robust.wide", RobustScaler(quantile_range=(5, 90)), numbers)
add("quantile.uniform", QuantileTransformer(n_quantiles=50), numbers)
add("quantile.normal", QuantileTransformer(n_quantiles=1000, output_distribution="normal"), numbers)
for strategy in ["mean", "median", "most_frequent"]:
    add("impute." + strategy, SimpleImputer(strategy=strategy), numbers)
add("impute.constant", SimpleImputer(strategy="constant", fill_value=-1), numbers)

levels = np.column_stack([color, size.astype(object)])
for name, options in {
    "plain": {}, "first": {"drop": "first"}, "binary": {"drop": "if_binary"},
    "ten": {"min_frequency": 20}, "share": {"min_frequency": 0.1, "drop": "first"}}.items():
    # scikit-learn orders None last only if it is alone among objects of a column, as it is here.
    made = [OneHotEncoder(sparse_output=False, **options).fit_transform(column) for column in (levels[:, :1], size[:, None])]
    expected.add("oneHot." + name, np.hstack(made))
add("ordinal", OrdinalEncoder(), size[:, None])
add("polynomial", PolynomialFeatures(3), numbers[~np.isnan(numbers).any(axis=1)])
add("polynomial.interactions", PolynomialFeatures(3, interaction_only=True, include_bias=False), numbers[~np.isnan(numbers).any(axis=1)])
expected.write()
