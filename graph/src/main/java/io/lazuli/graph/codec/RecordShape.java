package io.lazuli.graph.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How records of a class are taken apart and made again.
///
/// @param components  name and erased type of each, such as `fare: double`
/// @param readers     of type `(Object)Object`
/// @param constructor the canonical one, of type `(Object[])Object`
record RecordShape(Class<?> type, List<String> components, List<MethodHandle> readers, MethodHandle constructor) {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            try {
                return examine(type);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("record " + type + " lacks what every record has", e);
            }
        }
    };

    /// Errors: [RefusedValue] if this module may not look into the record.
    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static RecordShape examine(Class<?> type) throws ReflectiveOperationException {
        if (type.isHidden()) {
            throw new RefusedValue(type, "it is a hidden class, which has no name to find it by");
        }
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        RecordComponent[] components = type.getRecordComponents();
        List<MethodHandle> readers = new ArrayList<>();
        for (RecordComponent component : components) {
            Field field = type.getDeclaredField(component.getName());
            if (!field.trySetAccessible()) {
                throw notOpen(type);
            }
            readers.add(lookup.unreflectGetter(field).asType(MethodType.methodType(Object.class, Object.class)));
        }
        Constructor<?> canonical = type.getDeclaredConstructor(
                Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        if (!canonical.trySetAccessible()) {
            throw notOpen(type);
        }
        MethodHandle constructor = lookup.unreflectConstructor(canonical)
                .asType(MethodType.genericMethodType(components.length))
                .asSpreader(Object[].class, components.length);
        return new RecordShape(type, describe(components), List.copyOf(readers), constructor);
    }

    private static RefusedValue notOpen(Class<?> type) {
        return new RefusedValue(type, "module %s keeps package %s closed; open it to io.lazuli.graph"
                .formatted(type.getModule().getName(), type.getPackageName()));
    }

    private static List<String> describe(RecordComponent[] components) {
        return Arrays.stream(components).map(c -> c.getName() + ": " + c.getType().getTypeName()).toList();
    }

    @Nullable
    Object component(Object owner, int index) {
        try {
            return readers.get(index).invokeExact(owner);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot read " + components.get(index) + " of " + type, e);
        }
    }

    /// A record of these components. Errors: [CorruptValue] if its constructor refuses them.
    Object create(@Nullable Object[] values) {
        try {
            return constructor.invokeExact(values);
        } catch (Exception e) {
            throw new CorruptValue("record " + type.getName() + " cannot be made of what is read: " + e);
        } catch (LinkageError e) {
            throw new CorruptValue("record " + type.getName() + " cannot be initialised: " + e);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("neither an exception nor an error", e);
        }
    }
}
