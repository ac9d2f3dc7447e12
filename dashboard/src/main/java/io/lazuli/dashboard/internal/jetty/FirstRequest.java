package io.lazuli.dashboard.internal.jetty;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/// Closes connections over which no whole request has come in time, however busily they send parts of one.
final class FirstRequest implements Connection.Listener {
    private final Scheduler scheduler;
    private final long seconds;

    FirstRequest(Scheduler scheduler, long seconds) {
        this.scheduler = scheduler;
        this.seconds = seconds;
    }

    @Override
    public void onOpened(Connection connection) {
        scheduler.schedule(() -> {
            if (connection.getMessagesIn() == 0) {
                connection.getEndPoint().close();
            }
        }, seconds, TimeUnit.SECONDS);
    }

    @Override
    public void onClosed(Connection connection) {
        // Closing twice is closing once.
    }
}
