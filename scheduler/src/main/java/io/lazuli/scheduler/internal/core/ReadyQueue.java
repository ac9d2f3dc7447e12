package io.lazuli.scheduler.internal.core;

import java.util.Arrays;

/// Layers with ready tasks, the most urgent first: by priority, then the older job, then the layer's rank. A binary
/// heap; each layer knows its place, so that it can be removed.
final class ReadyQueue {
    /// Entries `0 <= i < size`; none precedes its parent `(i - 1) / 2`; `heap[i].queuePlace == i`.
    private LayerState[] heap = new LayerState[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    LayerState first() {
        return heap[0];
    }

    LayerState get(int i) {
        return heap[i];
    }

    /// Adds the layer if it is not there.
    void add(LayerState layer) {
        if (layer.queuePlace >= 0) {
            return;
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        rise(layer, size++);
    }

    void remove(LayerState layer) {
        int hole = layer.queuePlace;
        if (hole < 0) {
            return;
        }
        layer.queuePlace = -1;
        LayerState last = heap[--size];
        heap[size] = null;
        if (last != layer) {
            sink(last, hole);
            rise(last, last.queuePlace);
        }
    }

    static boolean precedes(LayerState a, LayerState b) {
        if (a.priority != b.priority) {
            return a.priority > b.priority;
        }
        if (a.job != b.job) {
            return a.job.precedes(b.job);
        }
        return a.plan.rank() < b.plan.rank();
    }

    private void rise(LayerState layer, int place) {
        int at = place;
        while (at > 0 && precedes(layer, heap[(at - 1) >>> 1])) {
            put(heap[(at - 1) >>> 1], at);
            at = (at - 1) >>> 1;
        }
        put(layer, at);
    }

    private void sink(LayerState layer, int place) {
        int at = place;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && precedes(heap[child + 1], heap[child])) {
                child++;
            }
            if (!precedes(heap[child], layer)) {
                break;
            }
            put(heap[child], at);
            at = child;
        }
        put(layer, at);
    }

    private void put(LayerState layer, int place) {
        heap[place] = layer;
        layer.queuePlace = place;
    }
}
