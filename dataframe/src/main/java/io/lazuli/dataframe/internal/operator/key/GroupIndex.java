package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Buffer;
import java.util.ArrayList;
import java.util.List;

/// Gives dense ids to distinct keys, in order of arrival. Null is a key value of its own, NaN equals NaN and -0.0 equals 0.0.
///
/// Keys of any types become a few words each ([KeyLayout], with [TextPool] for long texts), so there is one table for all:
/// one word for an INT or a LONG or two INTs, two for a short text, more for more.
///
/// The first step of DataFusion's split of a hash aggregate: ids here, state elsewhere, in flat arrays by id.
public final class GroupIndex {
    private final List<TextPool> texts = new ArrayList<>();
    private final KeyTable table;
    private final GroupRows rows;
    private KeyLayout layout;

    private GroupIndex(StateMemory memory, List<DataType> types, GroupRows rows, KeyLayout layout) {
        this.layout = layout;
        this.rows = rows;
        this.table = new KeyTable(memory, rows, layout.width());
        types.forEach(type -> texts.add(new TextPool(memory)));
    }

    /// @param hasNulls whether nulls are expected; if not, the first null may need [#clear] (see [#tryReserve])
    /// @param rows     where the keys are kept, each before whatever else is kept of its group; nothing was added to it yet
    public static GroupIndex create(StateMemory memory, List<DataType> types, boolean hasNulls, GroupRows rows) {
        KeyLayout layout = KeyLayout.of(types);
        if (rows.add(new long[layout.withNullBits().width()]) != 0) {
            throw new IllegalArgumentException("keys stand first in a row");
        }
        return new GroupIndex(memory, types, rows, hasNulls ? layout.withNullBits() : layout);
    }

    /// Number of distinct keys.
    public int count() {
        return table.count();
    }

    /// Bytes of the long texts among the keys.
    public long textBytes() {
        return texts.stream().mapToLong(TextPool::byteSize).sum();
    }

    /// The buffers that [#find] reads, for a block that keeps this index.
    public List<Buffer> buffers() {
        List<Buffer> buffers = new ArrayList<>(table.buffers());
        texts.forEach(pool -> buffers.addAll(pool.buffers()));
        return buffers;
    }

    /// Makes room for the keys of a batch as if all were new. False if the memory is refused, or if the keys so far are packed
    /// without nulls and the batch may bring some: then what is there must be taken out and [#clear]ed first.
    public boolean tryReserve(List<Column> keys, int rowCount) {
        if (!layout.hasNullBits() && keys.stream().anyMatch(Column::mayHaveNulls)) {
            if (count() > 0) {
                return false;
            }
            layout = layout.withNullBits();
            table.widen(layout.width());
        }
        for (int c = 0; c < keys.size(); c++) {
            if (!tryReserveTexts(keys.get(c), texts.get(c))) {
                return false;
            }
        }
        return table.tryReserve(Math.addExact(count(), rowCount));
    }

    /// Makes room for `keyCount` keys in all, so that the table need not grow step by step; without effect if the memory is refused.
    public void expect(int keyCount) {
        table.tryReserve(keyCount);
    }

    private static boolean tryReserveTexts(Column key, TextPool pool) {
        if (key.kind() != Kind.UTF8 || key.data() == Column.NO_DATA) {
            return true;
        }
        int count = 0;
        long bytes = 0;
        for (int row = 0; row < key.length(); row++) {
            int length = Views.length(key.values(), row);
            if (length > Views.INLINE && !key.isNull(row)) {
                count++;
                bytes += length;
            }
        }
        return count == 0 || pool.tryReserve(count, bytes);
    }

    /// The id of each row's key; new keys get the next ids. Room must have been reserved.
    public void assign(List<Column> keys, int rowCount, KeyBatch scratch, int[] ids) {
        scratch.pack(keys, rowCount, layout, texts, true);
        table.assign(scratch, ids);
    }

    /// The id of each row's key, -1 where it is not there. Changes nothing: threads may share the index, each with a
    /// scratch of its own. In an index without nulls, the ids of null keys are undefined.
    public void find(List<Column> keys, int rowCount, KeyBatch scratch, int[] ids) {
        scratch.pack(keys, rowCount, layout, texts, false);
        table.find(scratch, ids);
    }

    /// The keys with ids from `start`, which are `length` many, in `scratch`; long texts are borrowed from this index.
    public List<Column> keys(int start, int length, Scratch scratch) {
        return layout.unpack(rows, start, length, texts, scratch);
    }

    /// Forgets all keys and what else is kept of the groups, and keeps the memory.
    public void clear() {
        rows.clear(count());
        table.clear();
        texts.forEach(TextPool::clear);
    }

    /// Gives the memory back before the task ends; the index is empty and can be used again.
    public void free() {
        table.free();
        rows.free();
        texts.forEach(TextPool::free);
    }
}
