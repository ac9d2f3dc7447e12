package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The distinct long texts of one key column, each kept once. Where a text is kept stands for the text: with long texts
/// replaced by the views of their only copies, keys compare word by word and never byte by byte.
final class TextPool {
    /// What [#find] says of a text that is not there; no view of a long text has this tail.
    static final long MISSING = -1;

    private final HashSlots slots;
    /// Length and offset of each text, two longs.
    private final GrowingBuffer texts;
    private final GrowingBuffer data;
    private int textCount;
    private long dataSize;

    TextPool(StateMemory memory) {
        slots = new HashSlots(memory);
        texts = new GrowingBuffer(memory);
        data = new GrowingBuffer(memory);
    }

    /// The bytes that tails refer to.
    MemorySegment data() {
        return data.segment();
    }

    long byteSize() {
        return dataSize;
    }

    /// The buffers that [#find] reads.
    List<Buffer> buffers() {
        return Stream.of(slots.buffer(), texts.buffer(), data.buffer()).flatMap(Optional::stream).toList();
    }

    /// Makes room for so many more texts and bytes; false if the memory is refused.
    boolean tryReserve(int moreTexts, long moreBytes) {
        int total = textCount + moreTexts;
        return dataSize + moreBytes <= Integer.MAX_VALUE
                && data.tryReserve(dataSize + moreBytes)
                && texts.tryReserve(total * 16L)
                && slots.tryReserve(total);
    }

    /// The tail of the view of a text's only copy, or [#MISSING].
    long find(int hash, MemorySegment from, long offset, int length) {
        if (slots.isEmpty()) {
            return MISSING;
        }
        MemorySegment table = slots.segment();
        for (long slot = hash & slots.mask(); ; slot = slot + 1 & slots.mask()) {
            long entry = table.get(Layouts.LONG, slot * 8);
            if (entry == 0) {
                return MISSING;
            }
            if ((int) (entry >>> 32) == hash && equals((int) entry - 1, from, offset, length)) {
                return offset((int) entry - 1) << 32;
            }
        }
    }

    private boolean equals(int text, MemorySegment from, long offset, int length) {
        long at = offset(text);
        return texts.segment().get(Layouts.LONG, text * 16L) == length
                && MemorySegment.mismatch(from, offset, offset + length, data(), at, at + length) < 0;
    }

    private long offset(int text) {
        return texts.segment().get(Layouts.LONG, text * 16L + 8);
    }

    /// As [#find], adding the text if it is missing. Room must have been reserved.
    long intern(int hash, MemorySegment from, long offset, int length) {
        long found = find(hash, from, offset, length);
        return found != MISSING ? found : add(hash, from, offset, length);
    }

    private long add(int hash, MemorySegment from, long offset, int length) {
        long at = dataSize;
        MemorySegment.copy(from, offset, data(), at, length);
        dataSize += length;
        texts.segment().set(Layouts.LONG, textCount * 16L, length);
        texts.segment().set(Layouts.LONG, textCount * 16L + 8, at);
        slots.insert(hash, textCount++);
        return at << 32;
    }

    /// Forgets all texts and keeps the memory.
    void clear() {
        textCount = 0;
        dataSize = 0;
        slots.clear();
    }

    void free() {
        slots.free();
        texts.free();
        data.free();
        textCount = 0;
        dataSize = 0;
    }
}
