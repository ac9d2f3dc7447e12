package io.lazuli.cli;

import io.lazuli.dashboard.Dashboard;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/// Waits for the user.
final class Keyboard {
    private Keyboard() {}

    /// Says where the dashboard is and leaves it open until Enter is pressed or, where there is no keyboard, the process is ended.
    static void awaitEnter(Dashboard dashboard, PrintStream out) {
        out.println("Dashboard: " + dashboard.url() + "   (Enter ends it)");
        try {
            int read = System.in.read();
            while (read >= 0 && read != '\n') {
                read = System.in.read();
            }
            if (read < 0) {
                new CountDownLatch(1).await();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
