package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Plans of operations that choose, name, order and compute columns: all are projections.
final class ColumnPlanner {
    private ColumnPlanner() {}

    /// The columns of these names, in their order. Errors: USER if one is missing.
    static LogicalPlan named(LogicalPlan input, List<String> names) {
        return new Project(input, outputs(input, names));
    }

    /// What these expressions compute. Errors: USER.
    static LogicalPlan computed(LogicalPlan input, List<Expr> columns) {
        OrderedPlanner resolver = OrderedPlanner.of(input, columns);
        List<Output> outputs = columns.stream().map(resolver::output).toList();
        return new Project(resolver.plan(), outputs);
    }

    /// All columns, and what these expressions compute: each in the place of the column of its name, or last.
    ///
    /// Errors: USER, also if two have one name.
    static LogicalPlan extended(LogicalPlan input, List<Expr> columns) {
        OrderedPlanner resolver = OrderedPlanner.of(input, columns);
        Map<String, Output> outputs = new LinkedHashMap<>();
        all(input).forEach(output -> outputs.put(output.name(), output));
        Map<String, Output> added = new LinkedHashMap<>();
        for (Expr column : columns) {
            Output output = resolver.output(column);
            if (added.put(output.name(), output) != null) {
                throw Errors.duplicateColumn(output.name());
            }
        }
        outputs.putAll(added);
        return new Project(resolver.plan(), List.copyOf(outputs.values()));
    }

    /// @param columns names; all where there are none
    static LogicalPlan changed(LogicalPlan input, List<String> columns, UnaryOperator<Expr> change) {
        List<String> names = columns.isEmpty() ? input.schema().names() : columns;
        return extended(input, names.stream().map(name -> change.apply(Expressions.col(name))).toList());
    }

    static LogicalPlan without(LogicalPlan input, List<String> names) {
        List<Output> dropped = outputs(input, names);
        return new Project(input, all(input).filter(output -> !dropped.contains(output)).toList());
    }

    static LogicalPlan ofTypes(LogicalPlan input, List<DataType> types) {
        return new Project(input, all(input).filter(column -> types.contains(column.expression().type())).toList());
    }

    /// All columns, these first.
    static LogicalPlan reordered(LogicalPlan input, List<String> first) {
        List<Output> outputs = new ArrayList<>(outputs(input, first));
        Set<String> named = Set.copyOf(first);
        all(input).filter(column -> !named.contains(column.name())).forEach(outputs::add);
        return new Project(input, outputs);
    }

    /// All columns, those that are keys of `names` under the names that are its values.
    static LogicalPlan renamed(LogicalPlan input, Map<String, String> names) {
        names.keySet().forEach(new Resolver(input)::index);
        return new Project(input, all(input)
                .map(column -> new Output(names.getOrDefault(column.name(), column.name()), column.expression()))
                .toList());
    }

    /// The number of each row, then all columns.
    static LogicalPlan numbered(LogicalPlan input, String name) {
        List<Expr> columns = new ArrayList<>(List.of(Expressions.rowIndex().as(name)));
        input.schema().names().forEach(column -> columns.add(Expressions.col(column)));
        return computed(input, columns);
    }

    /// A constant for the nulls of all columns of types that it fits.
    ///
    /// Errors: USER if there is none; it names the call.
    static LogicalPlan filled(LogicalPlan input, Expr value, Predicate<DataType> fits, String call) {
        List<String> names = input.schema().fields().stream()
                .filter(field -> fits.test(field.type()))
                .map(Field::name)
                .toList();
        if (names.isEmpty()) {
            throw RowErrors.nothingToFill(call, Code.argument(value), input.schema().fields());
        }
        return filled(input, names, value);
    }

    static LogicalPlan filled(LogicalPlan input, List<String> names, Expr value) {
        return extended(input,
                names.stream().map(name -> Expressions.coalesce(Expressions.col(name), value).as(name)).toList());
    }

    private static Stream<Output> all(LogicalPlan input) {
        return RowPlanner.columns(input.schema()).stream();
    }

    private static List<Output> outputs(LogicalPlan input, List<String> names) {
        Resolver resolver = new Resolver(input);
        return names.stream().map(name -> new Output(name, resolver.column(resolver.index(name)))).toList();
    }
}
