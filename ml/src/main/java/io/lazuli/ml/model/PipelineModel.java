package io.lazuli.ml.model;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;

/// A model behind a transform. It is a [Classifier] if the model is one.
///
/// @param <M> the model
public sealed interface PipelineModel<M extends Predictor> extends Predictor {
    Transform transform();

    M model();

    static <M extends Predictor> PipelineModel<M> of(Transform transform, M model) {
        return model instanceof Classifier ? new OfClassifier<>(transform, model) : new OfNumbers<>(transform, model);
    }

    @Override
    default Features features() {
        return transform().features();
    }

    @Override
    default TilePredictor predictor(Rows rows) {
        TransformedTile transformed = new TransformedTile(transform().output().count());
        Transform.TileTransform tiles = transform().over(rows);
        TilePredictor predictor = model().predictor(new TransformedRows(rows, transform().output(), tiles));
        return (tile, into) -> predictor.predict(transformed.fill(tile, tiles), into);
    }

    /// Predicts numbers.
    record OfNumbers<M extends Predictor>(Transform transform, M model) implements PipelineModel<M> {}

    /// Predicts classes.
    record OfClassifier<M extends Predictor>(Transform transform, M model) implements PipelineModel<M>, Classifier {
        @Override
        public Classes classes() {
            return last().classes();
        }

        private Classifier last() {
            return (Classifier) model;
        }

        @Override
        public TileClassifier classifier(Rows rows) {
            TransformedTile transformed = new TransformedTile(transform.output().count());
            Transform.TileTransform tiles = transform.over(rows);
            TileClassifier classifier = last().classifier(new TransformedRows(rows, transform.output(), tiles));
            return (tile, into) -> classifier.probabilities(transformed.fill(tile, tiles), into);
        }

        @Override
        public TilePredictor predictor(Rows rows) {
            return PipelineModel.super.predictor(rows);
        }
    }
}
