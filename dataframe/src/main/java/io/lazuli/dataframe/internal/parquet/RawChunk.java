package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.parquet.ParquetFile.PageIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a footer says about a column chunk, unchecked.
///
/// @param obstacle why it cannot be read, if it cannot
record RawChunk(
        int type,
        List<String> path,
        int codec,
        long valueCount,
        long plainBytes,
        long byteSize,
        long dataOffset,
        long dictionaryOffset,
        ColumnStatistics statistics,
        PageIndex index,
        Optional<String> obstacle) {
    static RawChunk read(ThriftReader in) {
        return new Fields(in).read();
    }

    /// A chunk in the making.
    private static final class Fields {
        private final ThriftReader in;
        private final List<String> path = new ArrayList<>();
        private int type = -1;
        private int codec = -1;
        private long valueCount = -1;
        private long plainBytes = -1;
        private long byteSize = -1;
        private long dataOffset = -1;
        private long dictionaryOffset = -1;
        private ColumnStatistics statistics = ColumnStatistics.NONE;
        private long boundsOffset;
        private int boundsSize;
        private long placesOffset;
        private int placesSize;
        private boolean isEncrypted;
        private boolean isElsewhere;

        Fields(ThriftReader in) {
            this.in = in;
        }

        RawChunk read() {
            in.struct(id -> {
                switch (id) {
                    case 1 -> isElsewhere = !in.text().isEmpty();
                    case 3 -> in.struct(this::metadata);
                    case 4 -> placesOffset = in.integer();
                    case 5 -> placesSize = in.int32();
                    case 6 -> boundsOffset = in.integer();
                    case 7 -> boundsSize = in.int32();
                    case 8 -> {
                        isEncrypted = true;
                        in.skip();
                    }
                    default -> in.skip();
                }
            });
            return new RawChunk(
                    type,
                    List.copyOf(path),
                    codec,
                    valueCount,
                    plainBytes,
                    byteSize,
                    dataOffset,
                    dictionaryOffset,
                    statistics,
                    new PageIndex(boundsOffset, boundsSize, placesOffset, placesSize),
                    obstacle());
        }

        private Optional<String> obstacle() {
            if (isEncrypted) {
                return Optional.of("encrypted");
            }
            if (isElsewhere) {
                return Optional.of("stored in another file");
            }
            return Codec.of(codec).isPresent()
                    ? Optional.empty()
                    : Optional.of("compressed with " + Codec.nameOf(codec));
        }

        private void metadata(int id) {
            switch (id) {
                case 1 -> type = in.int32();
                case 3 -> in.list(() -> path.add(in.text()));
                case 4 -> codec = in.int32();
                case 5 -> valueCount = in.integer();
                case 6 -> plainBytes = in.integer();
                case 7 -> byteSize = in.integer();
                case 9 -> dataOffset = in.integer();
                case 11 -> dictionaryOffset = in.integer();
                case 12 -> statistics = ColumnStatistics.read(in);
                default -> in.skip();
            }
        }
    }
}
