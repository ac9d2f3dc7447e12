package io.lazuli.scheduler.internal.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What the transport logs while this is open; nothing of it reaches the console.
final class LoggedLines extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.lazuli.scheduler.transport");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    LoggedLines() {
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
