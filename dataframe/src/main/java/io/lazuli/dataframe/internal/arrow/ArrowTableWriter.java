package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.source.FileTarget;
import io.lazuli.dataframe.internal.source.TableWriter;
import io.lazuli.dataframe.io.ArrowWriteOptions;
import io.lazuli.dataframe.io.ArrowWriteOptions.Format;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Writes Arrow's IPC format: to a file that appears when it is complete, or to a stream of somebody else's.
public final class ArrowTableWriter implements TableWriter {
    private final String name;
    /// Empty for a stream.
    private final Optional<FileTarget> target;
    private final WritableByteChannel channel;
    private final MessageWriter messages;

    private ArrowTableWriter(
            String name, Optional<FileTarget> target, WritableByteChannel channel, Schema schema, Format format) {
        this.name = name;
        this.target = target;
        this.channel = channel;
        this.messages = new MessageWriter(channel, schema, format == Format.FILE);
    }

    /// Errors: those of [FileTarget#check].
    ///
    /// Ownership: the caller closes it.
    public static ArrowTableWriter create(String path, Schema schema, ArrowWriteOptions options) {
        FileTarget target = FileTarget.create(path, options.overwrite());
        try {
            FileChannel channel = FileChannel.open(
                    target.unfinished(), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            return started(new ArrowTableWriter(path, Optional.of(target), channel, schema, options.format()));
        } catch (IOException e) {
            target.close();
            throw Errors.writeFailed(path, e);
        }
    }

    /// A writer of the stream format, which leaves `out` open.
    public static ArrowTableWriter to(OutputStream out, Schema schema) {
        return started(new ArrowTableWriter(
                "an Arrow stream", Optional.empty(), Channels.newChannel(out), schema, Format.STREAM));
    }

    private static ArrowTableWriter started(ArrowTableWriter writer) {
        try {
            writer.messages.start();
            return writer;
        } catch (IOException e) {
            LazuliException failure = Errors.writeFailed(writer.name, e);
            writer.close();
            throw failure;
        }
    }

    @Override
    public void write(Batch batch) {
        try {
            messages.write(batch);
        } catch (IOException e) {
            throw Errors.writeFailed(name, e);
        }
    }

    @Override
    public void commit() {
        try {
            messages.finish();
            if (target.isPresent()) {
                channel.close();
            }
        } catch (IOException e) {
            throw Errors.writeFailed(name, e);
        }
        target.ifPresent(FileTarget::commit);
    }

    @Override
    public void close() {
        if (target.isEmpty()) {
            return;
        }
        try (FileTarget unfinished = target.get()) {
            channel.close();
        } catch (IOException e) {
            throw Errors.writeFailed(name, e);
        }
    }
}
