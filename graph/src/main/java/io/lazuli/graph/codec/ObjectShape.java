package io.lazuli.graph.codec;

import java.io.Externalizable;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sun.reflect.ReflectionFactory;

/// How objects of a Serializable class are taken apart and made again: field by field, without any of the class's own code. That is
/// what Java serialization does by default, and what the author of such a class agreed to.
///
/// @param fields those that are written, of super classes first; transient ones come back as zero or null
/// @param names  class, name and erased type of each, such as `app.Trip.fare: double`
/// @param maker  makes an object without running a constructor of its class
record ObjectShape(Class<?> type, List<Field> fields, List<String> names, Constructor<?> maker) {
    static final String NOT_OURS = "make it a record of values, or compute it where it is used";
    private static final String NOT_SERIALIZABLE =
            "make it a record of values, let its class implement java.io.Serializable, or compute it where it is used";

    private static final String NOT_A_FUNCTION =
            "if it is a lambda, its interface is not Serializable: use one of io.lazuli.graph.function, or one of your own that"
                    + " extends java.io.Serializable";

    /// What a class declares that wants more than its fields to be written and read.
    private static final Set<String> HOOKS =
            Set.of("writeObject", "readObject", "readObjectNoData", "writeReplace", "readResolve");

    private static final ClassValue<ObjectShape> SHAPES = new ClassValue<>() {
        @Override
        protected ObjectShape computeValue(Class<?> type) {
            try {
                return examine(type);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Object lacks its constructor", e);
            }
        }
    };

    /// Errors: [RefusedValue] if objects of the class are more than their fields, or its author has not said otherwise.
    static ObjectShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static ObjectShape examine(Class<?> type) throws ReflectiveOperationException {
        if (type.isHidden()) {
            throw new RefusedValue(type, NOT_A_FUNCTION);
        }
        if (isOfJdk(type.getModule()) || type.isArray() || type.isEnum() || type.isRecord()
                || Modifier.isAbstract(type.getModifiers())) {
            throw new RefusedValue(type, NOT_OURS);
        }
        List<Field> fields = new ArrayList<>();
        for (Class<?> level = type; level != Object.class; level = level.getSuperclass()) {
            fields.addAll(0, fieldsOf(type, level));
        }
        Constructor<?> maker = ReflectionFactory.getReflectionFactory()
                .newConstructorForSerialization(type, Object.class.getDeclaredConstructor());
        return new ObjectShape(type, List.copyOf(fields), fields.stream().map(ObjectShape::describe).toList(), maker);
    }

    private static List<Field> fieldsOf(Class<?> type, Class<?> level) {
        if (isOfJdk(level.getModule())) {
            throw new RefusedValue(type, NOT_OURS);
        }
        if (!Serializable.class.isAssignableFrom(level)) {
            throw new RefusedValue(type, level == type
                    ? NOT_SERIALIZABLE
                    : "its super class %s is not Serializable; %s".formatted(level.getName(), NOT_OURS));
        }
        if (Externalizable.class.isAssignableFrom(level) || hasHooks(level)) {
            throw new RefusedValue(type,
                    "it has its own way of Java serialization, which is not used here; " + NOT_OURS);
        }
        List<Field> fields = Stream.of(level.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers())
                        && !Modifier.isTransient(field.getModifiers()))
                .toList();
        if (!fields.stream().allMatch(Field::trySetAccessible)) {
            throw new RefusedValue(type, "module %s keeps package %s closed; open it to io.lazuli.graph"
                    .formatted(level.getModule().getName(), level.getPackageName()));
        }
        return fields;
    }

    private static boolean isOfJdk(Module module) {
        return module.isNamed() && (module.getName().startsWith("java.") || module.getName().startsWith("jdk."));
    }

    private static boolean hasHooks(Class<?> level) {
        return Stream.of(level.getDeclaredMethods()).anyMatch(method -> HOOKS.contains(method.getName()))
                || Stream.of(level.getDeclaredFields()).anyMatch(f -> f.getName().equals("serialPersistentFields"));
    }

    private static String describe(Field field) {
        return field.getDeclaringClass().getName() + "." + field.getName() + ": " + field.getType().getTypeName();
    }

    @Nullable
    Object field(Object owner, int index) {
        try {
            return fields.get(index).get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(fields.get(index) + " was accessible", e);
        }
    }

    /// An object with these fields. Errors: [CorruptValue] if one is of another type.
    Object create(@Nullable Object[] values) {
        try {
            Object object = maker.newInstance();
            for (int i = 0; i < values.length; i++) {
                fields.get(i).set(object, values[i]);
            }
            return object;
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new CorruptValue("an object of " + type.getName() + " cannot have what is read: " + e);
        } catch (LinkageError e) {
            throw new CorruptValue(type.getName() + " cannot be initialised: " + e);
        } catch (IllegalAccessException | InstantiationException | InvocationTargetException e) {
            throw new IllegalStateException("an object of " + type + " could be made", e);
        }
    }
}
