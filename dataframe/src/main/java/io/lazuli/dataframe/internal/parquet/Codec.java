package io.lazuli.dataframe.internal.parquet;

import java.util.Optional;
import org.apache.parquet.format.CompressionCodec;

/// The compressions of pages that we read.
enum Codec {
    UNCOMPRESSED,
    SNAPPY,
    GZIP,
    ZSTD,
    /// LZ4 blocks without a frame.
    LZ4_RAW;

    /// Empty for LZO, Brotli, and the LZ4 framing of Hadoop that the format has deprecated.
    static Optional<Codec> of(CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED -> Optional.of(UNCOMPRESSED);
            case SNAPPY -> Optional.of(SNAPPY);
            case GZIP -> Optional.of(GZIP);
            case ZSTD -> Optional.of(ZSTD);
            case LZ4_RAW -> Optional.of(LZ4_RAW);
            case LZO, BROTLI, LZ4 -> Optional.empty();
        };
    }
}
