package io.lazuli.dataframe.internal.parquet;

import java.util.Optional;

/// The compressions of pages that we read.
enum Codec {
    UNCOMPRESSED(0, 1),
    /// A copy of three bytes makes 64 at most.
    SNAPPY(1, 24),
    GZIP(2, 1100),
    /// LZ4 blocks in the framing of Hadoop, which the format has deprecated, or without any, as some writers understood it.
    LZ4(5, 256),
    /// A block of four bytes may make 128 KiB.
    ZSTD(6, 1 << 16),
    /// LZ4 blocks without a frame.
    LZ4_RAW(7, 256);

    private static final String[] NAMES = {"UNCOMPRESSED", "SNAPPY", "GZIP", "LZO", "BROTLI", "LZ4", "ZSTD", "LZ4_RAW"};

    private final int id;
    private final int ratio;

    Codec(int id, int ratio) {
        this.id = id;
        this.ratio = ratio;
    }

    /// The format's number.
    int id() {
        return id;
    }

    /// How many times longer than its compressed form a page can be, at most.
    int ratio() {
        return ratio;
    }

    /// Empty for LZO, Brotli and what may come.
    static Optional<Codec> of(int id) {
        for (Codec codec : values()) {
            if (codec.id == id) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }

    static String nameOf(int id) {
        return id >= 0 && id < NAMES.length ? NAMES[id] : "codec " + id;
    }
}
