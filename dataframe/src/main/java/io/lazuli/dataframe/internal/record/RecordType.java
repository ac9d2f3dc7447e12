package io.lazuli.dataframe.internal.record;

import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.user.RowFunction;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.codec.Portable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A record class of the user's program as the columns of a frame: a column for each component, in order. Bound once, by method
/// handles; nothing is reflected on for a row.
public final class RecordType<T extends Record> implements Portable {
    private final Class<T> javaClass;
    private final List<Component> components;
    /// From columns and a row to the record, as an Object.
    private final MethodHandle reader;

    private RecordType(Class<T> javaClass, List<Component> components, MethodHandle reader) {
        this.javaClass = javaClass;
        this.components = components;
        this.reader = reader;
    }

    /// Errors: USER if the class has no components, one whose type is no column's, or is closed to others.
    public static <T extends Record> RecordType<T> of(Class<T> javaClass) {
        RecordComponent[] declared = javaClass.getRecordComponents();
        if (declared.length == 0) {
            throw RowErrors.emptyRecord(javaClass.getSimpleName());
        }
        try {
            List<Component> components = new ArrayList<>();
            for (RecordComponent component : declared) {
                components.add(component(javaClass, component));
            }
            return new RecordType<>(
                    javaClass, components, reader(javaClass, Cells::reader, Column[].class, int.class));
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            throw RowErrors.closedRecord(javaClass.getSimpleName(), javaClass.getPackageName(), e);
        }
    }

    private static Component component(Class<?> owner, RecordComponent component) throws IllegalAccessException {
        DataType type = Component.TYPES.get(component.getType());
        if (type == null) {
            throw RowErrors.unknownComponent(
                    owner.getSimpleName(), component.getType().getSimpleName() + " " + component.getName());
        }
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        Class<?> result = component.getType().isPrimitive() ? component.getType() : Object.class;
        MethodHandle handle =
                MethodHandles.lookup().unreflect(accessor).asType(MethodType.methodType(result, Object.class));
        return new Component(component.getName(), component.getType(), type, handle);
    }

    /// Reads a value of a class from the index of a component, what holds the values and a place in it.
    interface ValueReader {
        MethodHandle of(Class<?> type) throws IllegalAccessException, NoSuchMethodException;
    }

    /// The canonical constructor with each argument read from `source` and `place`; it gives an Object. Errors: USER if the class is
    /// closed to others.
    static MethodHandle reader(Class<?> javaClass, ValueReader values, Class<?> source, Class<?> place) {
        try {
            return openReader(javaClass, values, source, place);
        } catch (IllegalAccessException | InaccessibleObjectException | NoSuchMethodException e) {
            throw RowErrors.closedRecord(javaClass.getSimpleName(), javaClass.getPackageName(), e);
        }
    }

    private static MethodHandle openReader(Class<?> javaClass, ValueReader values, Class<?> source, Class<?> place)
            throws IllegalAccessException, NoSuchMethodException {
        Class<?>[] types =
                Arrays.stream(javaClass.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<?> constructor = javaClass.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        MethodHandle made = MethodHandles.lookup().unreflectConstructor(constructor);
        int[] order = new int[2 * types.length];
        for (int i = types.length - 1; i >= 0; i--) {
            made = MethodHandles.collectArguments(made, i, MethodHandles.insertArguments(values.of(types[i]), 0, i));
            order[2 * i + 1] = 1;
        }
        MethodType type = MethodType.methodType(javaClass, source, place);
        return MethodHandles.permuteArguments(made, type, order).asType(type.changeReturnType(Object.class));
    }

    private record Named<T extends Record>(Class<T> javaClass) implements Form {
        @Override
        public Object restore() {
            return RecordType.of(javaClass);
        }
    }

    @Override
    public Form form() {
        return new Named<>(javaClass);
    }

    public String name() {
        return javaClass.getSimpleName();
    }

    List<Component> components() {
        return components;
    }

    public Schema schema() {
        return new Schema(components.stream().map(c -> new Field(c.name(), c.type())).toList());
    }

    /// How a component was declared, such as `double fare`.
    public String declaration(int component) {
        return components.get(component).declaration();
    }

    /// The rows of a batch whose columns are the components'.
    ///
    /// Errors: DATA if a null meets a primitive component.
    public List<T> read(Batch rows, RowFunction.Place place) {
        checkNulls(rows, place);
        Column[] columns = rows.columns().toArray(Column[]::new);
        List<T> records = new ArrayList<>(rows.rowCount());
        for (int row = 0; row < rows.rowCount(); row++) {
            records.add(read(columns, row));
        }
        return records;
    }

    /// Whether no null meets a primitive component.
    boolean takes(Column[] columns, int row) {
        for (int c = 0; c < columns.length; c++) {
            if (components.get(c).isPrimitive() && columns[c].isNull(row)) {
                return false;
            }
        }
        return true;
    }

    T read(Column[] columns, int row) {
        try {
            return javaClass.cast((Object) reader.invokeExact(columns, row));
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw RowErrors.constructorFailed(name(), Cells.text(components, columns, row), e);
        }
    }

    private void checkNulls(Batch rows, RowFunction.Place place) {
        for (int c = 0; c < components.size(); c++) {
            Component component = components.get(c);
            Column column = rows.column(c);
            for (int row = 0; component.isPrimitive() && column.mayHaveNulls() && row < column.length(); row++) {
                if (column.isNull(row)) {
                    throw RowErrors.nullComponent(name(), component.declaration(), component.name(),
                            place.partition(), place.row() + row);
                }
            }
        }
    }

    /// Records as a batch, which is in `scratch`.
    public Batch write(List<?> records, Scratch scratch) {
        return new Batch(records.size(),
                components.stream().map(component -> CellWriter.write(component, records, scratch)).toList());
    }
}
