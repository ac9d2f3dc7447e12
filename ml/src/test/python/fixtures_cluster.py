import numpy as np
from sklearn.decomposition import PCA

from common import Expected, write_data


def upward(components):
    """As later versions of scikit-learn turn them: the greatest weight is positive."""
    return np.sign(components[np.arange(len(components)), np.abs(components).argmax(axis=1)])


expected = Expected("cluster")
for name in ["iris", "wine"]:
    x, _, _ = write_data(name, is_class=True)
    model = PCA(svd_solver="full").fit(x)
    signs = upward(model.components_)
    expected.add("pca.%s.components" % name, model.components_ * signs[:, None])
    expected.add("pca.%s.means" % name, model.mean_)
    expected.add("pca.%s.explained_variance" % name, model.explained_variance_)
    expected.add("pca.%s.explained_variance_ratio" % name, model.explained_variance_ratio_)
    expected.add("pca.%s.singular_values" % name, model.singular_values_)
    expected.add("pca.%s.transformed" % name, model.transform(x) * signs)
    expected.add("pca.%s.whitened" % name, PCA(2, whiten=True, svd_solver="full").fit_transform(x) * signs[:2])
    expected.add("pca.%s.count_99" % name, [PCA(0.99).fit(x).n_components_])
    u, s, v = np.linalg.svd(x, full_matrices=False)
    signs = upward(v)
    expected.add("svd.%s.components" % name, (v * signs[:, None])[:3])
    expected.add("svd.%s.singular_values" % name, s[:3])
    expected.add("svd.%s.explained_variance" % name, np.var(u * s, axis=0)[:3])
    expected.add("svd.%s.transformed" % name, (u * s * signs)[:, :3])
expected.write()
