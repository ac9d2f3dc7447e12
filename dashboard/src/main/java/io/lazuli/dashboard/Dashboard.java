package io.lazuli.dashboard;

import io.lazuli.dashboard.internal.Errors;
import io.lazuli.dashboard.internal.jetty.WebServer;
import io.lazuli.dashboard.internal.web.LiveSource;
import io.lazuli.dashboard.internal.web.RecordedSource;
import io.lazuli.dashboard.internal.web.ReportPage;
import io.lazuli.dashboard.internal.web.Site;
import io.lazuli.dashboard.internal.web.Source;
import io.lazuli.scheduler.event.EventStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// An engine in the browser: progress by layer, the graph, the task stream, memory and processors of its workers, and what failed. It
/// only looks; the engine does not wait for it.
///
/// ```java
/// try (Dashboard dashboard = Dashboard.open(DashboardOptions.DEFAULTS, engine.events())) {
///     System.err.println("See " + dashboard.url());
///     frame.compute();
/// }
/// ```
public final class Dashboard implements AutoCloseable {
    private final DashboardOptions options;
    private final Source source;
    private final WebServer server;

    private Dashboard(DashboardOptions options, Source source) {
        this.options = options;
        this.source = source;
        this.server = WebServer.open(
                options.host(), options.port(),
                port -> new Site(source, options.isLoopback(), names(options), options.token(), port));
    }

    /// Shows an engine from now on, with the jobs that live. The engine may be closed first: what it did stays in sight.
    ///
    /// Ownership: the caller closes it. **Errors.** USER if the engine is closed, or if others than this machine could look and there
    /// is no token; RESOURCE if no port is free.
    public static Dashboard open(DashboardOptions options, EventStream events) {
        checkToken(options);
        return of(options, LiveSource.of(events));
    }

    /// Shows a recorded run: its end at once, and how it came about to who plays it. Of a damaged log what comes before the damage, with
    /// a note that says so.
    ///
    /// Ownership: the caller closes it. **Errors.** as [#open]; RESOURCE if the log cannot be read; DATA if it is none, or of another
    /// version.
    public static Dashboard replay(DashboardOptions options, Path log) {
        checkToken(options);
        return of(options, RecordedSource.of(log));
    }

    /// Errors: USER if others than this machine could look and there is no token.
    static void checkToken(DashboardOptions options) {
        if (options.token().isEmpty() && !options.isLoopback()) {
            throw Errors.tokenNeeded(options.host());
        }
    }

    /// By which it may be called: what it was told, and where others can see it also this machine's own name.
    private static Set<String> names(DashboardOptions options) {
        return options.isLoopback() ? Set.of(options.host()) : Set.copyOf(List.of(options.host(), ownName()));
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /// Ownership: takes over `source`, also if it fails.
    private static Dashboard of(DashboardOptions options, Source source) {
        try {
            return new Dashboard(options, source);
        } catch (Throwable e) {
            source.close();
            throw e;
        }
    }

    /// What can be seen now, as a file. Cost: makes the text at once, some 100 KiB and what jobs and attempts there are.
    public Report report() {
        return new Report(ReportPage.of(source));
    }

    /// For a browser; with the token, if there is one.
    public URI url() {
        String name = options.isEverywhere() ? ownName() : options.host();
        String host = name.contains(":") ? "[" + name + "]" : name;
        return URI.create("http://%s:%d/%s".formatted(
                host, server.port(), options.token().map(token -> "?token=" + token).orElse("")));
    }

    /// Where it listens.
    public int port() {
        return server.port();
    }

    /// Ends all pages. The engine goes on.
    @Override
    public void close() {
        source.close();
        server.close();
    }
}
