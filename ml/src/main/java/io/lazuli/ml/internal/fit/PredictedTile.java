package io.lazuli.ml.internal.fit;

import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.metrics.Predictions;
import io.lazuli.ml.model.Classifier;
import io.lazuli.ml.model.Predictor;
import java.util.function.Consumer;

/// A tile with what a model predicts for it, which is filled again and again.
final class PredictedTile implements Predictions {
    private final Consumer<Tile> model;
    private double[] target = {};
    private double[] weights = {};
    private double[] predicted = {};
    private double[][] probabilities;
    private int length;

    private PredictedTile(Predictor.TilePredictor predictor) {
        this.probabilities = new double[0][];
        this.model = tile -> predictor.predict(tile, predicted);
    }

    private PredictedTile(Classifier.TileClassifier classifier, int classCount) {
        this.probabilities = new double[classCount][0];
        this.model = tile -> {
            classifier.probabilities(tile, probabilities);
            Classifier.likeliest(probabilities, tile.length(), predicted);
        };
    }

    static PredictedTile ofValues(Predictor model, Rows rows) {
        return new PredictedTile(model.predictor(rows));
    }

    /// Of probabilities and what is likeliest.
    static PredictedTile ofProbabilities(Classifier model, Rows rows) {
        return new PredictedTile(model.classifier(rows), model.classes().count());
    }

    void predict(Tile tile) {
        length = tile.length();
        target = tile.target();
        weights = tile.weights();
        if (predicted.length < length) {
            predicted = new double[length];
            for (int c = 0; c < probabilities.length; c++) {
                probabilities[c] = new double[length];
            }
        }
        model.accept(tile);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public double[] target() {
        return target;
    }

    @Override
    public double[] weights() {
        return weights;
    }

    @Override
    public double[] predicted() {
        return predicted;
    }

    @Override
    public double[][] probabilities() {
        return probabilities;
    }
}
