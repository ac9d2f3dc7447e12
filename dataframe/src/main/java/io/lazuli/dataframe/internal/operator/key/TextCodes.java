package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.TextDictionary;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Distinct texts, numbered in order of arrival: the dictionary of one task's column, into which those of files and blocks are
/// translated ([CodeMap]). Entries never change and never go, so columns may refer to it as long as the task lives.
final class TextCodes implements TextDictionary {
    static final int MISSING = -1;

    private final HashSlots slots;
    private final GrowingBuffer views;
    private final GrowingBuffer data;
    private int size;
    private long dataSize;

    TextCodes(StateMemory memory) {
        slots = new HashSlots(memory);
        views = new GrowingBuffer(memory);
        data = new GrowingBuffer(memory);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public MemorySegment views() {
        return views.segment();
    }

    @Override
    public MemorySegment data() {
        return data.segment();
    }

    /// Bytes of the texts themselves.
    long byteSize() {
        return size * (long) Views.WIDTH + dataSize;
    }

    /// The buffers that [#find] reads.
    List<Buffer> buffers() {
        return Stream.of(slots.buffer(), views.buffer(), data.buffer()).flatMap(Optional::stream).toList();
    }

    /// Makes room for `count` texts as if all were new; false if the memory is refused.
    boolean tryReserve(MemorySegment texts, int count) {
        return tryReserve(count, longBytes(texts, count));
    }

    private boolean tryReserve(int moreTexts, long moreBytes) {
        return dataSize + moreBytes <= Integer.MAX_VALUE
                && data.tryReserve(dataSize + moreBytes)
                && views.tryReserve((size + (long) moreTexts) * Views.WIDTH)
                && slots.tryReserve(Math.addExact(size, moreTexts));
    }

    private static long longBytes(MemorySegment texts, int count) {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            int length = Views.length(texts, i);
            bytes += length > Views.INLINE ? length : 0;
        }
        return bytes;
    }

    /// The code of a text, [#MISSING] where it has none. Changes nothing: threads may share this.
    int find(MemorySegment texts, long index, MemorySegment textData) {
        return slots.isEmpty() ? MISSING : find(hash(texts, index, textData), texts, index, textData);
    }

    private int find(int hash, MemorySegment texts, long index, MemorySegment textData) {
        MemorySegment table = slots.segment();
        for (long slot = hash & slots.mask(); ; slot = slot + 1 & slots.mask()) {
            long entry = table.get(Layouts.LONG, slot * 8);
            int code = (int) entry - 1;
            if (code < 0) {
                return MISSING;
            }
            if ((int) (entry >>> 32) == hash && Views.equal(views(), code, data(), texts, index, textData)) {
                return code;
            }
        }
    }

    private static int hash(MemorySegment texts, long index, MemorySegment textData) {
        int length = Views.length(texts, index);
        return length > Views.INLINE
                ? KeyHasher.text(textData, Views.offset(Views.tail(texts, index)), length)
                : KeyHasher.view(Views.head(texts, index), Views.tail(texts, index));
    }

    /// As [#find], adding the text if it is missing. Room must have been reserved.
    int intern(MemorySegment texts, long index, MemorySegment textData) {
        int hash = hash(texts, index, textData);
        int found = find(hash, texts, index, textData);
        return found != MISSING ? found : add(hash, texts, index, textData);
    }

    private int add(int hash, MemorySegment texts, long index, MemorySegment textData) {
        long head = Views.head(texts, index);
        long tail = Views.tail(texts, index);
        int length = (int) head;
        if (length > Views.INLINE) {
            MemorySegment.copy(textData, Views.offset(tail), data(), dataSize, length);
            tail = dataSize << 32;
            dataSize += length;
        }
        Views.set(views(), size, head, tail);
        slots.insert(hash, size);
        return size++;
    }

    /// Makes room for the texts of a plain column as if all were new; false if the memory is refused.
    boolean tryReserve(Column column) {
        return tryReserve(column.length(), column.data() == Column.NO_DATA ? 0 : column.longTextBytes());
    }
}
