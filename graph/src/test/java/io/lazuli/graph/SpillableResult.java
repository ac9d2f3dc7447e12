package io.lazuli.graph;

import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// One result of [ReferenceEngine], in memory or mapped from a file. Dropped with its last holder.
final class SpillableResult {
    final long rowCount;
    final long byteSize;
    private final LongAdder spilledBytes;
    /// This result's own reference; after a spill it lives on `file`.
    private Block block;
    /// Null while in memory.
    private Path file;
    private int holders = 1;

    SpillableResult(Block block, LongAdder spilledBytes) {
        this.block = block;
        this.rowCount = block.rowCount();
        this.byteSize = block.byteSize();
        this.spilledBytes = spilledBytes;
    }

    /// Ownership: the caller releases it.
    synchronized Block borrow() {
        return block.retain();
    }

    synchronized SpillableResult retain() {
        holders++;
        return this;
    }

    /// True if that was the last holder.
    synchronized boolean release() {
        if (--holders > 0) {
            return false;
        }
        block.release();
        delete();
        return true;
    }

    private void delete() {
        try {
            if (file != null) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Moves the block to a file unless somebody uses it; returns the bytes that this may have freed.
    synchronized long spill(Path directory) {
        if (file != null || holders == 0 || block.kind() != Block.Kind.COLUMNS || block.references() > 1) {
            return 0;
        }
        try {
            file = Files.createTempFile(directory, "result", ".bin");
            Block mapped = move();
            block.release();
            block = mapped;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        spilledBytes.add(byteSize);
        return byteSize;
    }

    private Block move() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Arena arena = Arena.ofShared();
            long size = block.buffers().stream().mapToLong(buffer -> aligned(buffer.byteSize())).sum();
            MemorySegment mapped = channel.map(MapMode.READ_WRITE, 0, size, arena);
            Buffer whole = Buffer.ofForeign(mapped, arena::close);
            List<Buffer> buffers = new ArrayList<>();
            long offset = 0;
            for (Buffer buffer : block.buffers()) {
                MemorySegment.copy(buffer.segment(), 0, mapped, offset, buffer.byteSize());
                buffers.add(whole.slice(offset, buffer.byteSize()));
                offset += aligned(buffer.byteSize());
            }
            Block moved = Block.partitioned(block.rowCount(), block.header(), buffers, block.cuts());
            whole.release();
            return moved;
        }
    }

    private static long aligned(long byteSize) {
        return Math.ceilDiv(byteSize, 64) * 64;
    }
}
