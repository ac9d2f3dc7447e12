package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.operator.key.KeyHasher;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Values of groups in the order in which they came. Nothing is kept by group until the groups are given out: then one counting
/// sort brings together what belongs together.
///
/// ```
///   chunk | group, bytes, payload | ...      gather ──▶  | values of group 0 | of group 1 | ...       one text a group
///                                            arrange ──▶ | entries of group 0 | of group 1 | ...
/// ```
///
/// The payload of eight bytes is the value itself. Of more it says where they stand: at a row of a text column, or, of a
/// partial column, which is not copied, the source above the offset.
final class ValueLog {
    static final int LANE = 8;
    static final int ENTRY = 16;
    /// A text's hash and its length, before its bytes.
    static final int TEXT_HEADER = 16;
    private static final int SIZE = 4;
    private static final int PAYLOAD = 8;
    private static final int MOST_ENTRIES = 1 << 16;

    private final StateMemory memory;
    private final List<Chunk> chunks = new ArrayList<>();
    /// What references refer to, each once.
    private final List<MemorySegment> sources = new ArrayList<>();
    private long entryCount;
    private long byteSize;
    /// One more than the highest group with an entry.
    private int groupCount;
    /// Values or entries by group, until the next change.
    private Optional<ByGroup> byGroup = Optional.empty();

    /// Entries in native memory that never grows; `used` of them are there.
    private static final class Chunk {
        final Buffer buffer;
        int used;

        Chunk(Buffer buffer) {
            this.buffer = buffer;
        }

        MemorySegment entries() {
            return buffer.segment();
        }

        boolean hasRoom(int entries) {
            return (used + (long) entries) * ENTRY <= buffer.byteSize();
        }
    }

    /// What was brought together: that of group `g` ends at byte `ends[g]` and starts where that of the group before ends.
    /// Groups from `groupCount` on have nothing.
    record ByGroup(Buffer ends, Buffer data, int groupCount) {
        long start(int group) {
            return group == 0 ? 0 : end(group - 1);
        }

        long end(int group) {
            return groupCount == 0 ? 0 : ends.segment().get(Layouts.LONG, Math.min(group, groupCount - 1) * 8L);
        }
    }

    ValueLog(StateMemory memory) {
        this.memory = memory;
    }

    /// Bytes of the values.
    long byteSize() {
        return byteSize;
    }

    /// Bytes that [#gather] or [#arrange] need; the one after updates, the other after merging.
    long outputBytes(int groups) {
        long values = sources.isEmpty() ? Math.max(byteSize, entryCount * ENTRY) : entryCount * ENTRY;
        return values + groups * 8L;
    }

    /// Makes room for so many more entries; false if the memory is refused.
    boolean tryReserve(int entries) {
        if (!chunks.isEmpty() && chunks.getLast().hasRoom(entries)) {
            return true;
        }
        long wanted = Math.max(entries, Math.min(entryCount, MOST_ENTRIES));
        Optional<Buffer> buffer = memory.tryAllocate(wanted * ENTRY);
        buffer.ifPresent(fresh -> chunks.add(new Chunk(fresh)));
        return buffer.isPresent();
    }

    /// Adds a value of eight bytes to the group of each row, but not where that is `nowhere`.
    void appendLanes(int[] ids, long[] lanes, int rowCount, int nowhere) {
        Chunk chunk = chunks.getLast();
        int used = appendLanes(ids, lanes, rowCount, nowhere, chunk.entries(), chunk.used);
        added(used - chunk.used, (used - chunk.used) * (long) LANE);
        chunk.used = used;
        for (int row = 0; row < rowCount; row++) {
            groupCount = ids[row] == nowhere ? groupCount : Math.max(groupCount, ids[row] + 1);
        }
    }

    private static int appendLanes(
            int[] ids, long[] lanes, int rowCount, int nowhere, MemorySegment entries, int start) {
        int next = start;
        for (int row = 0; row < rowCount; row++) {
            long at = (long) next * ENTRY;
            entries.set(Layouts.INT, at, ids[row]);
            entries.set(Layouts.INT, at + SIZE, LANE);
            entries.set(Layouts.LONG, at + PAYLOAD, lanes[row]);
            next += ids[row] == nowhere ? 0 : 1;
        }
        return next;
    }

