package io.lazuli.graph.bag;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A step at work, which ends what comes after it when it is ended itself.
abstract class Passing implements Receiver {
    final Receiver next;
    final UserCalls calls;

    Passing(String label, Receiver next, PartitionRun run) {
        this.next = next;
        this.calls = new UserCalls(label, run);
    }

    /// Hands on what the user's function returned; returns false if no more are wanted.
    final boolean handOnAll(@Nullable Iterable<?> elements) {
        if (elements == null) {
            throw calls.returnedNull("an iterable");
        }
        boolean wantsMore = true;
        for (Iterator<?> iterator = calls.iterator(elements); wantsMore && calls.hasNext(iterator);) {
            wantsMore = next.accept(calls.next(iterator));
        }
        return wantsMore;
    }

    @Override
    public void end() {
        next.end();
    }
}
