package io.lazuli.ml.neighbors;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Tile;

/// Rows to find neighbours among, which models of any number of neighbours share.
///
/// @param targets by row
record NeighborIndex(Features features, Classes classes, RowTree tree, double[] targets) {
    /// Looks for the neighbours of each row of tiles.
    interface Action {
        /// @param row     of the tile
        /// @param targets of the nearest rows, the nearest first
        /// @param weights what each of them counts
        /// @param count   of these; none if a feature is missing
        void accept(int row, double[] targets, double[] weights, int count);
    }

    /// What finds neighbours. Used by one thread.
    Finder finder(NeighborRules rules) {
        return new Finder(this, rules);
    }

    static final class Finder {
        private final NeighborIndex index;
        private final NeighborRules rules;
        private final NeighborSearch search;
        private final double[] point;
        private final double[] targets;
        private final double[] weights;

        private Finder(NeighborIndex index, NeighborRules rules) {
            this.index = index;
            this.rules = rules;
            this.search = new NeighborSearch(index.tree, rules.metric(), rules.nNeighbors());
            this.point = new double[index.features.count()];
            this.targets = new double[rules.nNeighbors()];
            this.weights = new double[rules.nNeighbors()];
        }

        void forEachRow(Tile tile, Action action) {
            for (int row = 0; row < tile.length(); row++) {
                for (int j = 0; j < point.length; j++) {
                    point[j] = tile.feature(j)[row];
                }
                int count = search.find(point);
                for (int i = 0; i < count; i++) {
                    targets[i] = index.targets[search.rows()[i]];
                }
                rules.weights().write(search.distances(), count, weights);
                action.accept(row, targets, weights, count);
            }
        }
    }
}
