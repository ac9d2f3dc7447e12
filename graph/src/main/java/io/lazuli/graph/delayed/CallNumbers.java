package io.lazuli.graph.delayed;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Numbers of calls, by identity: an open-addressing table of at most half its size, 16 bytes a call.
///
/// Calls made one after the other ([Delayed#hash]) lie side by side, in blocks of the size of a cache line; blocks are spread over
/// the table, and who finds its slot taken goes on in another block. Were the blocks in order too, calls made much later would
/// come to lie in the midst of them, and have to pass thousands.
final class CallNumbers {
    static final int NONE = -1;

    private static final int BLOCK_BITS = 4;
    private static final int BLOCK_MASK = (1 << BLOCK_BITS) - 1;
    /// To the next slot of the next block: odd, so that it leads to all slots.
    private static final int STEP = (1 << BLOCK_BITS) + 1;
    /// 2^32 over the golden ratio: spreads consecutive numbers evenly over the highest bits.
    private static final int SPREAD = 0x9e3779b9;

    /// Power of two long, at least two blocks; the call at a slot, or null.
    private @Nullable Delayed<?>[] calls = new Delayed<?>[4 << BLOCK_BITS];
    /// The number of the call at the same slot.
    private int[] numbers = new int[4 << BLOCK_BITS];
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
        int hash = call.hash();
        int block = (hash >>> BLOCK_BITS) * SPREAD >>> Integer.numberOfLeadingZeros(mask) + BLOCK_BITS;
        int slot = block << BLOCK_BITS | hash & BLOCK_MASK;
        while (calls[slot] != null && calls[slot] != call) {
            slot = slot + STEP & mask;
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
