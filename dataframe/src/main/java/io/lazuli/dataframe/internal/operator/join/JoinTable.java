package io.lazuli.dataframe.internal.operator.join;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The build side of a join, or as much of it as fits: an index of its keys and, for each key, the rows that have it, in their
/// order. Immutable once built, so any number of threads may look up, each through a [JoinProbe] of its own.
///
/// ```
///   key ──index──▶ id      starts[id] .. starts[id + 1] ──▶ rows       columns: all rows, null keys too
///   (nulls have none)      starts[count] .. starts[count + 1] ──▶ rows with a null key
/// ```
///
/// Where each row has a key of its own, ids are rows and nothing stands between.
public final class JoinTable {
    private final Batch columns;
    /// What the columns live on.
    private final List<Buffer> rows;
    private final JoinIndex index;
    private final Optional<Matches> matches;
    private final boolean isUnique;

    private record Matches(Buffer starts, Buffer rows) {}

    private JoinTable(Batch columns, List<Buffer> rows, JoinIndex index, Optional<Matches> matches) {
        this.columns = columns;
        this.rows = rows;
        this.index = index;
        this.matches = matches;
        this.isUnique = matches.isEmpty() || start(index.count()) == index.count();
    }

    /// Indexes all rows of `columns`, which live on the buffers `rows`, by their columns `keys`; empty if memory is refused. Then
    /// all is given back but the rows.
    ///
    /// Ownership: the table lives on the rows and on the reservation's memory; what outlives them retains [#buffers].
    public static Optional<JoinTable> tryBuild(
            Reservation memory, Batch columns, List<Buffer> rows, List<Integer> keys) {
        Optional<Buffer> ids = memory.tryAllocate(Math.max(1, columns.rowCount()) * 4L);
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        Optional<? extends JoinIndex> index = JoinIndex.tryBuild(memory, columns, keys, ids.get().segment());
        if (index.isPresent() && index.get().count() == columns.rowCount()) {
            memory.free(ids.get());
            return Optional.of(new JoinTable(columns, rows, index.get(), Optional.empty()));
        }
        Optional<Matches> matches =
                index.flatMap(i -> matches(memory, ids.get().segment(), columns.rowCount(), i.count()));
        memory.free(ids.get());
        if (matches.isEmpty()) {
            index.ifPresent(JoinIndex::free);
            return Optional.empty();
        }
        return Optional.of(new JoinTable(columns, rows, index.get(), matches));
    }

    private static Optional<Matches> matches(Reservation memory, MemorySegment ids, int rowCount, int idCount) {
        Optional<Buffer> starts = memory.tryAllocate((idCount + 2L) * 4);
        Optional<Buffer> rows = starts.flatMap(ignored -> memory.tryAllocate(rowCount * 4L));
        if (rows.isEmpty()) {
            starts.ifPresent(memory::free);
            return Optional.empty();
        }
        group(ids, rowCount, idCount, starts.get().segment(), rows.get().segment());
        return Optional.of(new Matches(starts.get(), rows.get()));
    }

    /// Orders the rows by id, those without one last: a counting sort.
    private static void group(MemorySegment ids, int rowCount, int idCount, MemorySegment starts, MemorySegment rows) {
        starts.fill((byte) 0);
        for (int row = 0; row < rowCount; row++) {
            long at = place(ids.get(Layouts.INT, row * 4L), idCount);
            starts.set(Layouts.INT, at, starts.get(Layouts.INT, at) + 1);
        }
        int end = 0;
        for (int id = 0; id <= idCount; id++) {
            end += starts.get(Layouts.INT, id * 4L);
            starts.set(Layouts.INT, id * 4L, end);
        }
        starts.set(Layouts.INT, (idCount + 1) * 4L, rowCount);
        // from behind, so that ends become starts and rows keep their order
        for (int row = rowCount - 1; row >= 0; row--) {
            long at = place(ids.get(Layouts.INT, row * 4L), idCount);
            int position = starts.get(Layouts.INT, at) - 1;
            starts.set(Layouts.INT, at, position);
            rows.set(Layouts.INT, position * 4L, row);
        }
    }

    private static long place(int id, int idCount) {
        return (id == JoinIndex.NO_KEY ? idCount : id) * 4L;
    }

    /// All rows of the build side, which the results of a probe refer to.
    public Batch columns() {
        return columns;
    }

    /// What the rows live on: of each column validity, values and the bytes of long texts, as far as it has them.
    public List<Buffer> rowBuffers() {
        return rows;
    }

    /// All memory that the table lives on.
    public List<Buffer> buffers() {
        List<Buffer> buffers = new ArrayList<>(rows);
        buffers.addAll(index.buffers());
        matches.ifPresent(m -> buffers.addAll(List.of(m.starts(), m.rows())));
        return buffers;
    }

    public long byteSize() {
        return buffers().stream().mapToLong(Buffer::byteSize).sum();
    }

    /// Gives the memory back before the task ends, rows and all, if all of it is the reservation's. The table must not be used
    /// afterwards.
    public void free(Reservation memory) {
        index.free();
        matches.ifPresent(m -> Stream.of(m.starts(), m.rows()).forEach(memory::free));
        rows.forEach(memory::free);
    }

    /// True if no key occurs twice, so that a probing row has at most one match.
    public boolean isUnique() {
        return isUnique;
    }

    JoinIndex index() {
        return index;
    }

    /// True if the only match of an id is the row of that number.
    boolean idsAreRows() {
        return matches.isEmpty();
    }

    /// Where the matches of an id start in [#rows]; they end where those of the next start.
    int start(int id) {
        return matches.isEmpty() ? id : matches.get().starts().segment().get(Layouts.INT, id * 4L);
    }

    /// Rows (ints) in the order of their ids. Not where [#idsAreRows].
    MemorySegment rows() {
        return matches.orElseThrow().rows().segment();
    }

    /// As [#start], for all ids. Not where [#idsAreRows].
    MemorySegment starts() {
        return matches.orElseThrow().starts().segment();
    }
}
