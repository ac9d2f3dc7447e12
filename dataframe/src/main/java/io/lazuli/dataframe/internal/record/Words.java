package io.lazuli.dataframe.internal.record;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Single longs of a [StateType] as Java's primitives.
final class Words {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private Words() {}

    /// From the index of a word, memory and the byte at which the first one stands to a primitive of `type`.
    static MethodHandle reader(Class<?> type) throws IllegalAccessException, NoSuchMethodException {
        return LOOKUP.findStatic(Words.class, type.getName() + "At",
                MethodType.methodType(type, int.class, MemorySegment.class, long.class));
    }

    static boolean booleanAt(int word, MemorySegment words, long at) {
        return longAt(word, words, at) != 0;
    }

    static int intAt(int word, MemorySegment words, long at) {
        return (int) longAt(word, words, at);
    }

    static long longAt(int word, MemorySegment words, long at) {
        return words.get(Layouts.LONG, at + word * 8L);
    }

    static double doubleAt(int word, MemorySegment words, long at) {
        return Double.longBitsToDouble(longAt(word, words, at));
    }
}
