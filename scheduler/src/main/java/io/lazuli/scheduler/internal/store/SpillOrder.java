package io.lazuli.scheduler.internal.store;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The results that may be spilled, the one first that is needed latest; among equals the one that came first.
///
/// A thread adds to a part of its own, so that threads hardly ever wait for each other; who polls looks at the first of each
/// part. A part is a binary heap whose results know their places, so that any of them leaves in O(log n). Thread-safe.
final class SpillOrder {
    private final Part[] parts = new Part[Stripes.count()];
    /// Results that ever came.
    private final AtomicLong arrivals = new AtomicLong();

    SpillOrder() {
        Arrays.setAll(parts, _ -> new Part());
    }

    /// Adds a result unless it is there or gone. One that comes back takes its old place among its equals.
    void add(SpillableResult result) {
        if (result.arrival == 0) {
            result.part = Stripes.own();
            result.arrival = arrivals.incrementAndGet();
        }
        parts[result.part].add(result);
    }

    void remove(SpillableResult result) {
        parts[result.part].remove(result);
    }

    /// Takes the first off; null if there is none. While others add and remove, it may not quite be the first.
    @Nullable
    SpillableResult poll() {
        while (true) {
            SpillableResult first = null;
            for (Part part : parts) {
                SpillableResult candidate = part.first();
                if (first == null || candidate != null && isBefore(candidate, first)) {
                    first = candidate;
                }
            }
            if (first == null || parts[first.part].remove(first)) {
                return first;
            }
        }
    }

    int size() {
        int size = 0;
        for (Part part : parts) {
            size += part.size();
        }
        return size;
    }

    private static boolean isBefore(SpillableResult a, SpillableResult b) {
        return a.order != b.order ? a.order > b.order : a.arrival < b.arrival;
    }

    /// Invariant: `heap[r.place] == r` for each result in it, `r.place < 0` for all others; no parent is needed sooner than
    /// its child.
    private static final class Part {
        private @Nullable SpillableResult[] heap = new SpillableResult[16];
        private int size;

        synchronized void add(SpillableResult result) {
            if (result.isGone() || result.place >= 0) {
                return;
            }
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            size++;
            rise(result, size - 1);
        }

        synchronized @Nullable SpillableResult first() {
            return heap[0];
        }

        /// False if it is not there.
        synchronized boolean remove(SpillableResult result) {
            int hole = result.place;
            if (hole < 0) {
                return false;
            }
            result.place = -1;
            size--;
            SpillableResult last = at(size);
            heap[size] = null;
            if (hole < size) {
                sink(last, hole);
                if (last.place == hole) {
                    rise(last, hole);
                }
            }
            return true;
        }

        synchronized int size() {
            return size;
        }

        private void rise(SpillableResult result, int from) {
            int place = from;
            while (place > 0 && isBefore(result, at((place - 1) / 2))) {
                set(place, at((place - 1) / 2));
                place = (place - 1) / 2;
            }
            set(place, result);
        }

        private void sink(SpillableResult result, int from) {
            int place = from;
            while (2 * place + 1 < size) {
                int child = 2 * place + 1;
                if (child + 1 < size && isBefore(at(child + 1), at(child))) {
                    child++;
                }
                if (!isBefore(at(child), result)) {
                    break;
                }
                set(place, at(child));
                place = child;
            }
            set(place, result);
        }

        private SpillableResult at(int place) {
            return Objects.requireNonNull(heap[place], "the heap is full up to its size");
        }

        private void set(int place, SpillableResult result) {
            heap[place] = result;
            result.place = place;
        }
    }
}
