package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.store.IncomingFile;
import io.lazuli.scheduler.internal.store.IncomingStretches;
import io.lazuli.scheduler.internal.store.ResultCopies;
import io.lazuli.scheduler.internal.store.SegmentHolder;
import io.lazuli.scheduler.internal.store.StoredResult;
import io.lazuli.scheduler.internal.transport.CloseReason;
import io.lazuli.scheduler.internal.transport.Connection;
import io.lazuli.scheduler.internal.transport.ConnectionHandler;
import io.lazuli.scheduler.internal.transport.PeerRole;
import io.lazuli.scheduler.internal.transport.Transport;
import io.lazuli.scheduler.internal.wire.DataFrames;
import io.lazuli.scheduler.internal.wire.DataMessage;
import io.lazuli.scheduler.internal.wire.Ticket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gets results from workers, over one connection to each. What takes time is done by `executor`. Thread-safe.
final class ResultClient implements AutoCloseable {
    private final Transport transport;
    private final PeerRole role;
    private final String name;
    private final ResultCopies copies;
    private final Executor executor;
    private final AtomicLong numbers = new AtomicLong();
    /// To each worker, by its session: connected, or about to be.
    private final Map<SessionId, Link> links = new ConcurrentHashMap<>();
    /// Held to read while a result is made of what has come, and handed over; held to write to close.
    private final ReadWriteLock making = new ReentrantReadWriteLock();
    private volatile boolean closed;

    /// A result that was fetched.
    ///
    /// @param sliceRows rows that its task put into each slice
    /// @param result    the receiver's hold
    record Arrival(long[] sliceRows, StoredResult result) {}

    ResultClient(Transport transport, PeerRole role, String name, ResultCopies copies, Executor executor) {
        this.transport = transport;
        this.role = role;
        this.name = name;
        this.copies = copies;
        this.executor = executor;
    }

    /// Fetches a result; empty if the holder has not got it. The stage fails if the holder does not answer, or what comes is damaged.
    ///
    /// @param sliced for readers of its slices only: these may come when they are borrowed
    CompletionStage<Optional<Arrival>> fetch(
            WorkerShell.Peer holder, int task, int attempt, ResultCopies.Wanted wanted, boolean sliced) {
        Ticket ticket = holder.ticket(task, attempt);
        Fetching fetching = new Fetching(
                numbers.incrementAndGet(), holder.facts().name(), wanted, sliced,
                stretches -> fetchStretches(holder, ticket, stretches));
        Link link = link(holder);
        link.ask(fetching, new DataMessage.Fetch(fetching.number, ticket, link.isHere, sliced));
        return fetching.arrival;
    }

    private CompletionStage<?> fetchStretches(WorkerShell.Peer holder, Ticket ticket, IncomingStretches wanted) {
        Filling filling = new Filling(numbers.incrementAndGet(), wanted);
        if (wanted.isComplete()) {
            filling.filled.complete(true);
        } else {
            link(holder).ask(
                    filling, new DataMessage.FetchStretches(filling.number, ticket, wanted.stretches()));
        }
        return filling.filled;
    }

    /// How large a result is; empty if the holder has not got it.
    CompletionStage<Optional<RemoteEngine.ResultSize>> measure(WorkerShell.Peer holder, int task, int attempt) {
        Measuring measuring = new Measuring(numbers.incrementAndGet());
        link(holder).ask(
                measuring, new DataMessage.Measure(measuring.number, holder.ticket(task, attempt)));
        return measuring.size;
    }

    private Link link(WorkerShell.Peer holder) {
        Link known = links.get(holder.id());
        Link link = known == null ? connect(holder) : known;
        if (closed) {
            forget(holder.id());
        }
        return link;
    }

    /// It may have failed before this returns, and the link be gone again: so the map is not held meanwhile.
    private Link connect(WorkerShell.Peer holder) {
        Link fresh = new Link(holder);
        Link known = links.putIfAbsent(holder.id(), fresh);
        if (known != null) {
            return known;
        }
        fresh.connect();
        return fresh;
    }

    /// That worker is gone, or will not be asked any more.
    void forget(SessionId worker) {
        Link link = links.remove(worker);
        if (link != null) {
            link.close();
        }
    }

