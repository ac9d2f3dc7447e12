package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A result as a file that describes itself; written once.
///
/// | kind | sections |
/// |---|---|
/// | COLUMNS | header, cuts, then each buffer; the buffers are used where they are mapped |
/// | VALUE | one: the value as a [ValueFormat] writes it |
///
/// How sections lie in a file: [SegmentWriter]. What is verified before a file is used: [SegmentReader].
///
/// @param bytes length of the file
record SegmentFile(SpillDirectory directory, Path path, Key key, long bytes) {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Writes a block of columns. Ownership: borrows it. Errors: RESOURCE if the space is not allowed.
    static SegmentFile write(SpillDirectory directory, Key key, Block block) throws IOException {
        List<MemorySegment> sections = sections(block);
        try (SegmentWriter writer = new SegmentWriter(directory, sections.size())) {
            writer.claimAll(sections.stream().mapToLong(MemorySegment::byteSize).toArray());
            for (MemorySegment section : sections) {
                writer.section(section);
            }
            return writer.finish(Block.Kind.COLUMNS, key, block.rowCount());
        }
    }

    /// Writes a value; empty if `format` finds that it cannot be written. Errors: RESOURCE if the space is not allowed.
    static Optional<SegmentFile> write(
            SpillDirectory directory, Key key, @Nullable Object value, ValueFormat format) throws IOException {
        try (SegmentWriter writer = new SegmentWriter(directory, 1)) {
            return tryEncode(value, format, writer)
                    ? Optional.of(writer.finish(Block.Kind.VALUE, key, 0))
                    : Optional.empty();
        }
    }

    private static boolean tryEncode(@Nullable Object value, ValueFormat format, SegmentWriter writer)
            throws IOException {
        try (OutputStream section = writer.section()) {
            format.encode(value, section);
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            writer.checkDisk();
            return false;
        }
    }

    /// A block whose buffers are slices of the mapped file; the last release unmaps and deletes it, and tells `counters`. No memory
    /// is reserved.
    ///
    /// Ownership: the caller's. Errors: IOException if the file cannot be read or is not what was written; it is still there.
    Block map(SpillCounters counters) throws IOException {
        Arena arena = Arena.ofShared();
        try (SegmentReader reader = open(Block.Kind.COLUMNS)) {
            return block(reader, arena, counters);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /// The value that was written. Errors: IOException as for [#map]; any unchecked exception of its constructors.
    @Nullable
    Object decode(ValueFormat format) throws IOException {
        try (SegmentReader reader = open(Block.Kind.VALUE);
                Arena arena = Arena.ofConfined()) {
            Preamble.Section section = reader.section(0);
            return format.decode(reader.map(arena).asSlice(section.offset(), section.length()));
        }
    }

    void delete(SpillCounters counters) {
        if (directory.delete(path, bytes)) {
            counters.deleted(bytes);
        }
    }

    private SegmentReader open(Block.Kind kind) throws IOException {
        return SegmentReader.verify(directory.disk().open(path), kind, key);
    }

    private Block block(SegmentReader reader, Arena arena, SpillCounters counters) throws IOException {
        DamagedFileException.unless(reader.sectionCount() >= 2, "it has no header and cuts");
        byte[] header = reader.bytes(0);
        long[] cuts = MemorySegment.ofArray(reader.bytes(1)).toArray(LONG);
        Buffer root = Buffer.ofForeign(reader.map(arena), () -> {
            arena.close();
            delete(counters);
        });
        List<Buffer> buffers = new ArrayList<>();
        for (int s = 2; s < reader.sectionCount(); s++) {
            buffers.add(root.slice(reader.section(s).offset(), reader.section(s).length()));
        }
        Block block = Block.partitioned(reader.rowCount(), header, buffers, cuts);
        root.release();
        return block;
    }

    private static List<MemorySegment> sections(Block block) {
        MemorySegment cuts = MemorySegment.ofArray(new byte[block.cuts().length * Long.BYTES]);
        for (int i = 0; i < block.cuts().length; i++) {
            cuts.set(LONG, (long) i * Long.BYTES, block.cuts()[i]);
        }
        List<MemorySegment> sections = new ArrayList<>();
        sections.add(MemorySegment.ofArray(block.header()));
        sections.add(cuts);
        block.buffers().forEach(buffer -> sections.add(buffer.segment()));
        return sections;
    }
}
