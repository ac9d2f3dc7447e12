package io.lazuli.dataframe.internal.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/// The codecs of pages that parquet-java writes for us. Its own would load Hadoop's configuration.
final class PageCompressors implements CompressionCodecFactory {
    private static final int ZSTD_LEVEL = 3;

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return new Compressor(codec);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("only writes");
    }

    @Override
    public void release() {}

    private record Compressor(CompressionCodecName codec) implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput plain) throws IOException {
            return switch (codec) {
                case UNCOMPRESSED -> plain;
                case SNAPPY -> BytesInput.from(Snappy.compress(plain.toByteArray()));
                case ZSTD -> BytesInput.from(Zstd.compress(plain.toByteArray(), ZSTD_LEVEL));
                case GZIP -> gzip(plain);
                case LZO, BROTLI, LZ4, LZ4_RAW -> throw new IOException("no compressor for " + codec);
            };
        }

        private static BytesInput gzip(BytesInput plain) throws IOException {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
                plain.writeAllTo(out);
            }
            return BytesInput.from(compressed.toByteArray());
        }

        @Override
        public CompressionCodecName getCodecName() {
            return codec;
        }

        @Override
        public void release() {}
    }
}
