package io.lazuli.dataframe.internal.record;

import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.TextWriter;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One component of many records as a column: a loop for each kind of primitive, and one for values that may be null.
final class CellWriter {
    private static final LocalDateTime EPOCH = LocalDate.EPOCH.atStartOfDay();

    private CellWriter() {}

    static Column write(Component component, List<?> records, Scratch scratch) {
        try {
            return component.isPrimitive()
                    ? writePrimitives(component, records, scratch)
                    : writeObjects(component, records, scratch);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw RowErrors.accessorFailed(component.declaration(), e);
        }
    }

    private static Column writePrimitives(Component component, List<?> records, Scratch scratch) throws Throwable {
        Kind kind = Kind.of(component.type());
        MemorySegment values = scratch.values(kind, records.size());
        switch (kind) {
            case BOOL -> writeBooleans(component.accessor(), records, values);
            case INT -> writeInts(component.accessor(), records, values);
            case LONG -> writeLongs(component.accessor(), records, values);
            case DOUBLE -> writeDoubles(component.accessor(), records, values);
            case UTF8 -> throw new IllegalArgumentException("no primitive is text");
        }
        return new Column(component.type(), records.size(), Column.NO_NULLS, values);
    }

    private static void writeBooleans(MethodHandle accessor, List<?> records, MemorySegment values) throws Throwable {
        for (int row = 0; row < records.size(); row++) {
            Bits.set(values, row, (boolean) accessor.invokeExact((Object) records.get(row)));
        }
    }

    private static void writeInts(MethodHandle accessor, List<?> records, MemorySegment values) throws Throwable {
        for (int row = 0; row < records.size(); row++) {
            values.set(Layouts.INT, row * 4L, (int) accessor.invokeExact((Object) records.get(row)));
        }
    }

    private static void writeLongs(MethodHandle accessor, List<?> records, MemorySegment values) throws Throwable {
        for (int row = 0; row < records.size(); row++) {
            values.set(Layouts.LONG, row * 8L, (long) accessor.invokeExact((Object) records.get(row)));
        }
    }

    private static void writeDoubles(MethodHandle accessor, List<?> records, MemorySegment values) throws Throwable {
        for (int row = 0; row < records.size(); row++) {
            values.set(Layouts.DOUBLE, row * 8L, (double) accessor.invokeExact((Object) records.get(row)));
        }
    }

    private static Column writeObjects(Component component, List<?> records, Scratch scratch) throws Throwable {
        @Nullable Object[] cells = new @Nullable Object[records.size()];
        MemorySegment validity = scratch.bits(cells.length);
        for (int row = 0; row < cells.length; row++) {
            cells[row] = (Object) component.accessor().invokeExact((Object) records.get(row));
            Bits.set(validity, row, cells[row] != null);
        }
        if (Kind.of(component.type()) == Kind.UTF8) {
            return texts(cells, validity, scratch);
        }
        MemorySegment values = scratch.values(Kind.of(component.type()), cells.length);
        for (int row = 0; row < cells.length; row++) {
            set(values, row, Kind.of(component.type()), cells[row]);
        }
        return new Column(component.type(), cells.length, validity, values);
    }

    private static Column texts(@Nullable Object[] cells, MemorySegment validity, Scratch scratch) {
        TextWriter writer = new TextWriter(cells.length, scratch);
        for (int row = 0; row < cells.length; row++) {
            if (cells[row] == null) {
                writer.setEmpty(row);
            } else {
                writer.set(row, (String) cells[row]);
            }
        }
        return writer.finish(cells.length, validity);
    }

    private static void set(MemorySegment values, int row, Kind kind, @Nullable Object cell) {
        switch (kind) {
            case BOOL -> Bits.set(values, row, Boolean.TRUE.equals(cell));
            case INT -> values.set(Layouts.INT, row * 4L, (int) number(cell));
            case LONG -> values.set(Layouts.LONG, row * 8L, number(cell));
            case DOUBLE -> values.set(Layouts.DOUBLE, row * 8L, cell == null ? 0 : (Double) cell);
            case UTF8 -> throw new IllegalArgumentException("texts are written elsewhere");
        }
    }

    /// As stored; 0 for null.
    private static long number(@Nullable Object cell) {
        return switch (cell) {
            case null -> 0;
            case Integer number -> number;
            case Long number -> number;
            case LocalDate date -> Math.toIntExact(date.toEpochDay());
            case LocalDateTime time -> ChronoUnit.MICROS.between(EPOCH, time);
            default -> throw new IllegalArgumentException("no column holds a " + cell.getClass());
        };
    }
}
