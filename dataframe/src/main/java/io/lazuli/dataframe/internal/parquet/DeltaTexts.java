package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.source.Room;
import io.lazuli.dataframe.internal.text.Utf8;
import java.lang.foreign.MemorySegment;

/// DELTA_BYTE_ARRAY: each text begins with so many bytes of the one before and goes on with bytes of its own.
///
/// ```
///   lengths of what is shared | lengths of what is not | bytes of what is not
/// ```
final class DeltaTexts implements PageValues {
    /// Bytes that each value must have; 0 if any number.
    private final int width;
    private final MemorySegment bytes;
    private final long end;
    private final DeltaDecoder shared;
    private final DeltaDecoder own;
    /// Whether the texts may hold anything else than ASCII.
    private final boolean isWide;
    private final long[] sharedLengths;
    private final long[] ownLengths;
    private final Room room;
    /// Where the next own bytes start.
    private long position;
    /// Whole texts of the last read. The last of them is `lastLength` bytes from `lastStart`.
    private MemorySegment texts = MemorySegment.NULL;
    private long lastStart;
    private long lastLength;

    DeltaTexts(StoredForm form, MemorySegment bytes, long start, long end, Room room, DecodedNumbers lent) {
        PageValues.requireForm(
                form.physical() == PhysicalType.BYTE_ARRAY || form.physical() == PhysicalType.FIXED_LEN_BYTE_ARRAY,
                form,
                PageEncoding.DELTA_BYTE_ARRAY);
        this.width = form.width();
        this.bytes = bytes;
        this.end = end;
        this.room = room;
        this.sharedLengths = lent.shared();
        this.ownLengths = lent.lengths();
        this.shared = new DeltaDecoder(bytes, start, end);
        this.own = new DeltaDecoder(bytes, shared.endOfNumbers(), end);
        this.position = own.endOfNumbers();
        this.isWide = form.kind() == StoredKind.TEXT && !Utf8.isAscii(bytes, position, end);
    }

    @Override
    public void read(int count, MemorySegment values, long row) {
        shared.read(sharedLengths, count);
        own.read(ownLengths, count);
        if (width > 0) {
            checkWidths(count);
        }
        long size = lastLength;
        long previous = lastLength;
        long from = position;
        for (int i = 0; i < count; i++) {
            if (sharedLengths[i] < 0 || sharedLengths[i] > previous || ownLengths[i] < 0
                    || ownLengths[i] > end - from) {
                throw new IllegalStateException("a text shares %d bytes of %d and has %d of %d that are left"
                        .formatted(sharedLengths[i], previous, ownLengths[i], end - from));
            }
            previous = sharedLengths[i] + ownLengths[i];
            from += ownLengths[i];
            size += previous;
        }
        build(count, size, values, row);
        if (isWide) {
            Utf8.check(values, row, count, texts);
        }
    }

    private void checkWidths(int count) {
        for (int i = 0; i < count; i++) {
            long length = sharedLengths[i] + ownLengths[i];
            if (length != width) {
                throw new IllegalStateException("a value of %d bytes where all have %d".formatted(length, width));
            }
        }
    }

    /// The last text of the read before comes first: the first one may share bytes with it.
    private void build(int count, long size, MemorySegment values, long row) {
        if (size > Integer.MAX_VALUE) {
            throw new IllegalStateException("the texts of " + count + " rows have " + size + " bytes");
        }
        texts = room.grown(size + ChunkBytes.PADDING, lastStart + lastLength);
        MemorySegment.copy(texts, lastStart, texts, 0, lastLength);
        long previous = 0;
        long at = lastLength;
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(texts, previous, texts, at, sharedLengths[i]);
            MemorySegment.copy(bytes, position, texts, at + sharedLengths[i], ownLengths[i]);
            position += ownLengths[i];
            previous = at;
            at += sharedLengths[i] + ownLengths[i];
            Views.setPadded(values, row + i, texts, previous, (int) (at - previous));
        }
        lastLength = at - previous;
        lastStart = previous;
    }

    @Override
    public MemorySegment data() {
        return texts;
    }
}
