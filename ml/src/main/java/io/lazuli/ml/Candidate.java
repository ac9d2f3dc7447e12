package io.lazuli.ml;

import io.lazuli.ml.model.Predictor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// One of the estimators that a search compares.
///
/// @param parameters what makes it different from others, by name
public record Candidate<M extends Predictor>(SequencedMap<String, Object> parameters, Estimator<M> estimator) {
    public Candidate {
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    }

    /// An estimator as it is.
    static <M extends Predictor> Candidate<M> of(Estimator<M> estimator) {
        return new Candidate<>(new LinkedHashMap<>(), estimator);
    }

    <E, V> Candidate<M> with(Param<E, V> param, V value) {
        SequencedMap<String, Object> more = new LinkedHashMap<>(parameters);
        more.put(param.toString(), value);
        return new Candidate<>(more, Parameters.with(estimator, param, value));
    }
}
