package io.lazuli.ml.model;

import static io.lazuli.dataframe.Expressions.col;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Upstream;
import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Features.Feature;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.graph.GraphParts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What models make of frames, as frames.
final class Predictions {
    /// In front of the names of columns that nobody sees: no name of a user begins so.
    private static final String HIDDEN = "\u0000";

    private Predictions() {}

    static DataFrame of(Predictor model, DataFrame frame, String column) {
        boolean isText = model instanceof Classifier classifier && classifier.classes() instanceof Classes.Texts;
        Field field = new Field(column, isText ? DataType.UTF8 : DataType.FLOAT64);
        return of(model, frame, frame.schema().names(), List.of(field), new AddColumns.OfPredictions(model));
    }

    static DataFrame ofClasses(Classifier model, DataFrame frame, String prefix) {
        List<Field> fields = IntStream.range(0, model.classes().count())
                .mapToObj(c -> new Field(prefix + model.classes().name(c), DataType.FLOAT64))
                .toList();
        return of(model, frame, frame.schema().names(), fields, new AddColumns.OfProbabilities(model));
    }

    static DataFrame ofTransform(Transform model, DataFrame frame) {
        List<String> needed = model.features().names();
        List<String> others = frame.schema().names().stream().filter(name -> !needed.contains(name)).toList();
        List<Field> fields = model.output().all().stream()
                .map(feature -> new Field(
                        feature.name(), feature.kind() == Features.Kind.TEXT ? DataType.UTF8 : DataType.FLOAT64))
                .toList();
        return of(model, frame, others, fields, new AddColumns.OfTransform(model));
    }

    /// @param kept   columns of the frame that stay
    /// @param fields columns that the operation adds
    private static DataFrame of(
            Model model, DataFrame frame, List<String> kept, List<Field> fields, AddColumns.Maker maker) {
        fields.stream().map(Field::name).filter(kept::contains).findFirst().ifPresent(name -> {
            throw MlErrors.columnIsThere(name);
        });
        List<Expr> columns = new ArrayList<>();
        kept.forEach(name -> columns.add(col(name)));
        for (Feature feature : model.features().all()) {
            columns.add(feature(model, feature, frame).as(HIDDEN + feature.name()));
        }
        Upstream rows = frame.select(columns.toArray(Expr[]::new)).partitions();
        GraphParts parts = GraphParts.of(Stream.of(rows));
        Layer layer = parts.add(
                new AddColumns(maker, kept.size()), rows.partitionCount(),
                List.of(new Dependency.OneToOne(rows.token())), "predict");
        Schema schema = new Schema(
                Stream.concat(kept.stream().map(name -> field(frame, name)), fields.stream()).toList());
        DataFrame predicted = DataFrame.of(parts.upstream(layer), schema, "predictions");
        return frame.engine().map(predicted::withEngine).orElse(predicted);
    }

    private static Field field(DataFrame frame, String name) {
        return frame.schema().field(frame.schema().find(name).orElseThrow());
    }

    private static Expr feature(Model model, Feature feature, DataFrame frame) {
        if (frame.schema().find(feature.name()).isEmpty()) {
            throw MlErrors.missingFeatures(model.getClass(), model.features(), frame.schema().names());
        }
        Field field = field(frame, feature.name());
        boolean isText = feature.kind() == Features.Kind.TEXT;
        if (isText != (field.type() == DataType.UTF8)) {
            throw MlErrors.featureType(feature.name(), isText, field.type());
        }
        return isText ? col(feature.name()) : col(feature.name()).cast(DataType.FLOAT64).fillNull(Double.NaN);
    }
}
