package io.lazuli.ml.impute;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Features.Feature;
import io.lazuli.ml.fit.Features.Kind;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.model.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Puts values where some are missing.
///
/// @param fills by feature
public record ImputerModel(Features features, List<Fill> fills) implements Transform {
    public ImputerModel {
        fills = List.copyOf(fills);
    }

    /// What a feature is filled with.
    public sealed interface Fill {
        /// Of a feature that is left out.
        Fill NONE = new None();

        record Number(double value) implements Fill {}

        record Text(String value) implements Fill {}

        record None() implements Fill {}
    }

    static ImputerModel of(Features features, IntFunction<Fill> fill) {
        return new ImputerModel(features, IntStream.range(0, features.count()).mapToObj(fill).toList());
    }

    /// @param values by feature; NaN for one that is left out
    static ImputerModel ofNumbers(Features features, double[] values) {
        return of(features, j -> Double.isNaN(values[j]) ? Fill.NONE : new Fill.Number(values[j]));
    }

    private int[] kept() {
        return IntStream.range(0, fills.size()).filter(j -> !(fills.get(j) instanceof Fill.None)).toArray();
    }

    @Override
    public Features output() {
        return new Features(IntStream.of(kept()).mapToObj(j -> filled(features.get(j), fills.get(j))).toList());
    }

    /// A category stays one if it is filled with one.
    private static Feature filled(Feature feature, Fill fill) {
        boolean isLevel = fill instanceof Fill.Number(double value) && value == Math.rint(value) && value >= 0
                && value < feature.levelCount();
        return feature.kind() == Kind.CATEGORY && !isLevel ? Feature.number(feature.name()) : feature;
    }

    @Override
    public TileTransform over(Rows rows) {
        int[] kept = kept();
        double[] values = new double[kept.length];
        List<List<String>> texts = new ArrayList<>();
        for (int k = 0; k < kept.length; k++) {
            List<String> known = new ArrayList<>(rows.texts(kept[k]));
            values[k] = switch (fills.get(kept[k])) {
                case Fill.Number(double value) -> value;
                case Fill.Text(String text) -> code(text, known);
                case Fill.None _ -> Double.NaN;
            };
            texts.add(known);
        }
        return new Filling(kept, values, texts);
    }

    private static int code(String text, List<String> known) {
        int found = known.indexOf(text);
        if (found < 0) {
            known.add(text);
            return known.size() - 1;
        }
        return found;
    }

    /// @param values the value, or the number of a text, for each feature that is kept
    private record Filling(int[] kept, double[] values, List<List<String>> all) implements TileTransform {
        @Override
        public void transform(Tile from, double[][] to) {
            for (int k = 0; k < kept.length; k++) {
                fill(from.feature(kept[k]), values[k], from.length(), to[k]);
            }
        }

        private static void fill(double[] from, double value, int length, double[] to) {
            for (int row = 0; row < length; row++) {
                to[row] = from[row] == from[row] ? from[row] : value;
            }
        }

        @Override
        public List<String> texts(int feature) {
            return all.get(feature);
        }
    }
}
