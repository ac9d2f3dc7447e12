package io.lazuli.tests.oracle;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `mapPartitions` through Tablesaw and back, of the columns whose values it carries; NaN and the empty text become null there.
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
        Schema schema = new Schema(columns.stream().map(a -> new Field(a.name(), a.type())).toList());
        boolean isTurned = draw.choices().below(2) == 1;
        String[] names = columns.stream().map(Attribute::name).toArray(String[]::new);
        return Optional.of(input.then(
                draw.freshName("mapped"),
                input.frame().select(names).mapPartitions(schema, table -> isTurned
                        ? table.reorderColumns(schema.names().reversed().toArray(String[]::new))
                        : table),
                String.join(", ", items),
                "",
                columns,
                input.isOrdered(),
                input.rowLimit()));
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
        String x = column.sql();
        String carried = column.type() == DataType.FLOAT64
                ? "CASE WHEN isnan(" + x + ") THEN NULL ELSE " + x + " END"
                : column.type() == DataType.UTF8 ? "nullif(" + x + ", '')" : x;
        return carried + " AS " + x;
    }
}
