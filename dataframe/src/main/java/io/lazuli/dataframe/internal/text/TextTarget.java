package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.source.FileTarget;
import io.lazuli.dataframe.internal.source.PartEncoding;
import io.lazuli.dataframe.internal.source.TableWriter;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where rows are written as text: one file, or a folder with one file for each partition. It appears under its name when
/// it is complete. Compressed as the names of the files say.
///
/// ```
///   partitions ──▶ format, compress: tasks, at once ──▶ append, in order ──▶ rename
/// ```
public final class TextTarget implements TableWriter {
    private final RowFormat format;
    private final Compression compression;
    private final FileTarget target;
    private final Optional<String> partSuffix;
    private final TextBuffer text = new TextBuffer();
    private int partCount;
    /// Null before the first part, and when there is none open.
    private @Nullable FileChannel channel;

    private TextTarget(RowFormat format, FileTarget target, Optional<String> partSuffix) {
        this.format = format;
        this.target = target;
        this.partSuffix = partSuffix;
        this.compression = Compression.ofName(partSuffix.orElse(target.path()));
    }

    /// @param partSuffix end of the names of part files; empty for one file
    ///
    /// Errors: those of [io.lazuli.dataframe.internal.source.FileTarget#check].
    ///
    /// Ownership: the caller closes it.
    public static TextTarget create(String path, RowFormat format, boolean overwrite, Optional<String> partSuffix) {
        FileTarget target = partSuffix.isPresent()
                ? FileTarget.createFolder(path, overwrite)
                : FileTarget.create(path, overwrite);
        TextTarget text = new TextTarget(format, target, partSuffix);
        try {
            if (partSuffix.isEmpty()) {
                text.open(target.unfinished());
            }
            return text;
        } catch (RuntimeException e) {
            text.close();
            throw e;
        }
    }

    @Override
    public Optional<PartEncoding> encoding() {
        return Optional.of(new TextEncoding(format, compression));
    }

    private void open(Path file) {
        guard(() -> channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        format.putHeader(text);
        flush();
    }

    @Override
    public void append(Block bytes) {
        partSuffix.ifPresent(suffix -> {
            endPart();
            open(target.unfinished().resolve("part-%05d%s".formatted(partCount++, suffix)));
        });
        guard(() -> {
            for (Buffer buffer : bytes.buffers()) {
                write(buffer.segment().asByteBuffer());
            }
        });
    }

    @Override
    public void write(Batch batch) {
        if (partSuffix.isPresent() && channel == null) {
            open(target.unfinished().resolve("part-00000" + partSuffix.get()));
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            format.putRow(text, batch, row);
        }
        flush();
    }

    private void write(ByteBuffer rest) throws IOException {
        FileChannel open = Objects.requireNonNull(channel, "no file is open");
        while (rest.hasRemaining()) {
            open.write(rest);
        }
    }

    private void flush() {
        guard(() -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream out = compression.compressed(bytes)) {
                text.drainTo(out);
            }
            write(ByteBuffer.wrap(bytes.toByteArray()));
        });
    }

    private void endPart() {
        guard(() -> {
            if (channel != null) {
                channel.force(true);
                channel.close();
                channel = null;
            }
        });
    }

    @Override
    public void commit() {
        endPart();
        target.commit();
    }

    @Override
    public void close() {
        try (target) {
            guard(() -> {
                if (channel != null) {
                    channel.close();
                }
            });
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private void guard(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw Errors.writeFailed(target.path(), e);
        }
    }
}
