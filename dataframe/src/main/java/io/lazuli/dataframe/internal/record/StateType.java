package io.lazuli.dataframe.internal.record;

import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// A record class of primitives as a few longs, one for each component in order: doubles by their bits, true as 1.
final class StateType<S extends Record> {
    private final Class<S> javaClass;
    private final List<Component> components;
    /// From memory and a byte in it to the record, as an Object.
    private final MethodHandle reader;

    private StateType(Class<S> javaClass, List<Component> components, MethodHandle reader) {
        this.javaClass = javaClass;
        this.components = components;
        this.reader = reader;
    }

    /// Errors: USER if the class has no components, one that is no primitive, or is closed to others.
    static <S extends Record> StateType<S> of(Class<S> javaClass) {
        List<Component> components = RecordType.of(javaClass).components();
        for (Component component : components) {
            if (!component.isPrimitive()) {
                throw RowErrors.stateComponent(javaClass.getSimpleName(), component.declaration());
            }
        }
        return new StateType<>(javaClass, components, RecordType.reader(javaClass, Words::reader, MemorySegment.class,
                long.class));
    }

    int wordCount() {
        return components.size();
    }

    S read(MemorySegment words, long at) {
        try {
            return javaClass.cast((Object) reader.invokeExact(words, at));
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw RowErrors.stateConstructorFailed(javaClass.getSimpleName(), e);
        }
    }

    void write(S state, MemorySegment words, long at) {
        for (int c = 0; c < components.size(); c++) {
            words.set(Layouts.LONG, at + c * 8L, word(components.get(c), state));
        }
    }

    private static long word(Component component, Object state) {
        try {
            return switch (Kind.of(component.type())) {
                case BOOL -> (boolean) component.accessor().invokeExact(state) ? 1 : 0;
                case INT -> (int) component.accessor().invokeExact(state);
                case LONG -> (long) component.accessor().invokeExact(state);
                case DOUBLE -> Double.doubleToRawLongBits((double) component.accessor().invokeExact(state));
                case UTF8 -> throw new IllegalStateException("no primitive is text");
            };
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw RowErrors.accessorFailed(component.declaration(), e);
        }
    }
}
