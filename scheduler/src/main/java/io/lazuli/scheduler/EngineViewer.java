package io.lazuli.scheduler;

import io.lazuli.scheduler.event.EventStream;

/// Shows engines to people. Found by [java.util.ServiceLoader] when an engine is opened that is to be shown, so that the engine need not
/// know who does it.
public interface EngineViewer {
    /// Shows an engine, and tells its user where.
    ///
    /// Ownership: the engine closes what it gets, after itself.
    ///
    /// @param address as [EngineOptions#withDashboard] takes it
    View open(String address, EventStream events);

    /// Fails as [#open] would because of the address and what goes with it. Opens nothing.
    void check(String address);

    /// An engine in sight.
    @FunctionalInterface
    interface View extends AutoCloseable {
        @Override
        void close();
    }
}
