package io.lazuli.ml.neighbors;

import io.lazuli.ml.internal.MlErrors;

/// Which rows count, and how much.
record NeighborRules(int nNeighbors, NeighborWeights weights, NeighborMetric metric) {
    NeighborRules {
        MlErrors.checkAtLeastOne("nNeighbors", nNeighbors);
    }

    /// **Errors.** DATA if there are fewer rows.
    void check(NeighborIndex index) {
        if (nNeighbors > index.targets().length) {
            throw MlErrors.moreThanRows(nNeighbors, "neighbours", index.targets().length);
        }
    }
}
