package io.lazuli.ml.model;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Features.Feature;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Transforms some features in one way and some in another, side by side.
///
/// @param others indexes of the features that come last as they are
public record ColumnTransformerModel(Features features, List<Part> parts, List<Integer> others) implements Transform {
    public ColumnTransformerModel {
        parts = List.copyOf(parts);
        others = List.copyOf(others);
    }

    /// @param columns indexes of the features that the model is for
    public record Part(List<Integer> columns, Transform model) {
        public Part {
            columns = List.copyOf(columns);
        }
    }

    @Override
    public Features output() {
        Stream<Feature> made = parts.stream().flatMap(part -> part.model().output().all().stream());
        return new Features(Stream.concat(made, others.stream().map(features::get)).toList());
    }

    @Override
    public TileTransform over(Rows rows) {
        List<PartOver> over = new ArrayList<>();
        int start = 0;
        for (Part part : parts) {
            SelectedRows own = SelectedRows.of(rows, part.columns());
            int end = start + part.model().output().count();
            over.add(new PartOver(new SelectedTile(own.columns()), part.model().over(own), start, end));
            start = end;
        }
        return new SideBySide(over, SelectedRows.of(rows, others), start);
    }

    /// @param start where what it makes begins
    /// @param end   behind its last
    private record PartOver(SelectedTile tile, TileTransform transform, int start, int end) {}

    /// @param othersStart where the features begin that come as they are
    private record SideBySide(List<PartOver> parts, SelectedRows others, int othersStart) implements TileTransform {
        @Override
        public void transform(Tile from, double[][] to) {
            for (PartOver part : parts) {
                part.transform.transform(part.tile.of(from), Arrays.copyOfRange(to, part.start, part.end));
            }
            for (int k = 0; k < others.columns().length; k++) {
                System.arraycopy(from.feature(others.columns()[k]), 0, to[othersStart + k], 0, from.length());
            }
        }

        @Override
        public List<String> texts(int feature) {
            return parts.stream()
                    .filter(part -> part.start <= feature && feature < part.end)
                    .findFirst()
                    .map(part -> part.transform.texts(feature - part.start))
                    .orElseGet(() -> others.texts(feature - othersStart));
        }
    }
}
