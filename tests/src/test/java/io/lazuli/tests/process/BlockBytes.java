package io.lazuli.tests.process;

import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// Blocks on their way between processes.
final class BlockBytes {
    private BlockBytes() {}

    static void write(Block block, ValueCodec codec, DataOutputStream out) throws IOException {
        out.writeUTF(block.kind().name());
        out.writeLong(block.rowCount());
        array(block.header(), out);
        out.writeInt(block.cuts().length);
        for (long cut : block.cuts()) {
            out.writeLong(cut);
        }
        if (block.kind() == Block.Kind.VALUE) {
            array(codec.encode(block.value()), out);
            return;
        }
        out.writeInt(block.buffers().size());
        for (Buffer buffer : block.buffers()) {
            array(buffer.segment().toArray(ValueLayout.JAVA_BYTE), out);
        }
    }

    static void array(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] array(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    /// Ownership: the caller's.
    static Block read(DataInputStream in, ValueCodec codec, MemoryAccountant memory) throws IOException {
        Block.Kind kind = Block.Kind.valueOf(in.readUTF());
        long rows = in.readLong();
        byte[] header = array(in);
        long[] cuts = new long[in.readInt()];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = in.readLong();
        }
        if (kind == Block.Kind.VALUE) {
            return Block.value(codec.decode(array(in)), 100, rows, cuts);
        }
        try (Reservation reservation = memory.reserve("a block from another process", 0)) {
            List<Buffer> buffers = new ArrayList<>();
            for (int count = in.readInt(); count > 0; count--) {
                byte[] bytes = array(in);
                Buffer buffer = reservation.allocate(bytes.length);
                MemorySegment.copy(bytes, 0, buffer.segment(), ValueLayout.JAVA_BYTE, 0, bytes.length);
                buffers.add(buffer);
            }
            return Block.partitioned(rows, header, buffers, cuts);
        }
    }
}
