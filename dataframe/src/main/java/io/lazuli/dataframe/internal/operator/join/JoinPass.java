package io.lazuli.dataframe.internal.operator.join;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// What must be remembered while all left rows are looked up in one table that holds some or all of the right rows: which keys of the
/// table were met, where right rows stand alone; and which left rows had a match in this pass or one before, where left rows do
/// and there is more than one pass.
///
/// ```
///   pass 1: table of right rows 0 .. 999       every left row: match? remember
///   pass 2: table of right rows 1000 .. 1700   every left row: match in neither? it stands alone
/// ```
public final class JoinPass {
    private final JoinKind kind;
    private final boolean isLast;
    /// A bit for each left row that had a match; empty if nobody will ask.
    private final Optional<Buffer> matchedRows;
    /// A bit for each id of the table that was met; empty if nobody will ask.
    private final Optional<Buffer> metIds;

    private JoinPass(JoinKind kind, boolean isLast, Optional<Buffer> matchedRows, Optional<Buffer> metIds) {
        this.kind = kind;
        this.isLast = isLast;
        this.matchedRows = matchedRows;
        this.metIds = metIds;
    }

    /// A pass over `table`. Errors: RESOURCE if memory is refused.
    ///
    /// @param matchedRows a bit for each left row, all zero before the first pass; empty if this is the only one
    public static JoinPass of(Reservation memory, JoinKind kind, JoinTable table, boolean isLast,
            Optional<Buffer> matchedRows) {
        boolean asks = kind.right() != JoinKind.Alone.NONE;
        // one more than ids: the rows without a key, which are never met
        Optional<Buffer> metIds = asks ? Optional.of(zeroBits(memory, table.index().count() + 1L)) : Optional.empty();
        boolean asksLeft = kind.left() != JoinKind.Alone.NONE;
        return new JoinPass(kind, isLast, asksLeft ? matchedRows : Optional.empty(), metIds);
    }

    /// Bits that are all zero. Errors: RESOURCE if memory is refused.
    public static Buffer zeroBits(Reservation memory, long count) {
        Buffer bits = memory.allocate(Bits.byteSize(count));
        bits.segment().fill((byte) 0);
        return bits;
    }

    /// The only pass of a join of which no right rows stand alone.
    static JoinPass only(JoinKind kind) {
        if (kind.right() != JoinKind.Alone.NONE) {
            throw new IllegalArgumentException("right rows of a " + kind + " join must be remembered");
        }
        return new JoinPass(kind, true, Optional.empty(), Optional.empty());
    }

    boolean isLast() {
        return isLast;
    }

    /// Whether left rows with a match stand alone.
    boolean keepsMatched() {
        return kind.left() == JoinKind.Alone.MATCHED;
    }

    /// Notes what was found for left rows from `firstRow` on, and puts `dropped` in place of what an earlier pass has settled.
    void note(int[] ids, int rowCount, int firstRow, int dropped) {
        metIds.ifPresent(bits -> noteIds(ids, rowCount, bits.segment()));
        matchedRows.ifPresent(bits -> {
            if (keepsMatched()) {
                dropGiven(ids, rowCount, firstRow, bits.segment(), dropped);
            } else {
                dropMatched(ids, rowCount, firstRow, bits.segment(), dropped);
            }
        });
    }

    private static void noteIds(int[] ids, int rowCount, MemorySegment bits) {
        for (int row = 0; row < rowCount; row++) {
            if (ids[row] >= 0) {
                Bits.set(bits, ids[row], true);
            }
        }
    }

    /// A matched row is given in the first pass that finds a match.
    private static void dropGiven(int[] ids, int rowCount, int firstRow, MemorySegment bits, int dropped) {
        for (int row = 0; row < rowCount; row++) {
            if (ids[row] >= 0) {
                boolean wasGiven = Bits.get(bits, firstRow + row);
                Bits.set(bits, firstRow + row, true);
                ids[row] = wasGiven ? dropped : ids[row];
            }
        }
    }

    /// A row without a match is one only if no pass has found any.
    private static void dropMatched(int[] ids, int rowCount, int firstRow, MemorySegment bits, int dropped) {
        for (int row = 0; row < rowCount; row++) {
            if (ids[row] >= 0) {
                Bits.set(bits, firstRow + row, true);
            } else if (Bits.get(bits, firstRow + row)) {
                ids[row] = dropped;
            }
        }
    }

    /// The right rows in `table` that stand alone, after all left rows were looked up.
    public AloneRows aloneRows(JoinTable table) {
        return metIds.map(bits -> new AloneRows(table, bits.segment(), kind.right())).orElseGet(AloneRows::none);
    }

    /// Gives the memory back before the task ends.
    public void free(Reservation memory) {
        metIds.ifPresent(memory::free);
    }
}