    /// Adds one entry.
    void append(int group, int size, long payload) {
        Chunk chunk = chunks.getLast();
        long at = (long) chunk.used++ * ENTRY;
        chunk.entries().set(Layouts.INT, at, group);
        chunk.entries().set(Layouts.INT, at + SIZE, size);
        chunk.entries().set(Layouts.LONG, at + PAYLOAD, payload);
        added(1, size);
        groupCount = Math.max(groupCount, group + 1);
    }

    private void added(int entries, long bytes) {
        entryCount += entries;
        byteSize += bytes;
        forget();
    }

    /// Adds what [#gather] gave to each row's group, by reference where it is long.
    void appendGathered(GroupIds ids, Column values) {
        for (int row = 0; row < ids.rowCount(); row++) {
            int size = Views.length(values.values(), row);
            if (size > 0) {
                long tail = Views.tail(values.values(), row);
                long payload = size > LANE
                        ? (long) source(values.data()) << 32 | Views.offset(tail)
                        : Views.head(values.values(), row) >>> 32 | tail << 32;
                append(ids.ids()[row], size, payload);
            }
        }
    }

    private int source(MemorySegment data) {
        if (sources.isEmpty() || sources.getLast() != data) {
            sources.add(data);
        }
        return sources.size() - 1;
    }

    /// The values of each group from `first`, one after the other, as one text. A value of more than eight bytes is the row of
    /// `texts` that its payload says, after its hash and its length.
    Column gather(int first, int length, Optional<Column> texts, Scratch scratch) {
        if (byGroup.isEmpty()) {
            byGroup = Optional.of(gather(texts));
        }
        ByGroup gathered = byGroup.get();
        MemorySegment data = gathered.data().segment();
        MemorySegment views = scratch.values(Kind.UTF8, length);
        for (int row = 0; row < length; row++) {
            long start = gathered.start(first + row);
            int size = (int) (gathered.end(first + row) - start);
            if (size <= Views.INLINE) {
                Views.setInline(views, row, data, start, size);
            } else {
                Views.setReference(views, row, data, start, size);
            }
        }
        return new Column(DataType.UTF8, length, Column.NO_NULLS, views, data);
    }

    private ByGroup gather(Optional<Column> texts) {
        if (byteSize > Integer.MAX_VALUE) {
            throw Errors.tooMuchText(byteSize);
        }
        Buffer ends = starts(true);
        Buffer data = memory.allocate(Math.max(byteSize, LANE));
        for (Chunk chunk : chunks) {
            if (texts.isPresent()) {
                gatherTexts(chunk.entries(), chunk.used, texts.get(), ends.segment(), data.segment());
            } else {
                gatherLanes(chunk.entries(), chunk.used, ends.segment(), data.segment());
            }
        }
        return new ByGroup(ends, data, groupCount);
    }

    private static void gatherLanes(MemorySegment entries, int count, MemorySegment next, MemorySegment data) {
        for (long at = 0, end = (long) count * ENTRY; at < end; at += ENTRY) {
            long group = entries.get(Layouts.INT, at) * 8L;
            long to = next.get(Layouts.LONG, group);
            data.set(Layouts.LONG, to, entries.get(Layouts.LONG, at + PAYLOAD));
            next.set(Layouts.LONG, group, to + LANE);
        }
    }

    private static void gatherTexts(
            MemorySegment entries, int count, Column texts, MemorySegment next, MemorySegment data) {
        MemorySegment views = texts.values();
        for (long at = 0, end = (long) count * ENTRY; at < end; at += ENTRY) {
            long group = entries.get(Layouts.INT, at) * 8L;
            long to = next.get(Layouts.LONG, group);
            long row = entries.get(Layouts.LONG, at + PAYLOAD);
            int length = Views.length(views, row);
            data.set(Layouts.LONG, to, KeyHasher.text(views, row, texts.data()));
            data.set(Layouts.LONG, to + 8, length);
            MemorySegment.copy(Views.bytes(views, row, texts.data()), Views.start(views, row), data, to + TEXT_HEADER,
                    length);
            next.set(Layouts.LONG, group, to + TEXT_HEADER + length);
        }
    }

