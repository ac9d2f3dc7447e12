package io.lazuli.ml;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.data.FeatureIndexes;
import io.lazuli.ml.internal.summary.FeatureNames;
import io.lazuli.ml.model.ChainModel;
import io.lazuli.ml.model.ColumnTransformerModel;
import io.lazuli.ml.model.Transform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Transforms some features in one way and some in another; what is made of them comes side by side, in the order of the parts.
///
/// ```java
/// ColumnTransformer.of(
///         on("age", "fare").apply(SimpleImputer.median(), new StandardScaler()),
///         on("sex").apply(new OneHotEncoder()))
/// ```
///
/// Each part is fitted on its own features, once for all candidates of a search in which it is the same. A feature may be in several
/// parts.
///
/// **Shape.** Features that no part names are dropped, or come last as they are. **Cost.** What the parts cost; columns are shared, not
/// copied. **Errors.** USER if a feature is not there: at build as far as the features are known, else when it is fitted; or if two
/// features of the same name come out.
///
/// **Source.** scikit-learn `ColumnTransformer`, with `verbose_feature_names_out=False`.
public record ColumnTransformer(List<Part> columnParts,
        Remainder remainder) implements Estimator<ColumnTransformerModel>, Composite {
    public static final Param<ColumnTransformer, Remainder> REMAINDER = Param.of(
            ColumnTransformer.class, "remainder", ColumnTransformer::remainder, ColumnTransformer::withRemainder);

    /// What becomes of features that no part names.
    public enum Remainder {
        DROP,
        PASSTHROUGH
    }

    /// Transformers and the features that they are for.
    public record Part(List<String> columns, Chain transformers) {
        /// **Errors.** USER if there are no columns, or one is there twice.
        public Part {
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw MlErrors.partWithoutColumns();
            }
            Set<String> seen = new HashSet<>();
            columns.stream().filter(column -> !seen.add(column)).findFirst().ifPresent(column -> {
                throw MlErrors.columnTwiceInPart(column);
            });
        }
    }

    /// Features that wait for what is to be done with them.
    public record Columns(List<String> names) {
        /// The transformers, one after the other.
        @SafeVarargs
        public final Part apply(Estimator<? extends Transform>... transformers) {
            return new Part(names, Chain.of(transformers));
        }
    }

    public ColumnTransformer {
        columnParts = List.copyOf(columnParts);
        if (columnParts.isEmpty() && remainder == Remainder.DROP) {
            throw MlErrors.noSteps();
        }
    }

    public static ColumnTransformer of(Part... parts) {
        return new ColumnTransformer(List.of(parts), Remainder.DROP);
    }

    /// The features of these names.
    public static Columns on(String... names) {
        return new Columns(List.of(names));
    }

    public ColumnTransformer withRemainder(Remainder remainder) {
        return new ColumnTransformer(columnParts, remainder);
    }

    @Override
    public Lazy<ColumnTransformerModel> plan(Dataset data) {
        List<Lazy<?>> fitted = new ArrayList<>();
        fitted.add(data.fit(new FeatureNames()));
        columnParts.forEach(part -> fitted.add(part.transformers().plan(data.select(part.columns()))));
        return Lazy.join(
                name(), fitted,
                new Join(columnParts.stream().map(Part::columns).toList(), remainder == Remainder.PASSTHROUGH));
    }

    private record Join(List<List<String>> columns,
            boolean keepsOthers) implements Function1<List<Object>, ColumnTransformerModel> {
        @Override
        public ColumnTransformerModel apply(List<Object> fitted) {
            Features features = (Features) fitted.getFirst();
            List<ColumnTransformerModel.Part> parts = new ArrayList<>();
            for (int p = 0; p < columns.size(); p++) {
                parts.add(new ColumnTransformerModel.Part(FeatureIndexes.of(features, columns.get(p)),
                        (ChainModel) fitted.get(p + 1)));
            }
            List<String> used = columns.stream().flatMap(List::stream).toList();
            List<String> others =
                    features.names().stream().filter(name -> keepsOthers && !used.contains(name)).toList();
            ColumnTransformerModel model =
                    new ColumnTransformerModel(features, parts, FeatureIndexes.of(features, others));
            Set<String> seen = new HashSet<>();
            model.output().names().stream().filter(name -> !seen.add(name)).findFirst().ifPresent(name -> {
                throw MlErrors.madeTwice(name);
            });
            return model;
        }
    }

    @Override
    public List<Estimator<?>> parts() {
        return columnParts.stream().<Estimator<?>>map(Part::transformers).toList();
    }

    @Override
    public Estimator<?> withParts(List<Estimator<?>> parts) {
        List<Part> changed = new ArrayList<>();
        for (int p = 0; p < parts.size(); p++) {
            changed.add(new Part(columnParts.get(p).columns(), (Chain) parts.get(p)));
        }
        return new ColumnTransformer(changed, remainder);
    }
}
