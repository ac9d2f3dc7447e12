package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.TextDictionary;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Gives dense ids to distinct keys, in order of arrival. Null is a key value of its own, NaN equals NaN and -0.0 equals 0.0.
///
/// Keys of any types become a few words each ([KeyLayout], with [TextPool] for long texts), so there is one table for all:
/// one word for an INT or a LONG or two INTs, two for a short text, more for more.
///
/// The first step of DataFusion's split of a hash aggregate: ids here, state elsewhere, in flat arrays by id.
public final class GroupIndex {
    private final List<KeyTexts> texts = new ArrayList<>();
    private final List<CodeMap> codeMaps = new ArrayList<>();
    private final KeyTable table;
    private final GroupRows rows;
    private final boolean expectsNulls;
    private final boolean isNarrow;
    /// How keys are packed; null until the first are known, and changed only while there are none.
    private @Nullable KeyLayout layout;

    private GroupIndex(StateMemory memory, int keyCount, GroupRows rows, boolean expectsNulls, boolean isNarrow) {
        this.rows = rows;
        this.expectsNulls = expectsNulls;
        this.isNarrow = isNarrow;
        this.table = new KeyTable(memory, rows);
        for (int c = 0; c < keyCount; c++) {
            texts.add(KeyTexts.create(memory));
            codeMaps.add(new CodeMap());
        }
    }

    /// @param expectsNulls whether nulls are expected; if not, the first null may need [#clear] (see [#tryReserve])
    /// @param rows         where the keys are kept, beside whatever else is kept of their groups
    public static GroupIndex create(StateMemory memory, int keyCount, boolean expectsNulls, GroupRows rows) {
        return new GroupIndex(memory, keyCount, rows, expectsNulls, false);
    }

    /// An index that packs keys as closely as the first ones allow: faster where there are few texts, and whenever later keys ask
    /// for more, as nulls and further texts do, it needs [#clear] (see [#tryReserve]).
    public static GroupIndex narrow(StateMemory memory, int keyCount, GroupRows rows) {
        return new GroupIndex(memory, keyCount, rows, false, true);
    }

    /// Number of distinct keys.
    public int count() {
        return table.count();
    }

    /// Bytes of the texts among the keys that have no place in these.
    public long textBytes() {
        long bytes = 0;
        for (KeyTexts text : texts) {
            bytes += text.byteSize();
        }
        return bytes;
    }

    /// The buffers that [#find] reads, for a block that keeps this index.
    public List<Buffer> buffers() {
        List<Buffer> buffers = new ArrayList<>(table.buffers());
        texts.forEach(text -> buffers.addAll(text.buffers()));
        return buffers;
    }

    /// Makes room for the keys of a batch as if all were new. False if the memory is refused, or if the keys so far are packed
    /// without what the batch may bring, nulls or more texts: then what is there must be taken out and [#clear]ed first.
    public boolean tryReserve(List<Column> keys, int rowCount) {
        if (count() == 0) {
            choose(keys);
        } else if (!layout().hasNullBits() && mayHaveNulls(keys)) {
            return false;
        }
        for (int c = 0; c < keys.size(); c++) {
            if (!tryReserveTexts(keys.get(c), c)) {
                return false;
            }
        }
        return table.tryReserve(Math.addExact(count(), rowCount));
    }

    private static boolean mayHaveNulls(List<Column> keys) {
        for (Column key : keys) {
            if (key.mayHaveNulls()) {
                return true;
            }
        }
        return false;
    }

    private KeyLayout layout() {
        return Objects.requireNonNull(layout, "room is reserved before keys come");
    }

    /// Packs keys such as these from now on. A layout that was good so far stays where it can take them.
    private void choose(List<Column> keys) {
        KeyLayout wanted = KeyLayout.of(
                keys, IntStream.range(0, keys.size()).map(c -> codeBits(keys.get(c), c)).toArray(), expectsNulls);
        if (layout == null || !layout.takes(wanted)) {
            layout = wanted;
            table.setLayout(wanted);
        }
    }

