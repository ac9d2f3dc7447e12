package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.text.Utf8;
import java.lang.foreign.MemorySegment;

/// DELTA_LENGTH_BYTE_ARRAY: the lengths of all texts as [DeltaDecoder] reads them, then their bytes one after the other.
final class DeltaLengthTexts implements PageValues {
    private final MemorySegment bytes;
    private final long end;
    private final DeltaDecoder lengths;
    /// Whether the texts may hold anything else than ASCII.
    private final boolean isWide;
    private final long[] batch;
    /// Where the next text starts.
    private long position;

    DeltaLengthTexts(StoredForm form, MemorySegment bytes, long start, long end, DecodedNumbers lent) {
        PageValues.requireForm(form.physical() == PhysicalType.BYTE_ARRAY, form, PageEncoding.DELTA_LENGTH_BYTE_ARRAY);
        this.bytes = bytes;
        this.batch = lent.lengths();
        this.end = end;
        this.lengths = new DeltaDecoder(bytes, start, end);
        this.position = lengths.endOfNumbers();
        this.isWide = form.kind() == StoredKind.TEXT && !Utf8.isAscii(bytes, position, end);
    }

    @Override
    public void read(int count, MemorySegment values, long row) {
        lengths.read(batch, count);
        for (int i = 0; i < count; i++) {
            long length = batch[i];
            if (length < 0 || length > end - position) {
                throw new IllegalStateException("a text of " + length + " bytes goes beyond the end of its page");
            }
            Views.setPadded(values, row + i, bytes, position, (int) length);
            position += length;
        }
        if (isWide) {
            Utf8.check(values, row, count, bytes);
        }
    }

    @Override
    public MemorySegment data() {
        return bytes;
    }
}
