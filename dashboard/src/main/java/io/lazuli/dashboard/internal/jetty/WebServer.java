package io.lazuli.dashboard.internal.jetty;

import io.lazuli.dashboard.internal.Errors;
import io.lazuli.dashboard.internal.web.Site;
import java.io.IOException;
import java.util.function.IntFunction;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Serves a [Site] over HTTP/1.1. Messages for browsers are written by virtual threads, one for each browser, so a slow one costs
/// nobody else anything.
public final class WebServer implements AutoCloseable {
    private static final int MOST_THREADS = 8;
    private static final int IDLE_MILLIS = 30_000;
    /// Of all headers of a request.
    private static final int HEADER_BYTES = 8_192;
    private static final int BACKLOG = 64;
    /// At the same time; more wait to be accepted.
    private static final int MOST_CONNECTIONS = 256;
    /// For a connection's first request.
    private static final long REQUEST_SECONDS = 10;
    /// Ports to try before the server gives up.
    private static final int PORTS = 50;

    private final Server server;
    private final ServerConnector connector;
    private final SiteHandler handler;

    private WebServer(Server server, ServerConnector connector, SiteHandler handler) {
        this.server = server;
        this.connector = connector;
        this.handler = handler;
    }

    /// Listens at `port` or, if somebody else does, at the next that is free; at any if `port` is 0.
    ///
    /// **Errors.** RESOURCE if there is none.
    ///
    /// @param site made once the port is known
    public static WebServer open(String host, int port, IntFunction<Site> site) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 2);
        threads.setName("lazuli-http");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEADER_BYTES);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(host);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(BACKLOG);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        connector.addBean(new FirstRequest(connector.getScheduler(), REQUEST_SECONDS));
        server.setErrorHandler(new PlainErrors());
        listen(connector, host, port);
        SiteHandler handler = new SiteHandler(site.apply(connector.getLocalPort()));
        server.setHandler(handler);
        WebServer opened = new WebServer(server, connector, handler);
        try {
            server.start();
            return opened;
        } catch (Exception e) {
            opened.close();
            throw Errors.cannotListen(host, port, e);
        }
    }

    private static void listen(ServerConnector connector, String host, int port) {
        for (int tried = port;; tried++) {
            connector.setPort(tried);
            try {
                connector.open();
                return;
            } catch (IOException e) {
                if (port == 0 || tried == Math.min(port + PORTS, 65_535)) {
                    throw Errors.cannotListen(host, port, e);
                }
            }
        }
    }

    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        handler.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw Errors.cannotStop(e);
        }
    }
}
