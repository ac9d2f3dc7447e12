import numpy as np
from sklearn.cluster import KMeans

from common import Expected, write_data

expected = Expected("kmeans")
for name, clusters in [("iris", 3), ("wine", 3), ("iris", 8)]:
    x, _, _ = write_data(name, is_class=True)
    model = min((KMeans(clusters, n_init=50, tol=0, random_state=s).fit(x) for s in range(5)), key=lambda m: m.inertia_)
    order = np.lexsort(model.cluster_centers_.T[::-1])
    key = "%s.%d" % (name, clusters)
    expected.add(key + ".inertia", [model.inertia_])
    expected.add(key + ".centers", model.cluster_centers_[order])
    expected.add(key + ".labels", np.argsort(order)[model.labels_])
    expected.add(key + ".distances", model.transform(x)[:, order])
expected.write()
