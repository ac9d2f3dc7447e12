package io.lazuli.graph.codec;

import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;

/// Arrays that are written as they lie in memory. The order is part of the format.
enum PrimitiveArray {
    BYTES(Layouts.BYTE),
    SHORTS(Layouts.SHORT),
    CHARS(Layouts.CHAR),
    INTS(Layouts.INT),
    LONGS(Layouts.LONG),
    FLOATS(Layouts.FLOAT),
    DOUBLES(Layouts.DOUBLE);

    private static final PrimitiveArray[] ALL = values();

    private final ValueLayout layout;

    PrimitiveArray(ValueLayout layout) {
        this.layout = layout;
    }

    static PrimitiveArray of(Class<?> elements) {
        for (PrimitiveArray kind : ALL) {
            if (kind.layout.carrier() == elements) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no array of numbers or characters: " + elements);
    }

    static PrimitiveArray of(int ordinal) {
        return ALL[ordinal];
    }

    static int count() {
        return ALL.length;
    }

    void write(Object array, Output out) {
        int length = Array.getLength(array);
        out.putCount(length);
        out.putArray(array, length, layout);
    }

    Object read(Input in) {
        int length = in.nextCount((int) layout.byteSize());
        Object array = Array.newInstance(layout.carrier(), length);
        in.fill(array, length, layout);
        return array;
    }
}
