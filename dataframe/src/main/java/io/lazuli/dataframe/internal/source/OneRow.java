package io.lazuli.dataframe.internal.source;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Token;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One row without columns: what constants are computed from.
public record OneRow() implements Source {
    private record Only() implements Split {}

    @Override
    public String name() {
        return "one row";
    }

    @Override
    public Schema schema() {
        return new Schema(List.of());
    }

    @Override
    public Estimate estimate(ScanRequest request) {
        return new Estimate(1, 0);
    }

    @Override
    public OptionalLong rowCount() {
        return OptionalLong.of(1);
    }

    @Override
    public List<Split> splits(ScanRequest request) {
        return List.of(new Only());
    }

    @Override
    public BatchReader open(Split split, ScanRequest request, Scratch scratch) {
        return new Reader();
    }

    @Override
    public Token token() {
        return Token.of("one row");
    }

    private static final class Reader implements BatchReader {
        private boolean isRead;

        @Override
        public Optional<Batch> next() {
            Optional<Batch> batch = isRead ? Optional.empty() : Optional.of(new Batch(1, List.of()));
            isRead = true;
            return batch;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
