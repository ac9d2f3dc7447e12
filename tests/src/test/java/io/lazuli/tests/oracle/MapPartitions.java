package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/// `mapPartitions` through Tablesaw and back, of the columns whose values it carries; NaN and the empty text become null there. Of rows
/// in order also `mapOverlap`, which counts values of the rows around each.
record MapPartitions() implements Operator {
    @Override
    public String name() {
        return "mapPartitions";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        List<Attribute> columns = input.attributes().stream().filter(MapPartitions::isCarried).toList();
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        List<String> items = new ArrayList<>();
        for (Attribute column : columns) {
            draw.uses(column.type());
            items.add(item(column));
        }
        DataFrame carried = input.frame().select(columns.stream().map(Attribute::name).toArray(String[]::new));
        return Optional.of(input.isOrdered() && draw.choices().below(2) == 1
                ? counted(input, carried, columns, items, draw)
                : mapped(input, carried, columns, items, draw));
    }

    private static Query mapped(
            Query input, DataFrame carried, List<Attribute> columns, List<String> items, Draw draw) {
        Schema schema = schema(columns);
        boolean isTurned = draw.choices().below(2) == 1;
        return input.then(
                draw.freshName("mapped"),
                carried.mapPartitions(schema, table -> isTurned
                        ? table.reorderColumns(schema.names().reversed().toArray(String[]::new))
                        : table),
                String.join(", ", items),
                "",
                columns,
                input.isOrdered(),
                input.rowLimit());
    }

    private static Query counted(
            Query input, DataFrame carried, List<Attribute> columns, List<String> items, Draw draw) {
        draw.uses("mapOverlap");
        int before = draw.choices().between(0, 5);
        int after = draw.choices().between(0, 5);
        Attribute counted = draw.choices().oneOf(columns);
        String name = draw.freshName("near");
        List<Attribute> all = new ArrayList<>(columns);
        all.add(new Attribute(name, DataType.LONG, before + after + 1, 1, Attribute.Trust.EXACT, Attribute.UNKNOWN));
        List<String> allItems = new ArrayList<>(items);
        allItems.add("count(%s) OVER (ORDER BY %s ROWS BETWEEN %d PRECEDING AND %d FOLLOWING) AS %s".formatted(
                carried(counted), Dialect.ORDER, before, after, Dialect.name(name)));
        return input.then(
                draw.freshName("counted"),
                carried.mapOverlap(schema(all), before, after, table -> counted(
                        table, counted.name(), name, before, after)),
                String.join(", ", allItems),
                "",
                all,
                true,
                input.rowLimit());
    }

    private static Table counted(Table table, String column, String name, int before, int after) {
        Column<?> values = table.column(column);
        LongColumn counts = LongColumn.create(name);
        for (int row = 0; row < values.size(); row++) {
            counts.append(IntStream.range(Math.max(0, row - before), Math.min(values.size(), row + after + 1))
                    .filter(near -> !values.isMissing(near))
                    .count());
        }
        return table.addColumns(counts);
    }

    private static Schema schema(List<Attribute> columns) {
        return new Schema(columns.stream().map(a -> new Field(a.name(), a.type())).toList());
    }

    /// Tablesaw takes the least numbers for missing ones.
    private static boolean isCarried(Attribute column) {
        return column.isKey() && switch (column.type()) {
            case DataType.Simple.INT -> column.limit() <= Term.INT_LIMIT;
            case DataType.Simple.LONG -> column.limit() < 0x1p63;
            case DataType.Simple.BOOL, DataType.Simple.FLOAT64, DataType.Simple.UTF8, DataType.Simple.DATE -> true;
            case DataType.Simple.TIMESTAMP, DataType.Simple.DURATION, DataType.Simple.BINARY -> false;
            case DataType.Decimal ignored -> false;
        };
    }

    private static String item(Attribute column) {
        return carried(column) + " AS " + column.sql();
    }

    private static String carried(Attribute column) {
        String x = column.sql();
        return column.type() == DataType.FLOAT64
                ? "CASE WHEN isnan(" + x + ") THEN NULL ELSE " + x + " END"
                : column.type() == DataType.UTF8 ? "nullif(" + x + ", '')" : x;
    }
}
