package io.lazuli.ml;

import static io.lazuli.dataframe.Expressions.col;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Features.Feature;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.data.Partitions;
import io.lazuli.ml.internal.data.Roles;
import io.lazuli.ml.internal.fit.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The columns of a frame, each in its role.
record FrameRoles(
        DataFrame frame, List<String> features, Optional<String> target, Optional<String> weights,
        Optional<String> groups) {
    FrameRoles {
        features = List.copyOf(features);
    }

    static FrameRoles of(DataFrame frame) {
        return new FrameRoles(frame, frame.schema().names(), Optional.empty(), Optional.empty(), Optional.empty())
                .checked();
    }

    FrameRoles withFeatures(List<String> names) {
        return new FrameRoles(frame, names, target, weights, groups).checked();
    }

    FrameRoles withTarget(String name) {
        return new FrameRoles(frame, without(name), Optional.of(name), weights, groups).checked();
    }

    FrameRoles withWeights(String name) {
        return new FrameRoles(frame, without(name), target, Optional.of(name), groups).checked();
    }

    FrameRoles withGroups(String name) {
        return new FrameRoles(frame, without(name), target, weights, Optional.of(name)).checked();
    }

    private List<String> without(String name) {
        return features.stream().filter(feature -> !feature.equals(name)).toList();
    }

    private FrameRoles checked() {
        List<String> available = frame.schema().names();
        Set<String> seen = new HashSet<>();
        columns().forEach(role -> {
            if (!available.contains(role.column)) {
                throw MlErrors.columnNotFound(role.name, role.column, available);
            }
            if (!seen.add(role.column)) {
                throw MlErrors.columnTwice(role.column);
            }
        });
        return this;
    }

    /// Not before something is planned: all columns are features until some are named.
    private void checkTypes() {
        columns().forEach(role -> {
            DataType type = type(role.column);
            if (!isNumber(type) && (!role.mayBeText || type != DataType.UTF8)) {
                throw MlErrors.unfitColumn(role.name, role.column, type);
            }
        });
    }

    private record Role(String name, String column, boolean mayBeText) {}

    /// In the order of [Roles].
    private Stream<Role> columns() {
        return Stream.of(
                target.stream().map(name -> new Role("target", name, true)),
                weights.stream().map(name -> new Role("weights column", name, false)),
                groups.stream().map(name -> new Role("groups column", name, true)),
                features.stream().map(name -> new Role("feature", name, true)))
                .flatMap(roles -> roles);
    }

    boolean isText(String column) {
        return type(column) == DataType.UTF8;
    }

    private DataType type(String column) {
        return frame.schema().field(frame.schema().find(column).orElseThrow()).type();
    }

    private static boolean isNumber(DataType type) {
        return switch (type) {
            case DataType.Decimal _ -> true;
            case DataType.Simple simple -> switch (simple) {
                case BOOL, INT, LONG, FLOAT64 -> true;
                default -> false;
            };
        };
    }

    /// **Errors.** USER if a column is of a type that nothing learns from.
    Partitions partitions() {
        checkTypes();
        List<Expr> columns = new ArrayList<>();
        columns().forEach(role -> columns.add(isText(role.column) ? col(role.column) : number(role.column)));
        return new Partitions(
                frame.select(columns.toArray(Expr[]::new)).partitions(),
                Values.given(shape(), "features"),
                new Roles(target.isPresent(), weights.isPresent(), groups.isPresent()), Optional.empty());
    }

    private static Expr number(String column) {
        return col(column).cast(DataType.FLOAT64).fillNull(Double.NaN).as(column);
    }

    private Shape shape() {
        List<Feature> all = features.stream()
                .map(name -> isText(name) ? Feature.text(name) : Feature.number(name))
                .toList();
        return new Shape(new Features(all), Classes.NONE);
    }
}
