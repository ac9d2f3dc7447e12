package io.lazuli.ml;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.Engine;
import io.lazuli.graph.HeldResult;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Upstream;
import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.FoldRule;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.data.FeatureIndexes;
import io.lazuli.ml.internal.data.FoldSelection;
import io.lazuli.ml.internal.data.Partitions;
import io.lazuli.ml.internal.fit.ClassCounts;
import io.lazuli.ml.internal.fit.Decisions;
import io.lazuli.ml.internal.fit.Fits;
import io.lazuli.ml.internal.fit.RowLayers;
import io.lazuli.ml.internal.fit.Scores;
import io.lazuli.ml.internal.fit.Values;
import io.lazuli.ml.metrics.Metric;
import io.lazuli.ml.model.Classifier;
import io.lazuli.ml.model.Predictor;
import io.lazuli.ml.model.Transform;
import io.lazuli.ml.selection.ShuffleSplit;
import io.lazuli.ml.selection.Splitter;
import io.lazuli.ml.selection.StratifiedShuffleSplit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rows to learn from or to predict for: the columns of a frame, each in its role.
///
/// ```java
/// Dataset flights = Dataset.of(frame).withTarget("delay").withWeights("passengers");
/// ```
///
/// | role | types | null |
/// |---|---|---|
/// | feature | numbers, BOOL as 0 and 1; UTF8 for encoders | a missing value, as NaN is |
/// | target | numbers, BOOL; UTF8 for classifiers | an error when it is met |
/// | weights | numbers that are not negative | an error when it is met |
/// | groups | numbers, BOOL, UTF8 | a group of its own |
///
/// Lazy and immutable: nothing is read before something is computed.
public final class Dataset {
    /// Empty once rows have been transformed or selected.
    private final Optional<FrameRoles> roles;
    /// Null until something is planned for the roles.
    private @Nullable Partitions partitions;
    private final Target target;
    private final Optional<Engine> engine;

    /// What is known of the target.
    enum Target {
        NONE,
        NUMBER,
        TEXT,
        /// The index of a class.
        CLASS
    }

    private Dataset(Optional<FrameRoles> roles, @Nullable Partitions partitions, Target target, Optional<Engine> engine) {
        this.roles = roles;
        this.partitions = partitions;
        this.target = target;
        this.engine = engine;
    }

    /// What follows on the same rows, once it is known what became of some work. A record, which travels.
    interface Decision<T> {
        /// @param results each a value or a [io.lazuli.ml.internal.fit.Failure]
        Lazy<T> decide(List<Object> results, Dataset rows);
    }

    private record OnRows<T>(Decision<T> decision, Target target) implements Decisions.Decision {
        @Override
        public Upstream decide(List<Object> results, Partitions rows) {
            return decision.decide(results, new Dataset(Optional.empty(), rows, target, Optional.empty())).value();
        }
    }

    /// The value that comes of a decision, which keeps the rows. **Lazy.** Nothing is read.
    <T> Lazy<T> decide(String name, List<Upstream> results, Decision<T> decision) {
        return new Lazy<>(Decisions.plan(new OnRows<>(decision, target), results, partitions(), name), name, engine);
    }

    private static Dataset of(FrameRoles roles) {
        Target target = roles.target().map(name -> roles.isText(name) ? Target.TEXT : Target.NUMBER).orElse(Target.NONE);
        return new Dataset(Optional.of(roles), null, target, roles.frame().engine());
    }

    /// All columns are features.
    public static Dataset of(DataFrame frame) {
        return of(FrameRoles.of(frame));
    }

    /// The same with these features, in this order. **Errors.** USER if one is no column, or has another role.
    public Dataset withFeatures(String... names) {
        return of(source().withFeatures(List.of(names)));
    }

    /// The same with a column to be predicted, which is no feature. **Errors.** USER if there is no such column.
    public Dataset withTarget(String name) {
        return of(source().withTarget(name));
    }

    /// The same with a column that says how much each row counts, and is no feature. **Errors.** USER if there is no such column.
    public Dataset withWeights(String name) {
        return of(source().withWeights(name));
    }

    /// The same with a column that says which rows belong together, and is no feature: a splitter of groups never parts them.
    /// **Errors.** USER if there is no such column.
    public Dataset withGroups(String name) {
        return of(source().withGroups(name));
    }

    private FrameRoles source() {
        return roles.orElseThrow(MlErrors::rolesTooLate);
    }

    /// **Errors.** USER if a column is of a type that nothing learns from.
    Partitions partitions() {
        Partitions known = partitions;
        if (known == null) {
            known = roles.orElseThrow().partitions();
            partitions = known;
        }
        return known;
    }

    Optional<Engine> engine() {
        return engine;
    }

    private Dataset with(Partitions partitions, Target target) {
        return new Dataset(Optional.empty(), partitions, target, engine);
    }

    /// Reads the rows and keeps them in the engine as estimators see them, within its memory limit (they may be spilled to disk), and waits.
    /// What is planned for the dataset that is returned starts from there. The memory goes back when no such dataset is reachable any more.
    ///
    /// Rows that are a part of a split are kept with all others.
    public Dataset persist() {
        Set<HeldResult> results = partitions().upstreams()
                .flatMap(upstream -> upstream.results().stream())
                .collect(Collectors.toSet());
        Engine chosen = HeldResult.engineFor(results, engine);
        return new Dataset(roles, partitions().map(upstream -> held(upstream, chosen)), target, Optional.of(chosen));
    }

