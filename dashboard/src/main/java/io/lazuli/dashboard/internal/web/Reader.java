package io.lazuli.dashboard.internal.web;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/// One browser that hears of changes. Who is slow misses messages and is told all again: what waits for it is bounded.
final class Reader implements Feed {
    /// Messages that may wait: a second or two.
    private static final int MOST_WAITING = 8;

    private final LiveSource source;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    /// It has to be told all first.
    private boolean fresh = true;
    private boolean closed;

    Reader(LiveSource source) {
        this.source = source;
    }

    synchronized boolean isFresh() {
        return fresh;
    }

    /// What it was told holds no more: it has to be told all.
    synchronized void startOver() {
        fresh = true;
    }

    /// Queues a message; never waits.
    synchronized void offer(byte[] message) {
        if (waiting.size() == MOST_WAITING) {
            waiting.clear();
            fresh = true;
        } else {
            waiting.add(message);
            fresh = false;
            notifyAll();
        }
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    @Override
    public void writeTo(Sink reader) throws IOException, InterruptedException {
        try {
            source.add(this);
            for (byte[] message = next(); message.length > 0; message = next()) {
                reader.write(message);
            }
        } finally {
            source.remove(this);
        }
    }

    /// An empty one at the end.
    private synchronized byte[] next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        byte[] message = waiting.poll();
        return message == null ? new byte[0] : message;
    }
}
