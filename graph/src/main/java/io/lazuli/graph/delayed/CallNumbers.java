package io.lazuli.graph.delayed;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Numbers of calls, by identity: an open-addressing table of at most half its size, 16 bytes a call. Calls made one after
/// the other lie side by side in it, see [Delayed#hash].
final class CallNumbers {
    static final int NONE = -1;

    /// Power of two long; the call at a slot, or null.
    private @Nullable Delayed<?>[] calls = new Delayed<?>[16];
    /// The number of the call at the same slot.
    private int[] numbers = new int[16];
    private int size;

    /// The call's number, or [#NONE].
    int of(Delayed<?> call) {
        int slot = slotOf(call);
        return calls[slot] == null ? NONE : numbers[slot];
    }

    /// Numbers a call that has no number yet.
    void put(Delayed<?> call, int number) {
        if (2 * size == calls.length) {
            grow();
        }
        int slot = slotOf(call);
        calls[slot] = call;
        numbers[slot] = number;
        size++;
    }

    private int slotOf(Delayed<?> call) {
        int mask = calls.length - 1;
        int slot = call.hash() & mask;
        while (calls[slot] != null && calls[slot] != call) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        @Nullable Delayed<?>[] oldCalls = calls;
        int[] oldNumbers = numbers;
        calls = Arrays.copyOf(new Delayed<?>[0], Math.multiplyExact(2, oldCalls.length));
        numbers = new int[calls.length];
        for (int i = 0; i < oldCalls.length; i++) {
            Delayed<?> call = oldCalls[i];
            if (call != null) {
                int slot = slotOf(call);
                calls[slot] = call;
                numbers[slot] = oldNumbers[i];
            }
        }
    }
}
