package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.source.PartEncoder;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;

/// Encodes all rows for a writer.
final class EncodeSink implements BatchSink {
    private final PartEncoder encoder;

    EncodeSink(Pipeline.Encode sink, Reservation memory) {
        encoder = sink.encoding().open(sink.types(), memory);
    }

    @Override
    public void expect(int rowCount) {
        encoder.expect(rowCount);
    }

    @Override
    public void accept(Batch batch) {
        encoder.write(batch);
    }

    @Override
    public Block finish() {
        return encoder.finish();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
