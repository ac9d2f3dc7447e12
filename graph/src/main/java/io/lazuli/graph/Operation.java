package io.lazuli.graph;

import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;

/// What the tasks of a layer do. Implemented by records: an operation is data that prints, compares and hashes by content
/// (see [Token#of]), and one pure function from input blocks to one output block.
///
/// `run` must give the same rows for the same partition and inputs whenever and wherever it runs; it may be run again.
/// A task may also return an [Expansion].
///
/// It checks [TaskContext#checkCancelled] at least every few milliseconds and allocates only from [TaskContext#memory].
public interface Operation {
    /// A short name for plans, progress and errors, such as `aggregate`.
    String name();

    /// What the task of one partition is called in errors and pictures, where the tasks of a layer do different things.
    default String nameOf(int partition) {
        return name();
    }

    /// Computes the output of partition `context.partition()`.
    ///
    /// Ownership: inputs are borrowed for the call; the returned block belongs to the caller.
    Block run(TaskContext context, TaskInputs inputs);

    /// True if what it throws is the doing of the user's program: reported as such, and worth a retry.
    default boolean runsUserCode() {
        return false;
    }

    /// True if it may return an [Expansion] that names its inputs in [TaskGraph#held]: then whoever rewrites graphs leaves the
    /// layers that it reads as they are.
    default boolean namesInputs() {
        return false;
    }

    /// Bytes reserved for a task before it starts. It may ask for more, and must get by without.
    default long grantBytes() {
        return 1 << 20;
    }

    /// An OBJECT block that a task of this operation returned, as columns with all that [#unpack] needs: the object is of use in one
    /// process only, the columns are what travels to another.
    ///
    /// Ownership: borrows `object`; the columns belong to the caller, and may live on buffers of `object`. Errors: INTERNAL if what
    /// this operation returns stays where it is.
    default Block pack(Block object) {
        throw GraphErrors.objectCannotTravel(name());
    }

    /// An OBJECT block that answers all readers as the one that was packed did.
    ///
    /// Ownership: borrows `packed`, of whose buffers the result may keep some; what it allocates belongs to `memory`; the result
    /// belongs to the caller. Errors: as those of [#pack]; RESOURCE if memory is refused.
    default Block unpack(Block packed, Reservation memory) {
        throw GraphErrors.objectCannotTravel(name());
    }
}
