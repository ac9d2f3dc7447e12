package io.lazuli.dataframe.internal.operator.join;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.operator.key.KeyBatch;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// The distinct keys of a join table, each with a dense id in order of arrival. Null keys have none.
sealed interface JoinIndex permits DirectIndex, HashedIndex {
    /// Instead of an id, for keys with a null and for keys that are not there.
    int NO_KEY = -1;

    /// Indexes all rows by their columns `keys` and writes the id of each row (an int) to `ids`; empty if the memory is refused,
    /// with everything given back.
    static Optional<? extends JoinIndex> tryBuild(Reservation memory, Batch rows, List<Integer> keys,
            MemorySegment ids) {
        Optional<DirectIndex> direct =
                keys.size() == 1 ? DirectIndex.tryBuild(memory, rows.column(keys.getFirst()), ids) : Optional.empty();
        return direct.isPresent() ? direct : HashedIndex.tryBuild(memory, rows, keys, ids);
    }

    /// Number of distinct keys.
    int count();

    /// The id of each key without nulls. Changes nothing: threads may share the index, each with a scratch of its own.
    void find(List<Column> keys, int rowCount, KeyBatch scratch, int[] ids);

    /// What it lives on.
    List<Buffer> buffers();

    /// Gives the memory back before the task ends.
    void free();
}