    private static Upstream held(Upstream upstream, Engine engine) {
        if (upstream.layers().isEmpty()) {
            return upstream;
        }
        TaskGraph graph = new TaskGraph(upstream.held(), upstream.layers(), upstream.token());
        return Upstream.of(HeldResult.of(engine, engine.persist(graph, JobOptions.DEFAULTS.withName("dataset"))));
    }

    /// What the fit makes of the rows. For those who write estimators. **Lazy.** Nothing is read.
    public <M> Lazy<M> fit(Fit<?, ?, M> fit) {
        return new Lazy<>(Fits.plan(fit, partitions()), fit.name(), engine);
    }

    /// The rows with other features, which a model makes of theirs.
    public Dataset transform(Lazy<? extends Transform> model) {
        return with(RowLayers.transformed(partitions(), model.value(), model.toString()), target);
    }

    /// The rows with these features, in this order. **Errors.** USER if one is not there: now, if the features are known already, else
    /// when something is computed.
    public Dataset select(List<String> features) {
        roles.ifPresent(known -> FeatureIndexes.of(Features.numbers(known.features()), features));
        return with(RowLayers.selected(partitions(), features), target);
    }

    /// The rows with a number as their target. **Errors.** USER if there is no target, or it is text.
    ///
    /// @param estimator who asks
    public Dataset regression(String estimator) {
        switch (target) {
            case NONE -> throw MlErrors.noTarget(estimator);
            case TEXT -> throw MlErrors.textTarget(estimator);
            case NUMBER, CLASS -> {}
        }
        return this;
    }

    /// The rows with the index of a class as their target; the classes are those of all rows, also of those that a fold leaves out.
    /// **Errors.** USER if there is no target.
    ///
    /// @param estimator who asks
    public Dataset classification(String estimator) {
        return switch (target) {
            case NONE -> throw MlErrors.noTarget(estimator);
            case CLASS -> this;
            case NUMBER, TEXT ->
                with(RowLayers.classified(partitions(), Fits.plan(new ClassCounts(), partitions().all())), Target.CLASS);
        };
    }

    /// The rows split for training and testing; of rows that are a part of a split already, these. **Lazy.** Nothing is read.
    ///
    /// **Errors.** When something is computed: DATA if there are too few rows, members of a class or groups; USER if a role is missing that
    /// the splitter goes by.
    public List<Split> split(Splitter splitter) {
        Map<FoldRule<?, ?>, Upstream> folds = new HashMap<>();
        return splitter.folds().stream().map(fold -> {
            Upstream rows = folds.computeIfAbsent(fold.rule(), rule -> RowLayers.folds(partitions(), rule));
            FoldSelection.Rule train = switch (fold.trainOn()) {
                case OTHERS -> FoldSelection.Rule.OTHER;
                case BEFORE -> FoldSelection.Rule.BEFORE;
            };
            return new Split(
                    select(rows, new FoldSelection(train, fold.index())),
                    select(rows, new FoldSelection(FoldSelection.Rule.EQUAL, fold.index())));
        }).toList();
    }

    /// Random rows to test on, and all others to train on. **Lazy.** As [#split].
    ///
    /// @param testShare of the rows, above 0 and below 1; or the number of them
    public Split trainTestSplit(double testShare, long seed) {
        return split(ShuffleSplit.of(1, testShare, seed)).getFirst();
    }

    /// As [#trainTestSplit], with the same share of each class on both sides.
    public Split stratifiedTrainTestSplit(double testShare, long seed) {
        return split(StratifiedShuffleSplit.of(1, testShare, seed)).getFirst();
    }

    private Dataset select(Upstream folds, FoldSelection rows) {
        return with(partitions().select(new Partitions.Selection(folds, rows)), target);
    }

    /// A number for each metric, of what the model predicts for the rows. **Lazy.** Nothing is read.
    public Lazy<double[]> score(Lazy<? extends Predictor> model, List<? extends Metric<?>> metrics) {
        return new Lazy<>(
                Scores.plan(partitions(), model.value(), List.copyOf(metrics), model.toString()), "scores of " + model,
                engine);
    }

    /// How good what a model predicts for the rows is, and waits. Targets are the classes that the model knows.
    ///
    /// **Errors.** USER if the rows have other features than the model, or no target; DATA if a target is a class that the model does not
    /// know.
    public double score(Predictor model, Metric<?> metric) {
        Dataset rows = model instanceof Classifier classifier ? classified(classifier.classes()) : this;
        if (target == Target.NONE) {
            throw MlErrors.noTarget(metric.name());
        }
        return rows.score(Lazy.of(model), List.of(metric)).compute()[0];
    }

    private Dataset classified(Classes classes) {
        if (target == Target.NONE || target == Target.CLASS) {
            return this;
        }
        return with(RowLayers.classified(partitions(), Values.given(classes, "classes")), Target.CLASS);
    }

    /// What a metric sums up over the rows, such as a [io.lazuli.ml.metrics.ConfusionMatrix]. **Lazy.** Nothing is read.
    public <S> Lazy<S> summary(Lazy<? extends Predictor> model, Metric<S> metric) {
        String description = metric.name() + " of " + model;
        return new Lazy<>(Scores.sum(partitions(), model.value(), metric, model.toString()), description, engine);
    }
}
