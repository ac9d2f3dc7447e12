package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.store.ExportedResult;
import io.lazuli.scheduler.internal.transport.CloseReason;
import io.lazuli.scheduler.internal.transport.Connection;
import io.lazuli.scheduler.internal.transport.ConnectionHandler;
import io.lazuli.scheduler.internal.wire.DataFrames;
import io.lazuli.scheduler.internal.wire.DataMessage;
import io.lazuli.scheduler.internal.wire.RemoteFailure;
import io.lazuli.scheduler.internal.wire.Ticket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
        Optional<ExportedResult> export(Ticket ticket);

        Optional<RemoteEngine.ResultSize> measure(Ticket ticket);
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
            case DataMessage.FetchStretches fetch -> executor.execute(() -> answer(connection, fetch));
            case DataMessage.Measure measure -> executor.execute(() -> answer(connection, measure));
            case DataMessage.Release release -> executor.execute(() -> release(release.number()));
        }
    }

    private void answer(Connection connection, DataMessage.Measure asked) {
        Optional<RemoteEngine.ResultSize> size = holder.measure(asked.ticket());
        say(
                connection,
                size.<DataMessage>map(is -> new DataMessage.Sized(asked.number(), is.rows(), is.bytes()))
                        .orElseGet(() -> new DataMessage.Absent(asked.number(), Optional.empty())));
    }

    private void answer(Connection connection, DataMessage.Fetch asked) {
        try {
            Optional<ExportedResult> found = holder.export(asked.ticket());
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
            case ExportedResult.InFile file when asked.sliced() && file.headBytes() > 0 ->
                stream(
                        connection, number, result, file,
                        new DataMessage.Sliced(
                                number, result.key(), result.sliceRows(), file.headBytes(), file.bytes()),
                        0, file.headBytes());
            case ExportedResult.InFile file -> stream(
                    connection, number, result, file,
                    new DataMessage.Streamed(number, result.key(), result.sliceRows(), file.bytes()), 0,
                    file.bytes());
        }
    }

    /// Ownership: takes over `result`: whoever has opened its file has it.
    private static void stream(
            Connection connection, long number, ExportedResult result, ExportedResult.InFile form,
            DataMessage announcement, long... stretches) throws IOException {
        try (result) {
            FileChannel file = FileChannel.open(form.path(), StandardOpenOption.READ);
            say(connection, announcement);
            send(connection, number, file, stretches);
        }
    }

    /// Ownership: takes over `file`.
    private static void send(Connection connection, long number, FileChannel file, long... stretches) {
        CompletionStage<Void> sent = CompletableFuture.completedStage(null);
        for (int s = 0; s < stretches.length; s += 2) {
            long offset = stretches[s];
            long length = stretches[s + 1];
            sent = sent.thenCompose(
                    _ -> connection.sendFile(DataFrames.pieceHead(number), file, offset, length));
        }
        sent.whenComplete((_, failure) -> {
            closeQuietly(file);
            if (failure != null) {
                say(connection, new DataMessage.Absent(number, Optional.of(RemoteFailure.of(failure))));
            }
        });
    }

    private void answer(Connection connection, DataMessage.FetchStretches asked) {
        try {
            Optional<ExportedResult> found = holder.export(asked.ticket());
            if (found.isPresent()) {
                giveStretches(connection, asked, found.get());
            } else {
                say(connection, new DataMessage.Absent(asked.number(), Optional.empty()));
            }
        } catch (RuntimeException | IOException | LinkageError | StackOverflowError e) {
            say(connection, new DataMessage.Absent(asked.number(), Optional.of(RemoteFailure.of(e))));
        }
    }

    /// Ownership: takes over `result`.
    private static void giveStretches(
            Connection connection, DataMessage.FetchStretches asked, ExportedResult result) throws IOException {
        try (result) {
            if (!(result.form() instanceof ExportedResult.InFile form) || !lieInside(asked.stretches(), form.bytes())) {
                throw new IllegalArgumentException("stretches are asked for that the segment has not got");
            }
            send(
                    connection, asked.number(), FileChannel.open(form.path(), StandardOpenOption.READ),
                    asked.stretches());
        }
    }

    private static boolean lieInside(long[] stretches, long bytes) {
        boolean inside = stretches.length % 2 == 0;
        for (int s = 0; s + 1 < stretches.length; s += 2) {
            inside &= stretches[s] >= 0 && stretches[s + 1] > 0 && stretches[s] <= bytes - stretches[s + 1];
        }
        return inside;
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
