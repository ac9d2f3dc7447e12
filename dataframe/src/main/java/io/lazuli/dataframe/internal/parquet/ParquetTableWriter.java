package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.source.FileTarget;
import io.lazuli.dataframe.internal.source.PartEncoding;
import io.lazuli.dataframe.internal.source.TableWriter;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// Writes one Parquet file. Row groups that tasks have encoded go to the file as they come; rows are collected up to a row
/// group, at most 128 MiB of them, and encoded here.
public final class ParquetTableWriter implements TableWriter {
    /// For one row group as rows, twice while it grows, and in its final form.
    private static final long MOST_BYTES = 2L << 30;

    private final FileTarget target;
    private final ParquetEncoding encoding;
    private final FileChannel channel;
    private final MemoryAccountant accountant = MemoryAccountant.create(MOST_BYTES);
    private final Reservation memory = accountant.reserve("parquet writer", 0);
    private final RowGroupEncoder rows;
    private final FooterWriter footer;
    /// Bytes of the file so far.
    private long position;

    private ParquetTableWriter(FileTarget target, Schema schema, ParquetWriteOptions options, FileChannel channel) {
        this.target = target;
        this.encoding = new ParquetEncoding(options);
        this.channel = channel;
        this.rows = new RowGroupEncoder(schema.types(), options, memory);
        this.footer = new FooterWriter(schema, PageCompressor.codec(options.compression()));
    }

    /// Errors: those of [FileTarget#check].
    ///
    /// Ownership: the caller closes it.
    public static ParquetTableWriter create(String path, Schema schema, ParquetWriteOptions options) {
        FileTarget target = FileTarget.create(path, options.overwrite());
        try {
            FileChannel channel = FileChannel.open(
                    target.unfinished(), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            return started(new ParquetTableWriter(target, schema, options, channel));
        } catch (IOException e) {
            target.close();
            throw Errors.writeFailed(path, e);
        }
    }

    private static ParquetTableWriter started(ParquetTableWriter writer) {
        try {
            writer.put(Footers.MAGIC.getBytes(StandardCharsets.ISO_8859_1));
            return writer;
        } catch (LazuliException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public Optional<PartEncoding> encoding() {
        return Optional.of(encoding);
    }

    @Override
    public void write(Batch batch) {
        rows.append(batch);
        putGroups();
    }

    @Override
    public void append(Block part) {
        if (!ParquetEncoding.isEncoded(part)) {
            write(ColumnBlocks.view(part));
            return;
        }
        rows.endGroup();
        putGroups();
        put(ParquetEncoding.bytes(part), ParquetEncoding.groups(part));
    }

    private void putGroups() {
        put(rows.bytes().segments(), rows.groups());
        rows.bytes().clear();
        rows.groups().clear();
    }

    private void put(List<MemorySegment> pieces, List<EncodedGroup> groups) {
        long offset = position;
        for (EncodedGroup group : groups) {
            footer.add(group, offset);
            offset += group.byteSize();
        }
        pieces.forEach(piece -> put(piece.asByteBuffer()));
    }

    private void put(byte[] bytes) {
        put(ByteBuffer.wrap(bytes));
    }

    private void put(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                position += channel.write(bytes);
            }
        } catch (IOException e) {
            throw Errors.writeFailed(target.path(), e);
        }
    }

    @Override
    public void commit() {
        rows.endGroup();
        putGroups();
        List<byte[]> parts = footer.write(position);
        parts.forEach(this::put);
        put(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(parts.getLast().length).flip());
        put(Footers.MAGIC.getBytes(StandardCharsets.ISO_8859_1));
        closeChannel();
        target.commit();
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            throw Errors.writeFailed(target.path(), e);
        }
    }

    @Override
    public void close() {
        try (target; accountant; memory) {
            closeChannel();
        }
    }
}
