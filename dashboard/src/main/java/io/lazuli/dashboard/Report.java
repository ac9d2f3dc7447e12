package io.lazuli.dashboard;

import io.lazuli.dashboard.internal.Errors;
import io.lazuli.dashboard.internal.web.RecordedSource;
import io.lazuli.dashboard.internal.web.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A run as one HTML file, to be kept or sent: the pages of a [Dashboard], with what they show. It opens from a disk, and loads nothing.
///
/// ```java
/// Report.of(Path.of("run.events")).write(Path.of("run.html"));
/// ```
public final class Report {
    private final String page;

    Report(String page) {
        this.page = page;
    }

    /// Of a recorded run; of a damaged log what comes before the damage.
    ///
    /// **Errors.** RESOURCE if the log cannot be read; DATA if it is none, or of another version.
    public static Report of(Path log) {
        try (RecordedSource source = RecordedSource.of(log)) {
            return new Report(ReportPage.of(source));
        }
    }

    /// Writes the file, which is replaced if it exists. Errors: RESOURCE if it cannot be written.
    public void write(Path file) {
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw Errors.cannotWriteReport(file, e);
        }
    }
}
