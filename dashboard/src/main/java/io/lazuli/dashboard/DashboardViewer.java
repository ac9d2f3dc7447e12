package io.lazuli.dashboard;

import io.lazuli.scheduler.EngineViewer;
import io.lazuli.scheduler.event.EventStream;
import java.util.Optional;

/// Opens a dashboard for an engine that was told to be shown (`LAZULI_DASHBOARD`), and prints its URL. The environment's
/// `LAZULI_DASHBOARD_TOKEN` is its token, if it is set.
public final class DashboardViewer implements EngineViewer {
    @Override
    public View open(String address, EventStream events) {
        Optional<String> token = Optional.ofNullable(System.getenv("LAZULI_DASHBOARD_TOKEN"));
        Dashboard dashboard = Dashboard.open(DashboardOptions.parse(address, token), events);
        System.err.println("Lazuli dashboard: " + dashboard.url());
        return dashboard::close;
    }
}
