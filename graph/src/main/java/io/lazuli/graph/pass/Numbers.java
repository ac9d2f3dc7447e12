package io.lazuli.graph.pass;

import io.lazuli.graph.Token;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Partition numbers as a value: an array that compares by content, is hashed fast and prints short.
///
/// @param values not to be written to
record Numbers(int[] values) {
    /// From `0` to `count - 1`.
    static Numbers upTo(int count) {
        int[] values = new int[count];
        Arrays.setAll(values, i -> i);
        return new Numbers(values);
    }

    int get(int index) {
        return values[index];
    }

    int count() {
        return values.length;
    }

    boolean isIdentity() {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != i) {
                return false;
            }
        }
        return true;
    }

    /// Where each number stands; -1 for those below `count` that do not occur.
    int[] inverse(int count) {
        int[] places = new int[count];
        Arrays.fill(places, -1);
        for (int i = 0; i < values.length; i++) {
            places[values[i]] = i;
        }
        return places;
    }

    /// The token of these partitions of a layer, in this order.
    Token of(Token layer) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Integer.BYTES));
        bytes.asIntBuffer().put(values);
        return Token.of("partitions", layer, bytes.array());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Numbers(int[] that) && Arrays.equals(values, that);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return values.length <= 8 ? Arrays.toString(values) : "[" + values.length + " numbers]";
    }
}