    /// Once this returns, no result is made any more, and all that were have been handed over.
    @Override
    public void close() {
        closed = true;
        List.copyOf(links.keySet()).forEach(this::forget);
        making.writeLock().lock();
        making.writeLock().unlock();
    }

    final class Fetching implements Asking {
        final long number;
        final String holder;
        final ResultCopies.Wanted wanted;
        final boolean sliced;
        final SegmentHolder slices;
        final CompletableFuture<Optional<Arrival>> arrival = new CompletableFuture<>();
        /// What comes in pieces; null if nothing does.
        private @Nullable IncomingFile incoming;
        /// As `incoming`, if what comes is only a head.
        private @Nullable IncomingStretches head;
        private ResultCopies.@Nullable Wanted wantedHead;
        private long[] sliceRows = {};
        private long missingBytes;
        private boolean failed;

        /// @param slices gets them, if they are to come one by one
        Fetching(
                long number, String holder, ResultCopies.Wanted wanted, boolean sliced, SegmentHolder slices) {
            this.number = number;
            this.holder = holder;
            this.wanted = wanted;
            this.sliced = sliced;
            this.slices = slices;
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public synchronized boolean hear(DataMessage.Answer answer, Consumer<DataMessage> reply) {
            switch (answer) {
                case DataMessage.Absent absent when absent.why().isPresent() -> fail(absent.why().get().toThrowable());
                case DataMessage.Absent _ -> arrival.complete(Optional.empty());
                case DataMessage.Inline inline ->
                    finish(inline.sliceRows(), () -> copies.read(wanted.madeAs(inline.key()), inline.segment()), () -> {
                    });
                case DataMessage.InFile file -> finish(
                        file.sliceRows(), () -> mapped(wanted.madeAs(file.key()), Path.of(file.path())),
                        () -> reply.accept(new DataMessage.Release(number)));
                case DataMessage.Streamed streamed -> {
                    return begin(streamed);
                }
                case DataMessage.Sliced announced -> {
                    return begin(announced);
                }
                case DataMessage.Sized _ -> fail(new IllegalStateException("a result was asked for, not its size"));
            }
            return true;
        }

        private StoredResult mapped(ResultCopies.Wanted made, Path file) {
            return sliced ? copies.mapSlices(made, file) : copies.map(made, file);
        }

        private boolean begin(DataMessage.Sliced announced) {
            if (failed) {
                return true;
            }
            try {
                wantedHead = wanted.madeAs(announced.key());
                head = copies.receiveHead(wantedHead, announced.headBytes(), announced.bytes());
                sliceRows = announced.sliceRows();
                return false;
            } catch (RuntimeException e) {
                fail(e);
                return true;
            }
        }

        private boolean begin(DataMessage.Streamed streamed) {
            if (failed) {
                return true;
            }
            try {
                incoming = copies.receive(wanted.madeAs(streamed.key()), streamed.bytes());
                sliceRows = streamed.sliceRows();
                missingBytes = streamed.bytes();
                return false;
            } catch (RuntimeException e) {
                fail(e);
                return true;
            }
        }

        @Override
        public synchronized boolean hear(ByteBuffer piece) {
            if (head != null && wantedHead != null) {
                return hear(piece, head, wantedHead);
            }
            IncomingFile file = incoming;
            if (file == null) {
                fail(new IllegalStateException("a piece came of a result that was not announced"));
                return true;
            }
            missingBytes -= piece.remaining();
            try {
                file.write(piece);
            } catch (RuntimeException e) {
                fail(e);
                return true;
            }
            if (missingBytes > 0) {
                return false;
            }
            incoming = null;
            finish(sliceRows, file::finish, file::close);
            return true;
        }

        private boolean hear(ByteBuffer piece, IncomingStretches coming, ResultCopies.Wanted made) {
            try {
                coming.write(piece);
            } catch (RuntimeException e) {
                fail(e);
                return true;
            }
            if (!coming.isComplete()) {
                return false;
            }
            head = null;
            finish(
                    sliceRows, () -> copies.received(made, coming, slices), () -> copies.forget(coming));
            return true;
        }

        private interface Making {
            StoredResult make();
        }

        private void finish(long[] rows, Making result, Runnable after) {
            executor.execute(() -> {
                making.readLock().lock();
                try {
                    make(rows, result);
                } finally {
                    making.readLock().unlock();
                    after.run();
                }
            });
        }

        /// Of no use to anybody if it has failed meanwhile, or nobody waits any more.
        private void make(long[] rows, Making result) {
            if (closed || arrival.isDone()) {
                arrival.completeExceptionally(Errors.workerGone(holder, "it is not asked any more"));
                return;
            }
            try {
                StoredResult made = result.make();
                if (!arrival.complete(Optional.of(new Arrival(rows, made)))) {
                    made.release();
                }
            } catch (Throwable e) {
                arrival.completeExceptionally(e);
            }
        }

        @Override
        public synchronized void fail(Throwable why) {
            failed = true;
            if (incoming != null) {
                incoming.close();
                incoming = null;
            }
            if (head != null) {
                copies.forget(head);
                head = null;
            }
            executor.execute(() -> arrival.completeExceptionally(why));
        }
    }

