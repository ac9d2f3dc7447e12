package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.source.FileTarget;
import io.lazuli.dataframe.internal.source.TableWriter;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.io.ParquetWriteOptions.Compression;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/// Writes one Parquet file through parquet-java, row by row. Holds one row group in memory, on the heap.
public final class ParquetTableWriter implements TableWriter {
    private static final long ROW_GROUP_BYTES = 128L << 20;

    private final FileTarget target;
    private final BatchWriteSupport rows;
    private final ParquetWriter<Integer> writer;
    private boolean isClosed;

    private ParquetTableWriter(FileTarget target, Schema schema, ParquetWriteOptions options) throws IOException {
        this.target = target;
        this.rows = new BatchWriteSupport(schema);
        this.writer = new Builder(new LocalOutputFile(target.unfinished()), rows)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new PageCompressors())
                .withCompressionCodec(codec(options.compression()))
                .withRowGroupSize(ROW_GROUP_BYTES)
                .withRowGroupRowCountLimit(options.rowGroupRows())
                .build();
    }

    /// Errors: those of [FileTarget#check].
    ///
    /// Ownership: the caller closes it.
    public static ParquetTableWriter create(String path, Schema schema, ParquetWriteOptions options) {
        FileTarget target = FileTarget.create(path, options.overwrite());
        try {
            return new ParquetTableWriter(target, schema, options);
        } catch (IOException e) {
            target.close();
            throw Errors.writeFailed(path, e);
        }
    }

    private static CompressionCodecName codec(Compression compression) {
        return switch (compression) {
            case NONE -> CompressionCodecName.UNCOMPRESSED;
            case SNAPPY -> CompressionCodecName.SNAPPY;
            case GZIP -> CompressionCodecName.GZIP;
            case ZSTD -> CompressionCodecName.ZSTD;
        };
    }

    @Override
    public void write(Batch batch) {
        rows.start(batch);
        try {
            for (int row = 0; row < batch.rowCount(); row++) {
                writer.write(row);
            }
        } catch (LazuliException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw Errors.writeFailed(target.path(), e);
        }
    }

    @Override
    public void commit() {
        isClosed = true;
        try {
            writer.close();
        } catch (IOException | RuntimeException e) {
            throw Errors.writeFailed(target.path(), e);
        }
        target.commit();
    }

    /// What the writer complains about now is not news: either it was committed, or the file goes.
    @Override
    public void close() {
        try (target) {
            if (!isClosed) {
                isClosed = true;
                writer.close();
            }
        } catch (IOException | IllegalStateException e) {
            return;
        }
    }

    private static final class Builder extends ParquetWriter.Builder<Integer, Builder> {
        private final BatchWriteSupport rows;

        Builder(OutputFile file, BatchWriteSupport rows) {
            super(file);
            this.rows = rows;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Integer> getWriteSupport(org.apache.hadoop.conf.Configuration configuration) {
            return rows;
        }

        @Override
        protected WriteSupport<Integer> getWriteSupport(ParquetConfiguration configuration) {
            return rows;
        }
    }
}
