package io.lazuli.cli;

import io.lazuli.scheduler.Cluster;
import io.lazuli.scheduler.event.ClusterStatus;
import io.lazuli.scheduler.event.RefusalCount;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `lazuli status`: how a cluster is, as tables or as one JSON object.
final class Status {
    private static final String DEFAULT = "127.0.0.1:8686";

    private Status() {}

    static int run(List<String> arguments, PrintStream out) {
        List<String> addresses = new ArrayList<>(arguments);
        boolean isJson = addresses.remove("--json");
        if (addresses.size() > 1 || addresses.stream().anyMatch(address -> address.startsWith("-"))) {
            throw new Main.UsageException("status takes [HOST:PORT] [--json], found " + arguments);
        }
        String address = addresses.isEmpty()
                ? Optional.ofNullable(System.getenv("LAZULI_SCHEDULER")).filter(s -> !s.isBlank()).orElse(DEFAULT)
                : addresses.getFirst();
        ClusterStatus status = Cluster.status(address);
        out.print(isJson ? json(address, status) : text(address, status));
        return 0;
    }

    static String text(String address, ClusterStatus status) {
        StringBuilder text = new StringBuilder();
        text.append("Scheduler %s, epoch %d, up %s%n".formatted(
                address, status.epoch(), duration(status.uptimeMillis())));
        text.append("%d tasks run again, %d connections and %d late messages refused%n%n".formatted(
                status.recomputedCount(), status.refusalCount(), status.staleCount()));
        Table workers =
                new Table("WORKER", "HOST", "PROCESS", "STATE", "THREADS", "TASKS", "MEMORY", "SPILLED", "OFFERS");
        for (ClusterStatus.Worker worker : status.workers()) {
            workers.add(
                    worker.name(), worker.host(), Long.toString(worker.processId()), worker.state(),
                    Integer.toString(worker.threads()), Integer.toString(worker.taskCount()),
                    bytes(worker.reservedBytes()) + " / " + bytes(worker.memoryBytes()),
                    bytes(worker.spilledBytes()), String.join(",", worker.offers()));
        }
        text.append(workers).append("%n%d workers, %d clients%n".formatted(
                status.workers().size(), status.clientCount()));
        if (!status.jobs().isEmpty()) {
            Table jobs = new Table("JOB", "NAME", "STATE", "TASKS");
            for (ClusterStatus.Job job : status.jobs()) {
                jobs.add(Long.toString(job.id()), job.name(), job.state(),
                        job.finishedCount() + " / " + job.taskCount());
            }
            text.append("%n".formatted()).append(jobs);
        }
        if (!status.refusals().isEmpty()) {
            Table refusals = new Table("REFUSED BY", "AT PORT FOR", "REASON", "CONNECTIONS");
            for (RefusalCount refusal : status.refusals()) {
                refusals.add(refusal.process(), refusal.port(), refusal.reason(), Long.toString(refusal.count()));
            }
            text.append("%n".formatted()).append(refusals);
        }
        return text.toString();
    }

    static String json(String address, ClusterStatus status) {
        List<String> workers = new ArrayList<>();
        for (ClusterStatus.Worker worker : status.workers()) {
            workers.add("""
                    {"name": %s, "host": %s, "process": %d, "state": %s, "threads": %d, "tasks": %d, \
                    "reservedBytes": %d, "memoryBytes": %d, "spilledBytes": %d, "offers": [%s]}"""
                    .formatted(
                            quoted(worker.name()), quoted(worker.host()), worker.processId(), quoted(worker.state()),
                            worker.threads(), worker.taskCount(), worker.reservedBytes(), worker.memoryBytes(),
                            worker.spilledBytes(),
                            String.join(", ", worker.offers().stream().map(Status::quoted).toList())));
        }
        List<String> jobs = new ArrayList<>();
        for (ClusterStatus.Job job : status.jobs()) {
            jobs.add("{\"id\": %d, \"name\": %s, \"state\": %s, \"finished\": %d, \"tasks\": %d}".formatted(
                    job.id(), quoted(job.name()), quoted(job.state()), job.finishedCount(), job.taskCount()));
        }
        List<String> refusals = new ArrayList<>();
        for (RefusalCount refusal : status.refusals()) {
            refusals.add("{\"process\": %s, \"port\": %s, \"reason\": %s, \"connections\": %d}".formatted(
                    quoted(refusal.process()), quoted(refusal.port()), quoted(refusal.reason()), refusal.count()));
        }
        return """
                {"scheduler": %s, "epoch": %d, "uptimeMillis": %d, "clients": %d, "recomputedTasks": %d, \
                "refusedConnections": %d, "refusedMessages": %d,
                 "workers": [%s],
                 "jobs": [%s],
                 "refusals": [%s]}
                """
                .formatted(
                        quoted(address), status.epoch(), status.uptimeMillis(), status.clientCount(),
                        status.recomputedCount(), status.refusalCount(), status.staleCount(),
                        String.join(",\n  ", workers),
                        String.join(",\n  ", jobs), String.join(",\n  ", refusals));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static String duration(long millis) {
        long seconds = millis / 1000;
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        return minutes < 60
                ? "%d min %d s".formatted(minutes, seconds % 60)
                : "%d h %d min".formatted(minutes / 60, minutes % 60);
    }

    private static String bytes(long bytes) {
        double mebibytes = bytes / (1024.0 * 1024);
        return mebibytes < 1024
                ? String.format(Locale.ROOT, "%.0f MiB", mebibytes)
                : String.format(Locale.ROOT, "%.1f GiB", mebibytes / 1024);
    }

    /// Columns as wide as they need to be, two spaces between. Control characters of names do not reach the terminal.
    private static final class Table {
        private final List<List<String>> rows = new ArrayList<>();

        Table(String... heads) {
            add(heads);
        }

        void add(String... cells) {
            rows.add(List.of(cells).stream().map(cell -> cell.replaceAll("\\p{Cntrl}", "?")).toList());
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (List<String> row : rows) {
                StringBuilder line = new StringBuilder();
                for (int c = 0; c < row.size(); c++) {
                    int column = c;
                    int width = rows.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
                    line.append(row.get(c)).append(" ".repeat(width - row.get(c).length() + 2));
                }
                text.append(line.toString().stripTrailing()).append(System.lineSeparator());
            }
            return text.toString();
        }
    }
}
