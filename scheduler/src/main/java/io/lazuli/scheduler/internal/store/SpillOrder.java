package io.lazuli.scheduler.internal.store;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The results that may be spilled, the one first that is needed latest; among equals the one that came first.
///
/// A binary heap whose results know their places, so that any of them leaves in O(log n). Thread-safe.
///
/// Invariant: `heap[r.place] == r` for each result in it, `r.place < 0` for all others; no parent is needed sooner than its
/// child.
final class SpillOrder {
    private @Nullable SpillableResult[] heap = new SpillableResult[64];
    private int size;
    /// Results that ever came.
    private long arrivals;

    /// Adds a result unless it is there or gone. One that comes back takes its old place among its equals.
    synchronized void add(SpillableResult result) {
        if (result.isGone() || result.place >= 0) {
            return;
        }
        if (result.arrival == 0) {
            result.arrival = ++arrivals;
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        size++;
        rise(result, size - 1);
    }

    /// Takes the first off; null if there is none.
    synchronized @Nullable SpillableResult poll() {
        SpillableResult first = heap[0];
        if (first != null) {
            remove(first);
        }
        return first;
    }

    synchronized void remove(SpillableResult result) {
        int hole = result.place;
        if (hole < 0) {
            return;
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

    private static boolean isBefore(SpillableResult a, SpillableResult b) {
        return a.order != b.order ? a.order > b.order : a.arrival < b.arrival;
    }
}
