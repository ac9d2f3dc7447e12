package io.lazuli.ml;

import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.model.Classifier;
import io.lazuli.ml.model.Model;
import io.lazuli.ml.model.Predictor;
import io.lazuli.ml.model.Transform;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// What a model says about rows, as numbers in their order: probabilities, predictions or transformed features, all of a row's together.
public record Outputs(Model model) implements Fit<Boolean, double[], double[]> {
    /// Of all rows of a dataset.
    public static double[] of(Model model, Dataset data) {
        return data.fit(new Outputs(model)).compute();
    }

    @Override
    public String name() {
        return "outputs";
    }

    @Override
    public boolean isOnePass() {
        return true;
    }

    @Override
    public boolean takesTexts() {
        return true;
    }

    @Override
    public Boolean start(Shape shape) {
        return true;
    }

    @Override
    public double[] pass(Boolean state, Rows rows) {
        DoubleStream.Builder all = DoubleStream.builder();
        TileOutputs outputs = outputs(rows);
        rows.forEachTile(tile -> {
            double[][] columns = new double[outputs.width()][tile.length()];
            outputs.write(tile, columns);
            IntStream.range(0, tile.length())
                    .forEach(row -> Arrays.stream(columns).forEach(column -> all.add(column[row])));
        });
        return all.build().toArray();
    }

    private interface Writer {
        void write(Tile tile, double[][] columns);
    }

    private record TileOutputs(int width, Writer writer) {
        void write(Tile tile, double[][] columns) {
            writer.write(tile, columns);
        }
    }

    private TileOutputs outputs(Rows rows) {
        return switch (model) {
            case Classifier classifier -> {
                Classifier.TileClassifier tiles = classifier.classifier(rows);
                yield new TileOutputs(classifier.classes().count(), tiles::probabilities);
            }
            case Predictor predictor -> {
                Predictor.TilePredictor tiles = predictor.predictor(rows);
                yield new TileOutputs(1, (tile, columns) -> tiles.predict(tile, columns[0]));
            }
            case Transform transform -> {
                Transform.TileTransform tiles = transform.over(rows);
                yield new TileOutputs(transform.output().count(), tiles::transform);
            }
            default -> throw new IllegalArgumentException("no outputs of " + model);
        };
    }

    @Override
    public double[] merge(double[] left, double[] right) {
        return DoubleStream.concat(Arrays.stream(left), Arrays.stream(right)).toArray();
    }

    @Override
    public Step<Boolean, double[]> next(Boolean state, double[] sum) {
        return new Step.Done<>(sum);
    }
}
