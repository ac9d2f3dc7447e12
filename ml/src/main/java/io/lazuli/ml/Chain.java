package io.lazuli.ml;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.model.ChainModel;
import io.lazuli.ml.model.Predictor;
import io.lazuli.ml.model.Transform;
import java.util.ArrayList;
import java.util.List;

/// Transformers one after the other: each learns from what the one before makes of the rows.
///
/// ```java
/// Chain.of(SimpleImputer.median(), new StandardScaler())
/// ```
///
/// @param steps at least one
public record Chain(List<Estimator<? extends Transform>> steps) implements Estimator<ChainModel>, Composite {
    public Chain {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw MlErrors.noSteps();
        }
    }

    @SafeVarargs
    public static Chain of(Estimator<? extends Transform>... steps) {
        return new Chain(List.of(steps));
    }

    /// What the last transformer makes goes to an estimator.
    public <M extends Predictor> Pipeline<M> then(Estimator<M> last) {
        return new Pipeline<>(this, last);
    }

    @Override
    public Lazy<ChainModel> plan(Dataset data) {
        return planned(data).model();
    }

    /// A chain that is fitted, and the rows that it was fitted on as it transforms them.
    record Planned(Lazy<ChainModel> model, List<Lazy<Transform>> steps) {
        /// Other rows as the chain transforms them.
        Dataset transform(Dataset data) {
            Dataset transformed = data;
            for (Lazy<Transform> step : steps) {
                transformed = transformed.transform(step);
            }
            return transformed;
        }
    }

    Planned planned(Dataset data) {
        List<Lazy<Transform>> fitted = new ArrayList<>();
        Dataset rows = data;
        for (Estimator<? extends Transform> step : steps) {
            Lazy<Transform> model = upcast(step.plan(rows));
            fitted.add(model);
            rows = fitted.size() < steps.size() ? rows.transform(model) : rows;
        }
        return new Planned(Lazy.join(name(), fitted, new Join()), fitted);
    }

    @SuppressWarnings("unchecked")
    private static Lazy<Transform> upcast(Lazy<? extends Transform> model) {
        return (Lazy<Transform>) model;
    }

    private record Join() implements Function1<List<Transform>, ChainModel> {
        @Override
        public ChainModel apply(List<Transform> steps) {
            return new ChainModel(steps);
        }
    }

    @Override
    public List<Estimator<?>> parts() {
        return List.copyOf(steps);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Estimator<?> withParts(List<Estimator<?>> parts) {
        return new Chain(parts.stream()
                .<Estimator<? extends Transform>>map(part -> (Estimator<? extends Transform>) part).toList());
    }
}
