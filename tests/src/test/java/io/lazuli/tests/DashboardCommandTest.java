package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the command and the environment say of dashboards.
class DashboardCommandTest {
    @TempDir
    Path folder;

    @Test
    void aSetting_hasAnyProgramsEngineShown_andSaysWhere() throws Exception {
        CommandProcess.Outcome demo = Launcher.run(Map.of("LAZULI_DASHBOARD", "127.0.0.1:0"), "demo");
        assertThat(demo.status()).isZero();
        assertThat(demo.errors()).matches("Lazuli dashboard: http://127\\.0\\.0\\.1:\\d+/\n");
    }

    @Test
    void forOthersToSee_aTokenIsNeeded() throws Exception {
        CommandProcess.Outcome demo = Launcher.run(Map.of("LAZULI_DASHBOARD", "0.0.0.0:0"), "demo");
        assertThat(demo.status()).isEqualTo(1);
        assertThat(demo.errors()).contains("it needs a token: set LAZULI_DASHBOARD_TOKEN");
        assertThat(Launcher.run(Map.of("LAZULI_DASHBOARD", "yes please"), "demo").errors())
                .contains(
                        "The dashboard's address is 'yes please', expected 1 for the usual one, or a host and a port");
    }

    @Test
    void aRecordedRun_becomesAReport() throws Exception {
        Path log = folder.resolve("demo.events");
        Path report = folder.resolve("demo.html");
        assertThat(Launcher.run(Map.of("LAZULI_EVENT_LOG", log.toString()), "demo").status()).isZero();
        CommandProcess.Outcome outcome = Launcher.run("report", log.toString(), report.toString());
        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.status()).isZero();
        assertThat(Files.readString(report)).startsWith("<!doctype html>").contains("airports.csv");
    }

    @Test
    void whatMakesNoSense_isRefused() throws Exception {
        assertThat(Launcher.run("dashboard").errors()).contains("dashboard takes --replay FILE [--port N]");
        assertThat(Launcher.run("dashboard", "--replay", "x", "--port", "many").errors())
                .contains("--port takes a number");
        assertThat(Launcher.run("dashboard", "--replay", folder.resolve("none").toString()).errors())
                .contains("Cannot read event log");
        assertThat(Launcher.run("report", "one").errors()).contains("report takes FILE REPORT.html");
    }
}
