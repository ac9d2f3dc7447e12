package io.lazuli.graph.memory;

/// When a [Reservation] takes buffers from the [Overflow] instead of memory, if the engine has one.
public enum FileUse {
    /// Only memory.
    NEVER,
    /// Where [Reservation#allocate] would fail. What may be refused is refused, so that its owner makes do with less.
    INSTEAD_OF_FAILING,
    /// Where [Reservation#tryAllocate] would refuse, too: its owner has less already than it can do with.
    INSTEAD_OF_REFUSING,
    /// For everything but small pieces: what is allocated now is needed much later.
    ALWAYS
}
