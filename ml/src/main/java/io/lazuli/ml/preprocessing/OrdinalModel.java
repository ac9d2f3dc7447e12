package io.lazuli.ml.preprocessing;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Features.Feature;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.model.Transform;
import java.util.List;
import java.util.stream.IntStream;

/// Makes of each value its place among the categories of its feature. A missing value stays missing.
///
/// @param categories     by feature
/// @param unknown        what becomes of other values
/// @param refusesUnknown whether these are errors instead
public record OrdinalModel(Features features, List<Categories> categories, double unknown,
        boolean refusesUnknown) implements Transform {
    public OrdinalModel {
        categories = List.copyOf(categories);
    }

    /// Categories; numbers if unknown values are one.
    @Override
    public Features output() {
        return new Features(
                IntStream.range(0, categories.size())
                        .mapToObj(j -> unknown < 0
                                ? Feature.number(features.get(j).name())
                                : Feature.category(features.get(j).name(), categories.get(j).count()))
                        .toList());
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
        for (int j = 0; j < indexes.size(); j++) {
            double[] values = from.feature(j);
            indexes.get(j).find(values, from.length(), found);
            for (int row = 0; row < from.length(); row++) {
                if (found[row] >= 0 || values[row] != values[row]) {
                    to[j][row] = found[row] >= 0 ? found[row] : Double.NaN;
                } else if (refusesUnknown) {
                    throw MlErrors.unknownLevel(features.get(j).name(), indexes.get(j).name(values[row]));
                } else {
                    to[j][row] = unknown;
                }
            }
        }
    }
}
