package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the sections of a segment hold.
///
/// | kind | sections |
/// |---|---|
/// | COLUMNS | header, cuts, [SliceIndex], then each buffer; the buffers are used where they are |
/// | VALUE | the value as a [ValueFormat] writes it; its estimated bytes on the heap and its cuts |
/// | OBJECT | as COLUMNS: what its operation has packed it into |
final class SegmentForm {
    /// Sections of columns before the first buffer.
    static final int BEFORE_BUFFERS = 3;
    private static final int CUTS = 1;
    private static final int INDEX = 2;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private SegmentForm() {}

    /// @param index of the slices; [SliceIndex#NONE] for a segment that goes as a whole
    static List<MemorySegment> sections(Block columns, SliceIndex index) {
        List<MemorySegment> sections = new ArrayList<>();
        sections.add(MemorySegment.ofArray(columns.header()));
        sections.add(longs(columns.cuts()));
        sections.add(longs(index.numbers()));
        columns.buffers().forEach(buffer -> sections.add(buffer.segment()));
        return sections;
    }

    /// What is said about a value, behind it.
    static MemorySegment measures(Block value) {
        long[] measures = new long[1 + value.cuts().length];
        measures[0] = value.byteSize();
        System.arraycopy(value.cuts(), 0, measures, 1, value.cuts().length);
        return longs(measures);
    }

    private static MemorySegment longs(long[] values) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[values.length * Long.BYTES]);
        for (int i = 0; i < values.length; i++) {
            bytes.set(LONG, (long) i * Long.BYTES, values[i]);
        }
        return bytes;
    }

    /// A block on slices of `whole`, which has all bytes of the segment. Ownership: the caller's; `whole` is borrowed.
    static Block columns(SegmentReader reader, Buffer whole) throws IOException {
        SliceIndex index = index(reader);
        List<Buffer> buffers = new ArrayList<>();
        for (int s = BEFORE_BUFFERS; s < reader.sectionCount(); s++) {
            buffers.add(whole.slice(reader.section(s).offset(), reader.section(s).length()));
        }
        return Block.partitioned(reader.rowCount(), reader.bytes(0), buffers, longs(reader, CUTS), index);
    }

    /// What is known of the slices of columns. Errors: DamagedFileException.
    static SliceIndex index(SegmentReader reader) throws IOException {
        DamagedFileException.unless(
                reader.sectionCount() >= BEFORE_BUFFERS, "it has no header, cuts and index of slices");
        long[] bufferBytes = new long[reader.sectionCount() - BEFORE_BUFFERS];
        for (int b = 0; b < bufferBytes.length; b++) {
            bufferBytes[b] = reader.section(BEFORE_BUFFERS + b).length();
        }
        return SliceIndex.of(longs(reader, INDEX), bufferBytes, longs(reader, CUTS).length - 1);
    }

    /// Bytes before the buffers, if there is an index of slices among them; else 0.
    static long headBytes(Block.Kind kind, List<Preamble.Section> sections) {
        boolean hasIndex = kind == Block.Kind.COLUMNS && sections.get(INDEX).length() > 0;
        return hasIndex ? sections.get(INDEX).end() : 0;
    }

    /// The block of a value, decoded from `whole`. Ownership: the caller's. Errors: any unchecked exception of the value's
    /// constructors.
    static Block value(SegmentReader reader, MemorySegment whole, ValueFormat format) throws IOException {
        DamagedFileException.unless(reader.sectionCount() == 2, "it has not one value");
        Preamble.Section encoded = reader.section(0);
        long[] measures = longs(reader, 1);
        DamagedFileException.unless(measures.length > 0, "it does not say how large its value is");
        Object value = format.decode(whole.asSlice(encoded.offset(), encoded.length()));
        return Block.value(value, measures[0], reader.rowCount(), Arrays.copyOfRange(measures, 1, measures.length));
    }

    private static long[] longs(SegmentReader reader, int section) throws IOException {
        return MemorySegment.ofArray(reader.bytes(section)).toArray(LONG);
    }
}