    /// The entries of all groups, by group.
    Arranged arrange() {
        if (byGroup.isEmpty()) {
            Buffer ends = starts(false);
            Buffer data = memory.allocate(Math.max(entryCount, 1) * ENTRY);
            for (Chunk chunk : chunks) {
                arrange(chunk.entries(), chunk.used, ends.segment(), data.segment());
            }
            byGroup = Optional.of(new ByGroup(ends, data, groupCount));
        }
        return new Arranged(byGroup.get(), sources);
    }

    private static void arrange(MemorySegment entries, int count, MemorySegment next, MemorySegment data) {
        for (long at = 0, end = (long) count * ENTRY; at < end; at += ENTRY) {
            long group = entries.get(Layouts.INT, at) * 8L;
            long to = next.get(Layouts.LONG, group);
            data.set(Layouts.LONG, to, entries.get(Layouts.LONG, at));
            data.set(Layouts.LONG, to + PAYLOAD, entries.get(Layouts.LONG, at + PAYLOAD));
            next.set(Layouts.LONG, group, to + ENTRY);
        }
    }

    /// Where each group starts, in bytes of values or of entries. Who writes moves the starts on, until they are the ends.
    private Buffer starts(boolean ofValues) {
        Buffer starts = memory.allocate(Math.max(groupCount, 1) * 8L);
        MemorySegment sums = starts.segment().fill((byte) 0);
        for (Chunk chunk : chunks) {
            addSizes(chunk.entries(), chunk.used, ofValues, sums);
        }
        long sum = 0;
        for (int group = 0; group < groupCount; group++) {
            long size = sums.get(Layouts.LONG, group * 8L);
            sums.set(Layouts.LONG, group * 8L, sum);
            sum += size;
        }
        return starts;
    }

    private static void addSizes(MemorySegment entries, int count, boolean ofValues, MemorySegment sums) {
        for (long at = 0, end = (long) count * ENTRY; at < end; at += ENTRY) {
            long group = entries.get(Layouts.INT, at) * 8L;
            int size = ofValues ? entries.get(Layouts.INT, at + SIZE) : ENTRY;
            sums.set(Layouts.LONG, group, sums.get(Layouts.LONG, group) + size);
        }
    }

    /// Entries by group: those of group `g` are at bytes `start(g)` to `end(g)`, in steps of [#ENTRY].
    record Arranged(ByGroup entries, List<MemorySegment> sources) {
        long start(int group) {
            return entries.start(group);
        }

        long end(int group) {
            return entries.end(group);
        }

        private MemorySegment segment() {
            return entries.data().segment();
        }

        /// Bytes of an entry's values.
        int size(long at) {
            return segment().get(Layouts.INT, at + SIZE);
        }

        /// Where an entry's values are, from byte [#offset].
        MemorySegment bytes(long at) {
            return size(at) <= LANE ? segment() : sources.get(segment().get(Layouts.INT, at + PAYLOAD + 4));
        }

        long offset(long at) {
            return size(at) <= LANE ? at + PAYLOAD : segment().get(Layouts.INT, at + PAYLOAD);
        }

        /// A byte of an entry's source, as one number for [#source] and [#offsetOf].
        long place(long at, long offset) {
            return (long) segment().get(Layouts.INT, at + PAYLOAD + 4) << 32 | offset;
        }

        MemorySegment source(long place) {
            return sources.get((int) (place >>> 32));
        }

        static long offsetOf(long place) {
            return place & 0xFFFFFFFFL;
        }

        /// Bytes of all values of a group.
        long byteSize(int group) {
            long sum = 0;
            for (long at = start(group), end = end(group); at < end; at += ENTRY) {
                sum += size(at);
            }
            return sum;
        }
    }

    private void forget() {
        byGroup.ifPresent(old -> {
            memory.free(old.ends());
            memory.free(old.data());
        });
        byGroup = Optional.empty();
    }

    /// Forgets all values and keeps the memory of the last chunk.
    void clear() {
        forget();
        while (chunks.size() > 1) {
            memory.free(chunks.removeFirst().buffer);
        }
        chunks.forEach(chunk -> chunk.used = 0);
        sources.clear();
        entryCount = 0;
        byteSize = 0;
        groupCount = 0;
    }

    void free() {
        clear();
        chunks.forEach(chunk -> memory.free(chunk.buffer));
        chunks.clear();
    }
}
