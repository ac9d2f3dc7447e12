package io.lazuli.scheduler.internal.transport;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/// Keeps what it hears, and copies of the frames; checks that calls come one after the other, from `opened` to `closed`.
class RecordingHandler implements ConnectionHandler {
    final Queue<byte[]> frames = new ConcurrentLinkedQueue<>();
    final CompletableFuture<Connection> opened = new CompletableFuture<>();
    final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    final AtomicInteger writableCalls = new AtomicInteger();
    /// Calls that came nested, or before `opened`, or after `closed`.
    final Queue<String> disorder = new ConcurrentLinkedQueue<>();
    private boolean isWithinCall;
    private final BiConsumer<Connection, byte[]> onFrame;

    RecordingHandler() {
        this((_, _) -> {});
    }

    RecordingHandler(BiConsumer<Connection, byte[]> onFrame) {
        this.onFrame = onFrame;
    }

    @Override
    public void opened(Connection connection) {
        call("opened", () -> {
            if (!opened.complete(connection)) {
                disorder.add("opened twice");
            }
        });
    }

    @Override
    public void received(Connection connection, ByteBuffer frame) {
        byte[] copy = new byte[frame.remaining()];
        frame.get(copy);
        call("received", () -> {
            frames.add(copy);
            onFrame.accept(connection, copy);
        });
    }

    @Override
    public void writable(Connection connection) {
        call("writable", writableCalls::incrementAndGet);
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
        call("closed", () -> {});
        if (!closed.complete(reason)) {
            disorder.add("closed twice");
        }
    }

    private void call(String name, Runnable action) {
        if (isWithinCall) {
            disorder.add(name + " within a call");
        }
        if (closed.isDone()) {
            disorder.add(name + " after the end");
        }
        if (!opened.isDone() && !name.equals("opened")) {
            disorder.add(name + " before the start");
        }
        if (!Thread.currentThread().getName().startsWith("lazuli-net-")) {
            disorder.add(name + " on " + Thread.currentThread().getName());
        }
        isWithinCall = true;
        try {
            action.run();
        } finally {
            isWithinCall = false;
        }
    }

    Connection connection() {
        return Sockets.get(opened);
    }

    CloseReason reason() {
        return Sockets.get(closed);
    }

    List<byte[]> awaitFrames(int count) {
        Sockets.until(count + " frames came", () -> frames.size() >= count);
        return List.copyOf(frames);
    }
}
