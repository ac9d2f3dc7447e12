package io.lazuli.ml.neighbors;

import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.MlErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// All rows, to find neighbours among. One pass, which any rules share; the rows have to be in memory.
record NeighborRows() implements Fit<Shape, NeighborRows.Collected, NeighborIndex> {
    /// Rows in their order.
    record Collected(List<Chunk> chunks) {}

    /// @param columns by feature
    record Chunk(double[][] columns, double[] targets) {}

    @Override
    public String name() {
        return "rows to find neighbours among";
    }

    @Override
    public boolean isOnePass() {
        return true;
    }

    @Override
    public Shape start(Shape shape) {
        if (shape.classes().count() == 1) {
            throw MlErrors.oneClass("KNeighborsClassifier", shape.classes().name(0));
        }
        return shape;
    }

    @Override
    public Collected pass(Shape shape, Rows rows) {
        List<Chunk> chunks = new ArrayList<>();
        rows.forEachTile(tile -> chunks.add(chunk(shape, tile)));
        return new Collected(chunks);
    }

    private static Chunk chunk(Shape shape, Tile tile) {
        double[][] columns = new double[tile.featureCount()][];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = Arrays.copyOf(tile.feature(j), tile.length());
            MlErrors.checkFeature(shape.features(), j, sum(columns[j]));
        }
        double[] targets = Arrays.copyOf(tile.target(), tile.length());
        if (!Double.isFinite(sum(targets))) {
            throw MlErrors.missingTarget();
        }
        return new Chunk(columns, targets);
    }

    /// Not finite if one of them is not.
    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * 0;
        }
        return sum;
    }

    @Override
    public Collected merge(Collected left, Collected right) {
        List<Chunk> all = new ArrayList<>(left.chunks);
        all.addAll(right.chunks);
        return new Collected(all);
    }

    @Override
    public Step<Shape, NeighborIndex> next(Shape shape, Collected all) {
        int rowCount = all.chunks.stream().mapToInt(chunk -> chunk.targets.length).reduce(0, Math::addExact);
        if (rowCount == 0) {
            throw MlErrors.noRows();
        }
        double[][] columns = new double[shape.features().count()][rowCount];
        double[] targets = new double[rowCount];
        int start = 0;
        for (Chunk chunk : all.chunks) {
            for (int j = 0; j < columns.length; j++) {
                System.arraycopy(chunk.columns[j], 0, columns[j], start, chunk.targets.length);
            }
            System.arraycopy(chunk.targets, 0, targets, start, chunk.targets.length);
            start += chunk.targets.length;
        }
        return new Step.Done<>(
                new NeighborIndex(shape.features(), shape.classes(), RowTree.of(columns, rowCount), targets));
    }
}
