package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.source.BatchReader;
import java.util.Optional;

/// Reads one split of a source, or nothing where a scan has no splits.
final class ScanOrigin implements BatchOrigin {
    private final Optional<BatchReader> reader;

    ScanOrigin(Pipeline.Scan scan, int partition, Scratch scratch) {
        reader = scan.splits().isEmpty()
                ? Optional.empty()
                : Optional.of(scan.source().open(scan.splits().get(partition), scan.request(), scratch));
    }

    @Override
    public Optional<Batch> next(Scratch scratch) {
        return reader.flatMap(BatchReader::next);
    }

    @Override
    public void close() {
        reader.ifPresent(BatchReader::close);
    }
}
