package io.lazuli.cli;

import io.lazuli.cli.Main.UsageException;
import io.lazuli.dashboard.Dashboard;
import io.lazuli.dashboard.DashboardOptions;
import io.lazuli.dashboard.Report;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `lazuli dashboard` and `lazuli report`: an event log as pages.
final class RecordedRun {
    private static final String USAGE = "dashboard takes --replay FILE [--port N], found ";

    private RecordedRun() {}

    /// Serves the pages until Enter is pressed.
    static int show(List<String> arguments, PrintStream out) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!List.of("--replay", "--port").contains(arguments.get(i)) || i + 1 == arguments.size()) {
                throw new UsageException(USAGE + arguments);
            }
            options.put(arguments.get(i), arguments.get(i + 1));
        }
        String log = Optional.ofNullable(options.get("--replay"))
                .orElseThrow(() -> new UsageException(USAGE + arguments));
        try (Dashboard dashboard = Dashboard.replay(at(options.get("--port")), Path.of(log))) {
            Keyboard.awaitEnter(dashboard, out);
        }
        return 0;
    }

    private static DashboardOptions at(@Nullable String port) {
        if (port == null) {
            return DashboardOptions.DEFAULTS;
        }
        if (!port.matches("\\d{1,5}")) {
            throw new UsageException("--port takes a number, found '" + port + "'");
        }
        return DashboardOptions.DEFAULTS.withPort(Integer.parseInt(port));
    }

    static int report(List<String> arguments, PrintStream out) {
        if (arguments.size() != 2) {
            throw new UsageException("report takes FILE REPORT.html, found " + arguments);
        }
        Report.of(Path.of(arguments.getFirst())).write(Path.of(arguments.getLast()));
        out.println("Report: " + arguments.getLast());
        return 0;
    }
}
