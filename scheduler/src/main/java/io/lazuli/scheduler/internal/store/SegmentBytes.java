package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.memory.Block;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// A segment that never was a file: for results so small that they are sent with what is said about them.
///
/// @param bytes as they would stand in the file
record SegmentBytes(byte[] bytes) implements SegmentSource {
    /// Columns, or what an object was packed into. Ownership: borrows `columns`.
    static SegmentBytes of(Block.Kind kind, Key key, Block columns) {
        return of(kind, key, columns.rowCount(), SegmentForm.sections(columns, SliceIndex.NONE));
    }

    /// A value. Ownership: borrows `value`. Errors: UnwritableValueException if it cannot be written.
    static SegmentBytes of(Key key, Block value, ValueFormat format) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try {
            format.encode(value.value(), encoded);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory failed", e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new UnwritableValueException(e);
        }
        MemorySegment bytes = MemorySegment.ofArray(encoded.toByteArray());
        return of(Block.Kind.VALUE, key, value.rowCount(), List.of(bytes, SegmentForm.measures(value)));
    }

    private static SegmentBytes of(Block.Kind kind, Key key, long rowCount, List<MemorySegment> contents) {
        List<Preamble.Section> sections = new ArrayList<>();
        long end = Preamble.byteSize(contents.size());
        for (MemorySegment content : contents) {
            long start = content.byteSize() == 0 ? end : SegmentWriter.align(end);
            CRC32C checksum = new CRC32C();
            checksum.update(content.asByteBuffer());
            end = start + content.byteSize();
            sections.add(new Preamble.Section(start, content.byteSize(), checksum.getValue()));
        }
        MemorySegment whole = MemorySegment.ofArray(new byte[Math.toIntExact(end)]);
        whole.copyFrom(MemorySegment.ofBuffer(new Preamble(kind, key, rowCount, end, sections).encode()));
        for (int s = 0; s < contents.size(); s++) {
            MemorySegment.copy(
                    contents.get(s), 0, whole, sections.get(s).offset(), contents.get(s).byteSize());
        }
        return new SegmentBytes((byte[]) whole.heapBase().orElseThrow());
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(ByteBuffer target, long offset) {
        int count = (int) Math.min(target.remaining(), bytes.length - offset);
        if (count > 0) {
            target.put(bytes, Math.toIntExact(offset), count);
        }
        return count > 0 ? count : -1;
    }

    @Override
    public MemorySegment map(Arena arena) {
        return MemorySegment.ofArray(bytes).asReadOnly();
    }

    @Override
    public void close() {
        // There is nothing but memory.
    }
}
