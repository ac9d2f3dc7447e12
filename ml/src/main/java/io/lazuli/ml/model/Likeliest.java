package io.lazuli.ml.model;

import io.lazuli.ml.fit.Tile;

/// Predicts the class that is likeliest.
final class Likeliest implements Predictor.TilePredictor {
    private final Classifier.TileClassifier classifier;
    private final double[][] probabilities;

    Likeliest(Classifier.TileClassifier classifier, int classCount) {
        this.classifier = classifier;
        this.probabilities = new double[classCount][0];
    }

    @Override
    public void predict(Tile rows, double[] into) {
        if (probabilities[0].length < rows.length()) {
            for (int c = 0; c < probabilities.length; c++) {
                probabilities[c] = new double[rows.length()];
            }
        }
        classifier.probabilities(rows, probabilities);
        Classifier.likeliest(probabilities, rows.length(), into);
    }
}
