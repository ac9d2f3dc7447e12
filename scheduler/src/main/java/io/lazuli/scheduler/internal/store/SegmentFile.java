package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/// A result as a file that describes itself; written once.
///
/// What its sections hold: [SegmentForm]. How they lie in the file: [SegmentWriter]. What is verified before it is used:
/// [SegmentReader].
///
/// @param bytes     length of the file
/// @param headBytes what stands before the buffers, with an index of slices; 0 if it has none
record SegmentFile(SpillDirectory directory, Path path, Key key, long bytes, long headBytes) {
    /// Writes a block of columns, or an object that is packed into them. Ownership: borrows it. Errors: RESOURCE if the space is
    /// not allowed.
    static SegmentFile write(SpillDirectory directory, Block.Kind kind, Key key, Block columns) throws IOException {
        SliceIndex index = directory.isShared() ? SliceIndex.of(columns) : SliceIndex.NONE;
        List<MemorySegment> sections = SegmentForm.sections(columns, index);
        try (SegmentWriter writer = new SegmentWriter(directory, sections.size())) {
            writer.claimAll(sections.stream().mapToLong(MemorySegment::byteSize).toArray());
            for (MemorySegment section : sections) {
                writer.section(section);
            }
            return writer.finish(kind, key, columns.rowCount());
        }
    }

    /// Writes a value. Ownership: borrows it. Errors: RESOURCE if the space is not allowed; UnwritableValueException if `format` finds
    /// that it cannot be written.
    static SegmentFile write(SpillDirectory directory, Key key, Block value, ValueFormat format) throws IOException {
        try (SegmentWriter writer = new SegmentWriter(directory, 2)) {
            encode(value, format, writer);
            return writer.finish(Block.Kind.VALUE, key, value.rowCount());
        }
    }

    private static void encode(Block value, ValueFormat format, SegmentWriter writer) throws IOException {
        try (OutputStream section = writer.section()) {
            format.encode(value.value(), section);
        } catch (RuntimeException | StackOverflowError e) {
            writer.checkDisk();
            throw new UnwritableValueException(e);
        }
        writer.section(SegmentForm.measures(value));
    }

    /// A block whose buffers are slices of the mapped file; the last release unmaps and deletes it, and tells `counters`. No memory
    /// is reserved.
    ///
    /// Ownership: the caller's. Errors: IOException if the file cannot be read or is not what was written; it is still there.
    Block map(SpillCounters counters) throws IOException {
        try (SegmentReader reader = open()) {
            return map(reader.of(Block.Kind.COLUMNS), () -> delete(counters));
        }
    }

    /// As [#map(SpillCounters)], of any file that is verified: `released` says what becomes of it after the last release.
    static Block map(SegmentReader reader, Runnable released) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            Buffer whole = Buffer.ofForeign(reader.map(arena), () -> {
                arena.close();
                released.run();
            });
            Block block = SegmentForm.columns(reader, whole);
            whole.release();
            return block;
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /// The value that was written, with its measures. Errors: IOException as for [#map]; any unchecked exception of its constructors.
    Block decode(ValueFormat format) throws IOException {
        try (SegmentReader reader = open();
                Arena arena = Arena.ofConfined()) {
            return SegmentForm.value(reader.of(Block.Kind.VALUE), reader.map(arena), format);
        }
    }

    void delete(SpillCounters counters) {
        if (directory.delete(path, bytes)) {
            counters.deleted(bytes);
        }
    }

    private SegmentReader open() throws IOException {
        return SegmentReader.verify(directory.disk().open(path), key);
    }
}
