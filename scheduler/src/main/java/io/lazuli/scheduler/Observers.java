package io.lazuli.scheduler;

import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EventLog;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.internal.Errors;
import java.util.ServiceLoader;

/// Who [EngineOptions] say is to hear of an engine: a log, a dashboard, both or nobody. To be closed after the engine, with which
/// the log ends.
final class Observers implements AutoCloseable {
    private final EngineViewer.View view;

    private Observers(EngineViewer.View view) {
        this.view = view;
    }

    /// Errors: RESOURCE if the event log cannot be written; USER if the engine is to be shown, and nothing on the class path can do that.
    static Observers of(EngineOptions options, EventStream events) {
        options.eventLog().ifPresent(file -> log(EventLog.create(file, events.opened()), events));
        return show(options, events);
    }

    /// Of a scheduler that leads, maybe not for the first time, and maybe after others: their logs are not replaced. Errors: as [#of].
    static Observers ofTerm(EngineOptions options, EventStream events) {
        options.eventLog().ifPresent(file -> log(EventLog.createBeside(file, events.opened()), events));
        return show(options, events);
    }

    private static Observers show(EngineOptions options, EventStream events) {
        return new Observers(options.dashboard().map(address -> show(address, events)).orElse(() -> {}));
    }

    /// For an engine that is opened later. Errors: USER, as [#of] would say it then.
    static void check(EngineOptions options) {
        options.dashboard().ifPresent(address -> viewer(address).check(address));
    }

    private static EngineViewer viewer(String address) {
        return ServiceLoader.load(EngineViewer.class).findFirst().orElseThrow(() -> Errors.noViewer(address));
    }

    private static void log(EventLog log, EventStream events) {
        events.subscribe(log, Delivery.LOSSLESS);
    }

    private static EngineViewer.View show(String address, EventStream events) {
        return viewer(address).open(address, events);
    }

    @Override
    public void close() {
        view.close();
    }
}
