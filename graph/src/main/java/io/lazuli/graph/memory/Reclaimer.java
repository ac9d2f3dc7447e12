package io.lazuli.graph.memory;

/// Something that can give memory back when a reservation is about to be refused: the result store, by spilling.
@FunctionalInterface
public interface Reclaimer {
    /// Tries to free at least `bytes`, in the calling thread, and returns how many it freed. May be called by several
    /// threads at once and must never reserve memory itself.
    long reclaim(long bytes);
}
