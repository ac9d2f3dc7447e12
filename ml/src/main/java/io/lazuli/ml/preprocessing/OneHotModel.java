package io.lazuli.ml.preprocessing;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.model.Transform;
import java.util.Arrays;
import java.util.List;

/// Puts a 1 into the column of a feature's value, and 0 into the feature's other columns.
///
/// @param categories by feature
/// @param columns    by feature, then category: the column, or below 0 if it has none
/// @param unknown    by feature: the column of other values; -1 for none, -2 if they are refused
public record OneHotModel(Features features, List<Categories> categories, List<int[]> columns, int[] unknown,
        Features output) implements Transform {
    static final int NONE = -1;
    static final int REFUSED = -2;

    public OneHotModel {
        categories = List.copyOf(categories);
        columns = List.copyOf(columns);
    }

    @Override
    public TileTransform over(Rows rows) {
        List<CategoryIndex> indexes = CategoryIndex.of(features, categories, rows);
        int[][] found = {{}};
        return (from, to) -> {
            if (found[0].length < from.length()) {
                found[0] = new int[from.length()];
            }
            transform(indexes, from, found[0], to);
        };
    }

    private void transform(List<CategoryIndex> indexes, Tile from, int[] found, double[][] to) {
        for (double[] column : to) {
            Arrays.fill(column, 0, from.length(), 0);
        }
        for (int j = 0; j < indexes.size(); j++) {
            indexes.get(j).find(from.feature(j), from.length(), found);
            int[] places = columns.get(j);
            for (int row = 0; row < from.length(); row++) {
                int column = found[row] < 0 ? unknown[j] : places[found[row]];
                if (column >= 0) {
                    to[column][row] = 1;
                } else if (column == REFUSED) {
                    throw MlErrors.unknownLevel(
                            features.get(j).name(), indexes.get(j).name(from.feature(j)[row]));
                }
            }
        }
    }
}
