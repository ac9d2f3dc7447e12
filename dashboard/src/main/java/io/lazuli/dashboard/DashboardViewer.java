package io.lazuli.dashboard;

import io.lazuli.scheduler.EngineViewer;
import io.lazuli.scheduler.event.EventStream;
import java.util.Optional;

/// Opens a dashboard for an engine that was told to be shown (`LAZULI_DASHBOARD`), and prints its URL. The environment's
/// `LAZULI_DASHBOARD_TOKEN` is its token, if it is set.
public final class DashboardViewer implements EngineViewer {
    @Override
    public View open(String address, EventStream events) {
        Dashboard dashboard = Dashboard.open(options(address), events);
        System.err.println("Lazuli dashboard: " + dashboard.url());
        return dashboard::close;
    }

    @Override
    public void check(String address) {
        Dashboard.checkToken(options(address));
    }

    private static DashboardOptions options(String address) {
        return DashboardOptions.parse(address, Optional.ofNullable(System.getenv("LAZULI_DASHBOARD_TOKEN")));
    }
}
