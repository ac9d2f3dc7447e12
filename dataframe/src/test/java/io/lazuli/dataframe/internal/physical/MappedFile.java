package io.lazuli.dataframe.internal.physical;

import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Blocks whose buffers are slices of a file that can only be read, as an engine maps what it spilled or fetched.
final class MappedFile {
    private MappedFile() {}

    /// A copy. Ownership: the caller's; its last release unmaps the file.
    static Block of(Block block) {
        List<Long> offsets = new ArrayList<>();
        long end = 0;
        for (Buffer buffer : block.buffers()) {
            offsets.add(end);
            end += buffer.byteSize() + 63 & -64;
        }
        Arena arena = Arena.ofShared();
        Buffer root = Buffer.ofForeign(map(block.buffers(), offsets, end, arena), arena::close);
        List<Buffer> slices = new ArrayList<>();
        for (int b = 0; b < offsets.size(); b++) {
            slices.add(root.slice(offsets.get(b), block.buffers().get(b).byteSize()));
        }
        Block mapped = Block.partitioned(block.rowCount(), block.header(), slices, block.cuts());
        root.release();
        return mapped;
    }

    private static MemorySegment map(List<Buffer> buffers, List<Long> offsets, long size, Arena arena) {
        try {
            Path path = Files.createTempFile("mapped", ".seg");
            try (FileChannel file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
                    Arena writing = Arena.ofConfined()) {
                MemorySegment target = file.map(FileChannel.MapMode.READ_WRITE, 0, size, writing);
                for (int b = 0; b < buffers.size(); b++) {
                    MemorySegment source = buffers.get(b).segment();
                    MemorySegment.copy(source, 0, target, offsets.get(b), source.byteSize());
                }
                return file.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