    /// The connection to one worker, from when it is asked for. Fields are guarded by the monitor.
    private final class Link implements ConnectionHandler {
        private final WorkerShell.Peer holder;
        final boolean isHere;
        private final Map<Long, Asking> asked = new HashMap<>();
        /// Requests for when there is a connection.
        private final List<DataMessage.Request> waiting = new ArrayList<>();
        private @Nullable Connection connection;
        private @Nullable Throwable broken;

        Link(WorkerShell.Peer holder) {
            this.holder = holder;
            this.isHere = holder.facts().storage().isHere();
        }

        void connect() {
            transport.connect(
                    new InetSocketAddress(holder.facts().host(), holder.facts().port()), role, name, this)
                    .whenComplete((_, failure) -> {
                        if (failure != null) {
                            breakOff(failure);
                        }
                    });
        }

        void ask(Asking asking, DataMessage.Request request) {
            Throwable why;
            synchronized (this) {
                why = broken;
                if (why == null) {
                    asked.put(asking.number(), asking);
                    waiting.add(request);
                    flush();
                }
            }
            if (why != null) {
                asking.fail(why);
            }
        }

        void say(DataMessage message) {
            synchronized (this) {
                if (connection != null) {
                    connection.send(DataFrames.encode(message));
                }
            }
        }

        @Override
        public synchronized void opened(Connection opened) {
            connection = opened;
            flush();
        }

        /// With the monitor.
        private void flush() {
            if (connection != null) {
                waiting.forEach(request -> connection.send(DataFrames.encode(request)));
                waiting.clear();
            }
        }

        @Override
        public void received(Connection from, ByteBuffer frame) {
            switch (DataFrames.decode(frame)) {
                case DataFrames.Message(DataMessage.Answer answer) ->
                    tell(answer.number(), asking -> asking.hear(answer, this::say));
                case DataFrames.Piece piece -> tell(piece.number(), asking -> asking.hear(piece.bytes()));
                case DataFrames.Message other ->
                    throw new IllegalArgumentException("a holder of results answers, and does not say " + other);
            }
        }

        private interface Telling {
            boolean tell(Asking asking);
        }

        private void tell(long number, Telling telling) {
            Asking asking;
            synchronized (this) {
                asking = asked.get(number);
            }
            // What failed may still get pieces.
            if (asking != null && telling.tell(asking)) {
                synchronized (this) {
                    asked.remove(number);
                }
            }
        }

        @Override
        public void closed(Connection closed, CloseReason reason) {
            breakOff(Errors.workerGone(holder.facts().name(), reason.toString()));
        }

        private void breakOff(Throwable why) {
            links.remove(holder.id(), this);
            List<Asking> left;
            synchronized (this) {
                broken = why;
                left = List.copyOf(asked.values());
                asked.clear();
            }
            left.forEach(asking -> asking.fail(why));
        }

        void close() {
            Connection open;
            synchronized (this) {
                open = connection;
            }
            if (open != null) {
                open.close();
            }
            breakOff(Errors.workerGone(holder.facts().name(), "it is not asked any more"));
        }
    }
}
