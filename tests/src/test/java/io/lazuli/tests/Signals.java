package io.lazuli.tests;

import java.io.IOException;

/// Signals to processes.
public final class Signals {
    private Signals() {}

    /// @param name such as STOP
    public static void send(String name, ProcessHandle to) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(to.pid())).start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("cannot send " + name + " to " + to.pid());
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("cannot send " + name + " to " + to.pid(), e);
        }
    }
}
