package io.lazuli.graph.codec;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/// How an object of a class lies on the heap of a 64-bit JVM with compressed references: a header of 12 bytes, its fields,
/// padding to 8 bytes.
///
/// @param bytes      the object without what it refers to
/// @param references fields that can be read and followed
/// @param hidden     number of fields that refer to something but cannot be read
record ObjectLayout(long bytes, List<Field> references, int hidden) {
    static final int REFERENCE_BYTES = 4;
    static final int ARRAY_HEADER_BYTES = 16;
    private static final int HEADER_BYTES = 12;

    private static final ClassValue<ObjectLayout> LAYOUTS = new ClassValue<>() {
        @Override
        protected ObjectLayout computeValue(Class<?> type) {
            return measure(type);
        }
    };

    /// The layout of a class that is no array; from the second call on a look-up.
    static ObjectLayout of(Class<?> type) {
        return LAYOUTS.get(type);
    }

    static long align(long bytes) {
        return (bytes + 7) & -8;
    }

    static long array(long length, int elementBytes) {
        return align(ARRAY_HEADER_BYTES + length * elementBytes);
    }

    static int elementBytes(Class<?> type) {
        if (type == long.class || type == double.class) {
            return 8;
        }
        if (type == short.class || type == char.class) {
            return 2;
        }
        return type == byte.class || type == boolean.class ? 1 : REFERENCE_BYTES;
    }

    private static ObjectLayout measure(Class<?> type) {
        long bytes = HEADER_BYTES;
        int hidden = 0;
        List<Field> references = new ArrayList<>();
        for (Class<?> level = type; level != null; level = level.getSuperclass()) {
            for (Field field : level.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                bytes += elementBytes(field.getType());
                if (field.getType().isPrimitive()) {
                    continue;
                }
                if (field.trySetAccessible()) {
                    references.add(field);
                } else {
                    hidden++;
                }
            }
        }
        return new ObjectLayout(align(bytes), List.copyOf(references), hidden);
    }
}
