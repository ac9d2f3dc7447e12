package io.lazuli.dataframe.internal.parquet;

import java.util.Optional;

/// What a footer says about the values of a chunk, in bytes as the file has them.
///
/// @param nullCount -1 if unknown
/// @param nanCount  -1 if unknown
/// @param least     in the order of the column's type
/// @param oldLeast  in the order of signed bytes, as old files have it
record ColumnStatistics(
        long nullCount,
        long nanCount,
        Optional<byte[]> least,
        Optional<byte[]> greatest,
        Optional<byte[]> oldLeast,
        Optional<byte[]> oldGreatest) {
    static final ColumnStatistics NONE = new ColumnStatistics(
            -1, -1, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static ColumnStatistics read(ThriftReader in) {
        return new Fields(in).read();
    }

    /// Statistics in the making.
    private static final class Fields {
        private final ThriftReader in;
        private long nullCount = -1;
        private long nanCount = -1;
        private Optional<byte[]> least = Optional.empty();
        private Optional<byte[]> greatest = Optional.empty();
        private Optional<byte[]> oldLeast = Optional.empty();
        private Optional<byte[]> oldGreatest = Optional.empty();

        Fields(ThriftReader in) {
            this.in = in;
        }

        ColumnStatistics read() {
            in.struct(id -> {
                switch (id) {
                    case 1 -> oldGreatest = Optional.of(in.binary());
                    case 2 -> oldLeast = Optional.of(in.binary());
                    case 3 -> nullCount = Math.max(-1, in.integer());
                    case 5 -> greatest = Optional.of(in.binary());
                    case 6 -> least = Optional.of(in.binary());
                    case 9 -> nanCount = Math.max(-1, in.integer());
                    default -> in.skip();
                }
            });
            return new ColumnStatistics(nullCount, nanCount, least, greatest, oldLeast, oldGreatest);
        }
    }
}
