package io.lazuli.dataframe.internal.operator.top;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Gather;
import io.lazuli.dataframe.internal.operator.key.GroupIndex;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.KeyBatch;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.internal.operator.sort.RowOrder;
import io.lazuli.dataframe.internal.operator.sort.SortPrefix;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/// Keeps the first `limit` rows of each group in an order; of equal rows the earlier one comes first, or the later one. In the empty
/// order these are the rows that come first, or last.
///
/// A row is compared by its [SortPrefix]; only where that does not tell, by its columns. A row that may be among the first is
/// appended to `kept` and takes a place in the heap of its group. What it drives out stays in `kept` until there are more such
/// rows than others.
///
/// ```
///   group | key | heap, count |        heaps | prefix, row | prefix, row | ...   the last of the group first        kept | row | row | ...
/// ```
public final class GroupedTop {
    /// Dead rows that are not worth a compaction.
    private static final int FEW_ROWS = 1 << 16;

    private final Reservation memory;
    private final StateMemory state;
    private final List<DataType> types;
    private final int limit;
    private final GroupIndex index;
    private final GroupRows groups;
    private final RankedHeaps heaps;
    private final SortPrefix prefix;
    private final Contenders contenders;
    private final KeyBatch keyScratch = new KeyBatch();
    private final int[] ids = new int[Batch.ROWS];
    private final long[] prefixes = new long[Batch.ROWS];
    private final Scratch scratch;
    private BlockBuilder kept;

    /// @param types        of the rows
    /// @param keyTypes     of the groups' keys
    /// @param prefersLater whether of equal rows the later one comes first
    /// @param limit        at least 1
    public GroupedTop(
            Reservation memory, StateMemory state, List<DataType> types, List<DataType> keyTypes, RowOrder order,
            boolean prefersLater, int limit) {
        this.memory = memory;
        this.state = state;
        this.types = types;
        this.limit = limit;
        this.groups = new GroupRows(state);
        this.index = GroupIndex.create(state, keyTypes.size(), true, groups);
        this.prefix = new SortPrefix(
                order.keys(), order.keys().stream().map(key -> types.get(key.column())).toList(),
                Collections.nCopies(order.keys().size(), true));
        this.contenders = new Contenders(order, prefix.isExact(), prefersLater);
        this.heaps = new RankedHeaps(state, groups, limit, contenders);
        this.scratch = new Scratch(memory);
        this.kept = new BlockBuilder(memory, types, 0);
    }

    public int groupCount() {
        return index.count();
    }

    /// Rows that are among the first so far.
    public long rowCount() {
        return heaps.size();
    }

    /// Bytes that giving out the rows takes.
    public long outputBytes() {
        return 3 * keptBytes();
    }

    private long keptBytes() {
        return kept.buffers().stream().mapToLong(Buffer::byteSize).sum();
    }

    /// Makes room for a batch as if each row were a group of its own; false if the memory is refused.
    public boolean tryReserve(List<Column> keys, Batch batch) {
        return index.tryReserve(keys, batch.rowCount())
                && groups.tryReserve(index.count() + batch.rowCount())
                && heaps.tryReserve(batch.rowCount())
                // rows grow by doubling, so old and new stand side by side
                && state.leaves(2 * (keptBytes() + RowBytes.of(batch)) + outputBytes());
    }

    /// Takes at most [Batch#ROWS] rows, for which there is room.
    public void add(List<Column> keys, Batch batch) {
        index.assign(keys, batch.rowCount(), keyScratch, ids);
        prefix.write(batch, prefixes);
        contenders.open(kept.view(), batch);
        heaps.offer(ids, prefixes, batch.rowCount());
        scratch.reset();
        kept.append(Gather.take(batch, contenders.rows(), 0, contenders.count(), scratch));
        if (kept.rowCount() > 2 * heaps.size() + FEW_ROWS) {
            compact();
        }
    }

    private void compact() {
        BlockBuilder compacted = new BlockBuilder(memory, types, (int) heaps.size());
        LiveRows live = heaps.liveRows(index.count(), kept.rowCount());
        live.forEachBatch(kept.view(), scratch, compacted::append);
        heaps.renumber(index.count(), live);
        kept.free();
        kept = compacted;
    }

    /// Gives out the rows, in the order in which they came, and forgets everything.
    public void drain(Consumer<Batch> target) {
        heaps.liveRows(index.count(), kept.rowCount()).forEachBatch(kept.view(), scratch, target);
        kept.free();
        kept = new BlockBuilder(memory, types, 0);
        index.clear();
        heaps.clear();
    }

    /// Gives the memory back before the task ends.
    public void free() {
        kept.free();
        index.free();
        heaps.free();
    }
}
