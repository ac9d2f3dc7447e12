package io.lazuli.ml;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.model.PipelineModel;
import io.lazuli.ml.model.Predictor;
import io.lazuli.ml.model.Transform;
import java.util.List;

/// Transformers, and an estimator that learns from what they make.
///
/// ```java
/// Pipeline.of(new StandardScaler(), new Pca(10)).then(new LogisticRegression())
/// ```
///
/// In a search the transformers are fitted once for all candidates in which they, their parameters and the rows are the same.
///
/// **Source.** scikit-learn `Pipeline`.
public record Pipeline<M extends Predictor>(Chain transformers,
        Estimator<M> last) implements Estimator<PipelineModel<M>>, Composite {
    @SafeVarargs
    public static Chain of(Estimator<? extends Transform>... transformers) {
        return Chain.of(transformers);
    }

    @Override
    public boolean classifies() {
        return last.classifies();
    }

    @Override
    public Lazy<PipelineModel<M>> plan(Dataset data) {
        Dataset rows = Learning.rows(this, data);
        Chain.Planned chain = transformers.planned(rows);
        Lazy<M> model = last.plan(chain.transform(rows));
        return Lazy.join(name(), List.<Lazy<?>>of(chain.model(), model), new Join<>());
    }

    private record Join<M extends Predictor>() implements Function1<List<Object>, PipelineModel<M>> {
        @Override
        @SuppressWarnings("unchecked")
        public PipelineModel<M> apply(List<Object> parts) {
            return PipelineModel.of((Transform) parts.get(0), (M) parts.get(1));
        }
    }

    @Override
    public List<Estimator<?>> parts() {
        return List.of(transformers, last);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Estimator<?> withParts(List<Estimator<?>> parts) {
        return new Pipeline<>((Chain) parts.get(0), (Estimator<M>) parts.get(1));
    }
}