    /// Makes room for `keyCount` keys such as `keys` in all, so that the table need not grow step by step; without effect if the
    /// memory is refused.
    public void expect(List<Column> keys, int keyCount) {
        if (count() == 0) {
            choose(keys);
        }
        table.tryReserve(keyCount);
    }

    private int codeBits(Column key, int column) {
        if (!KeyLayout.isWorthCoding(key)) {
            return 0;
        }
        return isNarrow
                ? KeyLayout.codeBits(texts.get(column).codes().size() + key.dictionary().size())
                : KeyLayout.WIDEST_CODE;
    }

    private boolean tryReserveTexts(Column key, int column) {
        if (key.kind() != Kind.UTF8) {
            return true;
        }
        KeyLayout.Field field = layout().fields().get(column);
        return field.isCoded()
                ? tryReserveCodes(key, texts.get(column).codes(), codeMaps.get(column), field.codeCount())
                : tryReserveLongTexts(key, texts.get(column).pool());
    }

    /// @param most codes there may be
    private static boolean tryReserveCodes(Column key, TextCodes codes, CodeMap map, int most) {
        if (!key.isCoded()) {
            return key.length() <= most - codes.size() && codes.tryReserve(key);
        }
        TextDictionary dictionary = key.dictionary();
        if (map.knows(dictionary, codes)) {
            return true;
        }
        boolean hasRoom = codes.tryReserve(dictionary.views(), dictionary.size());
        if (hasRoom) {
            map.start(dictionary, codes);
            if (dictionary.size() > most - codes.size()) {
                // most likely the same texts as in the chunk before
                map.addAll(dictionary, codes, true);
            }
        }
        return hasRoom && codes.size() <= most;
    }

    private static boolean tryReserveLongTexts(Column key, TextPool pool) {
        if (key.data() == Column.NO_DATA) {
            return true;
        }
        MemorySegment views = key.values();
        int count = 0;
        long bytes = 0;
        for (int row = 0; row < key.length(); row++) {
            int length = Views.length(views, row);
            if (length > Views.INLINE && !key.isNull(row)) {
                count++;
                bytes += length;
            }
        }
        return count == 0 || pool.tryReserve(count, bytes);
    }

    /// The id of each row's key; new keys get the next ids. Room must have been reserved.
    public void assign(List<Column> keys, int rowCount, KeyBatch scratch, int[] ids) {
        scratch.pack(keys, rowCount, layout(), texts, codeMaps, true);
        table.assign(scratch, ids);
    }

    /// The id of each row's key, -1 where it is not there. Changes nothing: threads may share the index, each with a
    /// scratch of its own. In an index without nulls, the ids of null keys are undefined.
    public void find(List<Column> keys, int rowCount, KeyBatch scratch, int[] ids) {
        if (layout == null) {
            Arrays.fill(ids, 0, rowCount, KeyTable.MISSING);
            return;
        }
        scratch.pack(keys, rowCount, layout, texts, scratch.codeMaps(keys.size()), false);
        table.find(scratch, ids);
    }

    /// The keys with ids from `start`, which are `length` many, in `scratch`; long texts are borrowed from this index.
    public List<Column> keys(int start, int length, Scratch scratch) {
        return layout().unpack(rows, start, length, texts, scratch);
    }

    /// Forgets all keys and what else is kept of the groups, and keeps the memory. Codes of texts stay what they are, for columns of
    /// [#keys] refer to them.
    public void clear() {
        rows.clear(count());
        table.clear();
        texts.forEach(text -> text.pool().clear());
    }

    /// Gives the memory back before the task ends, save the codes of texts; the index is empty and can be used again.
    public void free() {
        table.free();
        rows.free();
        texts.forEach(text -> text.pool().free());
    }
}
