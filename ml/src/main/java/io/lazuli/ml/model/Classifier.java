package io.lazuli.ml.model;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;

/// A model that says how likely each class is. It predicts the index of the likeliest; the first of those that are equally likely.
public interface Classifier extends Predictor {
    /// At least two.
    Classes classes();

    /// As [#predictor].
    TileClassifier classifier(Rows rows);

    /// The frame with one more column for each class, such as `probability_setosa`: how likely it is. As [#predict].
    default DataFrame predictProbabilities(DataFrame frame) {
        return Predictions.ofClasses(this, frame, "probability_");
    }

    /// Says for each row of a tile how likely each class is.
    @FunctionalInterface
    interface TileClassifier {
        /// @param into by class, then row; the numbers of a row add up to 1
        void probabilities(Tile rows, double[][] into);
    }

    @Override
    default TilePredictor predictor(Rows rows) {
        return new Likeliest(classifier(rows), classes().count());
    }

    /// The index of the likeliest class of each row; the first of those that are equally likely.
    ///
    /// @param probabilities by class, then row
    static void likeliest(double[][] probabilities, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            int best = 0;
            for (int c = 1; c < probabilities.length; c++) {
                best = probabilities[c][row] > probabilities[best][row] ? c : best;
            }
            into[row] = best;
        }
    }
}
