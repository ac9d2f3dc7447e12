package io.lazuli.dashboard.internal;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.nio.file.Path;

/// Every message of this module.
public final class Errors {
    private Errors() {}

    public static LazuliException badPort(int port) {
        return new LazuliException(
                ErrorCode.USER,
                "The dashboard's port is %d, expected 1 to 65535, or 0 for any that is free.".formatted(port));
    }

    public static LazuliException badAddress(String text) {
        return new LazuliException(
                ErrorCode.USER,
                "The dashboard's address is '%s', expected 1 for the usual one, or a host and a port such as 127.0.0.1:8787."
                        .formatted(text));
    }

    public static LazuliException unknownHost(String host, Throwable cause) {
        return new LazuliException(
                ErrorCode.USER,
                "The dashboard's host '%s' is not known: %s. Name an address of this machine.".formatted(host, cause),
                cause);
    }

    public static LazuliException tokenNeeded(String host) {
        return new LazuliException(
                ErrorCode.USER,
                "A dashboard at %s can be reached from other machines, so it needs a token: set LAZULI_DASHBOARD_TOKEN or DashboardOptions.withToken to at least 16 characters that nobody guesses (such as those of `openssl rand -hex 16`), or listen at 127.0.0.1 and reach it through a tunnel (ssh -L 8787:127.0.0.1:8787 HOST)."
                        .formatted(host));
    }

    public static LazuliException tokenTooShort(int length, int least) {
        return new LazuliException(
                ErrorCode.USER,
                "The dashboard's token has %d characters, expected at least %d of letters, digits, '-', '.', '_' and '~': `openssl rand -hex 16` makes one."
                        .formatted(length, least));
    }

    public static LazuliException cannotListen(String host, int port, Throwable cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "The dashboard cannot listen at %s, port %d: %s. Name another port, or 0 for any that is free."
                        .formatted(host, port, cause),
                cause);
    }

    public static LazuliException cannotStop(Throwable cause) {
        return new LazuliException(ErrorCode.INTERNAL, "The dashboard's server did not stop: " + cause, cause);
    }

    public static LazuliException cannotWriteReport(Path file, Throwable cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Cannot write report %s: %s. Check that the folder exists and can be written.".formatted(file, cause),
                cause);
    }
}
