package io.lazuli.scheduler.internal.membership;

import com.hazelcast.logging.AbstractLogger;
import com.hazelcast.logging.ILogger;
import com.hazelcast.logging.LogEvent;
import com.hazelcast.logging.LoggerFactorySupport;
import java.io.IOException;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Passes warnings and worse of Hazelcast on to [System.Logger], those of a kind once a minute, and drops the rest. Hazelcast makes it by name, which is why it is
/// public.
public final class SystemLogging extends LoggerFactorySupport {
    private static final String PROPERTY = "hazelcast.logging.class";
    /// Their warnings are about flags of the JVM that would save a busy data grid some system calls, about what [MemberConfig] leaves
    /// out, about ports that other members have, and about each try to reach a member that is gone.
    private static final Set<String> CHATTY = Set.of(
            "com.hazelcast.instance.impl.HazelcastInstanceFactory",
            "com.hazelcast.instance.impl.Node",
            "com.hazelcast.internal.networking.nio.iobalancer.IOBalancer",
            "com.hazelcast.internal.server.tcp.TcpServerConnectionErrorHandler",
            "com.hazelcast.internal.cluster.ClusterService",
            "com.hazelcast.spi.impl.operationexecutor.slowoperationdetector.SlowOperationDetector");

    /// Loggers that Hazelcast makes before it has seen a configuration are found by a property of the process alone. One that
    /// the program has set stays.
    static void install() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, SystemLogging.class.getName());
        }
    }

    @Override
    protected ILogger createLogger(String name) {
        return new Warnings(name, System.getLogger(name));
    }

    private static final class Warnings extends AbstractLogger {
        private final Level least;
        private final System.Logger logger;
        /// After a process stood still, each heartbeat that waited for it is worth a warning to Hazelcast.
        private final LogLimit limit = new LogLimit();

        Warnings(String name, System.Logger logger) {
            this.least = CHATTY.contains(name) ? Level.SEVERE : Level.WARNING;
            this.logger = logger;
        }

        @Override
        public void log(Level level, String message) {
            log(level, message, null);
        }

        @Override
        public void log(Level level, String message, @Nullable Throwable thrown) {
            if (!isLoggable(level) || isGone(thrown)) {
                return;
            }
            if (level == Level.SEVERE) {
                limit.pass(message, System.nanoTime())
                        .ifPresent(text -> logger.log(System.Logger.Level.ERROR, text, thrown));
            } else {
                limit.pass(thrown == null ? message : message + ": " + thrown, System.nanoTime())
                        .ifPresent(text -> logger.log(System.Logger.Level.WARNING, text));
            }
        }

        /// A peer that goes closes its connections, or has them closed: listeners tell of that.
        private static boolean isGone(@Nullable Throwable thrown) {
            return thrown instanceof IOException && !(thrown instanceof SSLException);
        }

        @Override
        public void log(LogEvent event) {
            LogRecord entry = event.getLogRecord();
            log(entry.getLevel(), entry.getMessage(), entry.getThrown());
        }

        @Override
        public Level getLevel() {
            return least;
        }

        @Override
        public boolean isLoggable(Level level) {
            return level != Level.OFF && level.intValue() >= least.intValue();
        }
    }
}
