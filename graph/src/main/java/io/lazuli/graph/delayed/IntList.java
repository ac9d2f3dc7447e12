package io.lazuli.graph.delayed;

import java.util.Arrays;

/// Ints, one after the other.
final class IntList {
    private int[] ints = new int[4];
    private int size;

    int size() {
        return size;
    }

    void add(int value) {
        if (size == ints.length) {
            ints = Arrays.copyOf(ints, Math.multiplyExact(2, size));
        }
        ints[size++] = value;
    }

    int[] toArray() {
        return Arrays.copyOf(ints, size);
    }
}
