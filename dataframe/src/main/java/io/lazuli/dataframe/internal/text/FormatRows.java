package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Makes the bytes of a file of the rows of a partition, compressed apart from the others: what is left to do in order is
/// to write them. Its blocks have no columns; their buffers are the bytes, one after the other.
record FormatRows(RowFormat format, Compression compression) implements Operation {
    private static final byte[] NO_COLUMNS = {};
    private static final int CANCEL_ROWS = 4096;

    /// A graph that returns the bytes of what `graph` returns.
    static TaskGraph after(TaskGraph graph, RowFormat format, Compression compression) {
        int count = graph.outputLayer().partitionCount();
        Layer layer = Layer.of(new FormatRows(format, compression), count,
                List.of(new Dependency.OneToOne(graph.output())), "format " + format.name());
        List<Layer> layers = new ArrayList<>(graph.layers());
        layers.add(layer);
        return new TaskGraph(graph.held(), layers, layer.token());
    }

    @Override
    public String name() {
        return "format " + format.name();
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        Batch rows = ColumnBlocks.view(inputs.block(0));
        BufferedBytes bytes = new BufferedBytes(context.memory());
        if (rows.rowCount() == 0) {
            return Block.columns(0, NO_COLUMNS, List.of());
        }
        try (OutputStream out = compression.compressed(bytes)) {
            write(rows, out, context);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return Block.columns(rows.rowCount(), NO_COLUMNS, bytes.finish());
    }

    private void write(Batch rows, OutputStream out, TaskContext context) throws IOException {
        TextBuffer text = new TextBuffer();
        for (int row = 0; row < rows.rowCount(); row++) {
            format.putRow(text, rows, row);
            if (text.isFull()) {
                text.drainTo(out);
            }
            if (row % CANCEL_ROWS == 0) {
                context.checkCancelled();
            }
        }
        text.drainTo(out);
    }

    /// Keeps bytes in buffers of the task. Errors: RESOURCE if it gets no more, a [LazuliException].
    private static final class BufferedBytes extends OutputStream {
        private static final int CHUNK = 1 << 20;

        private final Reservation memory;
        private final List<Buffer> full = new ArrayList<>();
        private final byte[] chunk = new byte[CHUNK];
        private int used;

        BufferedBytes(Reservation memory) {
            this.memory = memory;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            for (int done = 0; done < length;) {
                int count = Math.min(length - done, CHUNK - used);
                System.arraycopy(bytes, from + done, chunk, used, count);
                used += count;
                done += count;
                if (used == CHUNK) {
                    keep();
                }
            }
        }

        private void keep() {
            Buffer buffer = memory.allocate(used);
            MemorySegment.copy(MemorySegment.ofArray(chunk), 0, buffer.segment(), 0, used);
            full.add(buffer);
            used = 0;
        }

        List<Buffer> finish() {
            if (used > 0) {
                keep();
            }
            return full;
        }
    }
}
