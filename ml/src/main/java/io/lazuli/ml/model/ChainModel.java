package io.lazuli.ml.model;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import java.util.ArrayList;
import java.util.List;

/// Transforms one after the other.
///
/// @param steps at least one
public record ChainModel(List<Transform> steps) implements Transform {
    public ChainModel {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a chain has at least one step");
        }
    }

    @Override
    public Features features() {
        return steps.getFirst().features();
    }

    @Override
    public Features output() {
        return steps.getLast().output();
    }

    @Override
    public TileTransform over(Rows rows) {
        List<TileTransform> transforms = new ArrayList<>();
        transforms.add(steps.getFirst().over(rows));
        steps.subList(1, steps.size())
                .forEach(
                        step -> transforms.add(
                                step.over(new TransformedRows(rows, step.features(), transforms.getLast()))));
        return new Chained(steps, transforms);
    }

    private static final class Chained implements TileTransform {
        private final List<TileTransform> transforms;
        private final List<TransformedTile> between = new ArrayList<>();

        Chained(List<Transform> steps, List<TileTransform> transforms) {
            this.transforms = transforms;
            steps.subList(0, steps.size() - 1).forEach(step -> between.add(new TransformedTile(step.output().count())));
        }

        @Override
        public void transform(Tile from, double[][] to) {
            Tile tile = from;
            for (int step = 0; step < between.size(); step++) {
                tile = between.get(step).fill(tile, transforms.get(step));
            }
            transforms.getLast().transform(tile, to);
        }

        @Override
        public List<String> texts(int feature) {
            return transforms.getLast().texts(feature);
        }
    }
}
