package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.source.BatchReader;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;

/// Reads the parts of a split one after the other; no more than one file is open.
final class PartsReader implements BatchReader {
    private final Iterator<ParquetSplit.Part> parts;
    private final Function<ParquetSplit.Part, BatchReader> opener;
    /// Of the last part; empty before the first.
    private Optional<BatchReader> current = Optional.empty();

    PartsReader(ParquetSplit split, Function<ParquetSplit.Part, BatchReader> opener) {
        this.parts = split.parts().iterator();
        this.opener = opener;
    }

    @Override
    public Optional<Batch> next() {
        Optional<Batch> batch = current.flatMap(BatchReader::next);
        while (batch.isEmpty() && parts.hasNext()) {
            close();
            current = Optional.of(opener.apply(parts.next()));
            batch = current.flatMap(BatchReader::next);
        }
        return batch;
    }

    @Override
    public void close() {
        current.ifPresent(BatchReader::close);
        current = Optional.empty();
    }
}
