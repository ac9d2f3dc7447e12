package io.lazuli.ml;

import io.lazuli.ml.model.Predictor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One of the estimators that a search compares.
///
/// @param parameters what makes it different from others, by name
public record Candidate<M extends Predictor>(Map<String, Object> parameters, Estimator<M> estimator) {
    public Candidate {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    <E, V> Candidate<M> with(Param<E, V> param, V value) {
        Map<String, Object> more = new LinkedHashMap<>(parameters);
        more.put(param.toString(), value);
        return new Candidate<>(more, Parameters.with(estimator, param, value));
    }
}
