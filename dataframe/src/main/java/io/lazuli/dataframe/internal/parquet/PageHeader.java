package io.lazuli.dataframe.internal.parquet;

import java.util.OptionalInt;

/// What stands before each page of a chunk.
///
/// @param byteSize     of the page in the file
/// @param plainSize    of the page when decompressed
/// @param crc          checksum of the page in the file
/// @param valueCount   rows of the page, or entries of a dictionary
/// @param levelsSize   bytes of definition levels in front of a page of version 2
/// @param repeatedSize bytes of repetition levels before these
/// @param isCompressed whether the values of a page of version 2 are
record PageHeader(
        Kind kind,
        int byteSize,
        int plainSize,
        OptionalInt crc,
        int valueCount,
        PageEncoding encoding,
        PageEncoding levels,
        int levelsSize,
        int repeatedSize,
        boolean isCompressed) {
    /// In the order of the format's numbers.
    enum Kind {
        DATA,
        INDEX,
        DICTIONARY,
        DATA_V2
    }

    boolean isData() {
        return kind == Kind.DATA || kind == Kind.DATA_V2;
    }

    /// Errors: IllegalStateException if it makes no sense; [ThriftReader.Truncated] if it does not end.
    static PageHeader read(ThriftReader in) {
        return new Fields(in).read();
    }

    /// A header in the making.
    private static final class Fields {
        private final ThriftReader in;
        private int kind = -1;
        private int byteSize = -1;
        private int plainSize = -1;
        private OptionalInt crc = OptionalInt.empty();
        private int valueCount = -1;
        private PageEncoding encoding = PageEncoding.PLAIN;
        private PageEncoding levels = PageEncoding.RLE;
        private int levelsSize;
        private int repeatedSize;
        private boolean isCompressed = true;

        Fields(ThriftReader in) {
            this.in = in;
        }

        PageHeader read() {
            in.struct(id -> {
                switch (id) {
                    case 1 -> kind = in.int32();
                    case 2 -> plainSize = in.int32();
                    case 3 -> byteSize = in.int32();
                    case 4 -> crc = OptionalInt.of(in.int32());
                    case 5 -> in.struct(this::dataPage);
                    case 7 -> in.struct(this::dictionaryPage);
                    case 8 -> in.struct(this::dataPageV2);
                    default -> in.skip();
                }
            });
            if (kind < 0 || kind >= Kind.values().length) {
                throw new IllegalStateException("a page of the unknown kind " + kind);
            }
            if (byteSize < 0 || plainSize < 0 || levelsSize < 0 || repeatedSize < 0) {
                throw new IllegalStateException("a page header with a negative or no size");
            }
            if (valueCount < 0 && kind != Kind.INDEX.ordinal()) {
                throw new IllegalStateException("a page header with a negative or no count of values");
            }
            return new PageHeader(
                    Kind.values()[kind], byteSize, plainSize, crc, valueCount, encoding, levels, levelsSize,
                    repeatedSize, isCompressed);
        }

        private void dataPage(int id) {
            switch (id) {
                case 1 -> valueCount = in.int32();
                case 2 -> encoding = PageEncoding.of(in.int32());
                case 3 -> levels = PageEncoding.of(in.int32());
                default -> in.skip();
            }
        }

        private void dictionaryPage(int id) {
            switch (id) {
                case 1 -> valueCount = in.int32();
                case 2 -> encoding = PageEncoding.of(in.int32());
                default -> in.skip();
            }
        }

        private void dataPageV2(int id) {
            switch (id) {
                case 1 -> valueCount = in.int32();
                case 4 -> encoding = PageEncoding.of(in.int32());
                case 5 -> levelsSize = in.int32();
                case 6 -> repeatedSize = in.int32();
                case 7 -> isCompressed = in.bool();
                default -> in.skip();
            }
        }
    }
}
