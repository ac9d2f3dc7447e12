package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.store.ExportedResult;
import io.lazuli.scheduler.internal.transport.CloseReason;
import io.lazuli.scheduler.internal.transport.Connection;
import io.lazuli.scheduler.internal.transport.ConnectionHandler;
import io.lazuli.scheduler.internal.wire.DataFrames;
import io.lazuli.scheduler.internal.wire.DataMessage;
import io.lazuli.scheduler.internal.wire.RemoteFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Gives a worker's results to one peer: a worker or a client. What takes time is done by `executor`.
final class ResultServer implements ConnectionHandler {
    private final Holder holder;
    private final Executor executor;
    /// Results whose files the peer is to open, by number; null once the connection is closed. Guarded by this.
    private @Nullable Map<Long, ExportedResult> lent = new HashMap<>();

    /// Has results.
    interface Holder {
        /// Ownership: the caller closes it. Errors: why it cannot be exported.
        Optional<ExportedResult> export(int epoch, int task, int attempt);

        Optional<RemoteEngine.ResultSize> measure(int epoch, int task, int attempt);
    }

    ResultServer(Holder holder, Executor executor) {
        this.holder = holder;
        this.executor = executor;
    }

    @Override
    public void received(Connection connection, ByteBuffer frame) {
        if (!(DataFrames.decode(frame) instanceof DataFrames.Message(DataMessage.Request request))) {
            throw new IllegalArgumentException("a holder of results is asked for them, and nothing else");
        }
        switch (request) {
            case DataMessage.Fetch fetch -> executor.execute(() -> answer(connection, fetch));
            case DataMessage.Measure measure -> executor.execute(() -> answer(connection, measure));
            case DataMessage.Release release -> executor.execute(() -> release(release.number()));
        }
    }

    private void answer(Connection connection, DataMessage.Measure asked) {
        Optional<RemoteEngine.ResultSize> size = holder.measure(asked.epoch(), asked.task(), asked.attempt());
        say(
                connection,
                size.<DataMessage>map(is -> new DataMessage.Sized(asked.number(), is.rows(), is.bytes()))
                        .orElseGet(() -> new DataMessage.Absent(asked.number(), Optional.empty())));
    }

    private void answer(Connection connection, DataMessage.Fetch asked) {
        try {
            Optional<ExportedResult> found = holder.export(asked.epoch(), asked.task(), asked.attempt());
            if (found.isEmpty()) {
                say(connection, new DataMessage.Absent(asked.number(), Optional.empty()));
            } else {
                give(connection, asked, found.get());
            }
        } catch (RuntimeException | IOException | LinkageError | StackOverflowError e) {
            // Whatever the program's code throws: who asks must hear something.
            say(connection, new DataMessage.Absent(asked.number(), Optional.of(RemoteFailure.of(e))));
        }
    }

    /// Ownership: takes over `result`.
    private void give(Connection connection, DataMessage.Fetch asked, ExportedResult result) throws IOException {
        long number = asked.number();
        switch (result.form()) {
            case ExportedResult.Inline inline -> {
                say(connection, new DataMessage.Inline(number, result.key(), result.sliceRows(), inline.bytes()));
                result.close();
            }
            case ExportedResult.InFile file when asked.isHere() -> {
                if (lend(number, result)) {
                    say(
                            connection,
                            new DataMessage.InFile(
                                    number, result.key(), result.sliceRows(), file.path().toString()));
                }
            }
            case ExportedResult.InFile file -> stream(connection, number, result, file.path());
        }
    }

    private static void stream(Connection connection, long number, ExportedResult result, Path path)
            throws IOException {
        try (result) {
            FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
            say(connection, new DataMessage.Streamed(number, result.key(), result.sliceRows(), file.size()));
            connection.sendFile(DataFrames.pieceHead(number), file, 0, file.size())
                    .whenComplete((_, _) -> closeQuietly(file));
        }
    }

    private static void closeQuietly(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            // It was read; nothing is lost.
            return;
        }
    }

    private static void say(Connection connection, DataMessage message) {
        connection.send(DataFrames.encode(message));
    }

    /// False if the peer is gone: then the result is let go of.
    private synchronized boolean lend(long number, ExportedResult result) {
        if (lent == null) {
            result.close();
            return false;
        }
        ExportedResult before = lent.put(number, result);
        if (before != null) {
            before.close();
        }
        return true;
    }

    private synchronized void release(long number) {
        ExportedResult result = lent == null ? null : lent.remove(number);
        if (result != null) {
            result.close();
        }
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
        executor.execute(this::releaseAll);
    }

    private synchronized void releaseAll() {
        if (lent != null) {
            lent.values().forEach(ExportedResult::close);
            lent = null;
        }
    }
}
