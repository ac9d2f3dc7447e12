package io.lazuli.dataframe.internal.tablesaw;

import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.TextWriter;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.lang.foreign.MemorySegment;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/// A Tablesaw table as batches of a declared schema. Missing values are nulls, so NaN and empty text are, too.
final class TableReader implements BatchReader {
    private static final long MICROS_A_SECOND = 1_000_000;

    private final Scratch scratch;
    private final List<Field> fields;
    private final List<tech.tablesaw.columns.Column<?>> columns = new ArrayList<>();
    /// The first row that was not read yet, and the one behind the last that is.
    private int position;
    private int end;

    /// Errors: USER if the table has other columns than declared.
    ///
    /// @param function what returned the table, such as `mapPartitions (Trips.java:42)`
    TableReader(Table table, Schema declared, String function, int partition, Scratch scratch) {
        this.scratch = scratch;
        this.fields = declared.fields();
        this.end = table.rowCount();
        List<String> names = table.columnNames();
        for (Field field : fields) {
            int index = names.indexOf(field.name());
            if (index < 0) {
                throw RowErrors.tableSchema(function, partition, "no column '" + field.name() + "'", declared);
            }
            if (!fits(table.column(index), field.type())) {
                String found = "column '%s' of type %s".formatted(field.name(), table.column(index).type().name());
                throw RowErrors.tableSchema(function, partition, found, declared);
            }
            columns.add(table.column(index));
        }
        for (String name : names) {
            if (declared.find(name).isEmpty()) {
                throw RowErrors.tableSchema(function, partition, "a column '" + name + "' more", declared);
            }
        }
    }

    /// Reads these rows only; before the first is read.
    void restrict(int start, int count) {
        position = start;
        end = start + count;
    }

    private static boolean fits(tech.tablesaw.columns.Column<?> column, DataType type) {
        boolean isInt = column instanceof IntColumn || column instanceof ShortColumn;
        return switch (type) {
            case DataType.Simple.BOOL -> column instanceof BooleanColumn;
            case DataType.Simple.INT -> isInt;
            case DataType.Simple.LONG -> isInt || column instanceof LongColumn;
            case DataType.Simple.FLOAT64 -> column instanceof NumericColumn<?>;
            case DataType.Simple.UTF8 -> column instanceof StringColumn;
            case DataType.Simple.DATE -> column instanceof DateColumn;
            case DataType.Simple.TIMESTAMP -> column instanceof DateTimeColumn;
            case DataType.Simple.DURATION, DataType.Simple.BINARY -> false;
            case DataType.Decimal ignored -> false;
        };
    }

    @Override
    public Optional<Batch> next() {
        int length = Math.min(Batch.ROWS, end - position);
        if (length <= 0) {
            return Optional.empty();
        }
        List<Column> batch = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            batch.add(read(columns.get(c), fields.get(c).type(), length));
        }
        position += length;
        return Optional.of(new Batch(length, batch));
    }

    private Column read(tech.tablesaw.columns.Column<?> column, DataType type, int length) {
        MemorySegment validity = scratch.bits(length);
        for (int row = 0; row < length; row++) {
            Bits.set(validity, row, !column.isMissing(position + row));
        }
        if (Kind.of(type) == Kind.UTF8) {
            return texts((StringColumn) column, validity, length);
        }
        MemorySegment values = scratch.values(Kind.of(type), length).fill((byte) 0);
        for (int row = 0; row < length; row++) {
            if (Bits.get(validity, row)) {
                set(values, row, type, column, position + row);
            }
        }
        return new Column(type, length, validity, values);
    }

    private Column texts(StringColumn column, MemorySegment validity, int length) {
        TextWriter writer = new TextWriter(length, scratch);
        for (int row = 0; row < length; row++) {
            if (Bits.get(validity, row)) {
                writer.set(row, column.get(position + row));
            } else {
                writer.setEmpty(row);
            }
        }
        return writer.finish(length, validity);
    }

    /// No column fits these, see [#fits].
    private static IllegalArgumentException noColumn(DataType type) {
        return new IllegalArgumentException("a table has no column of " + type);
    }

    private static void set(
            MemorySegment values, int row, DataType type, tech.tablesaw.columns.Column<?> column, int from) {
        switch (type) {
            case DataType.Simple.BOOL -> Bits.set(values, row, ((BooleanColumn) column).get(from));
            case DataType.Simple.INT ->
                values.set(Layouts.INT, row * 4L, (int) ((NumericColumn<?>) column).getDouble(from));
            case DataType.Simple.LONG -> values.set(Layouts.LONG, row * 8L, column instanceof LongColumn longs
                    ? longs.getLong(from)
                    : (long) ((NumericColumn<?>) column).getDouble(from));
            case DataType.Simple.FLOAT64 ->
                values.set(Layouts.DOUBLE, row * 8L, ((NumericColumn<?>) column).getDouble(from));
            case DataType.Simple.UTF8 -> throw new IllegalArgumentException("texts are read elsewhere");
            case DataType.Simple.DURATION, DataType.Simple.BINARY -> throw noColumn(type);
            case DataType.Decimal ignored -> throw noColumn(type);
            case DataType.Simple.DATE ->
                values.set(Layouts.INT, row * 4L, Math.toIntExact(((DateColumn) column).get(from).toEpochDay()));
            case DataType.Simple.TIMESTAMP ->
                values.set(Layouts.LONG, row * 8L, micros(((DateTimeColumn) column).get(from)));
        }
    }

    private static long micros(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) * MICROS_A_SECOND + time.getNano() / 1000;
    }

    @Override
    public void close() {}
}
