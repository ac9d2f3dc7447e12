package io.lazuli.dashboard.internal.web;

import io.lazuli.dashboard.internal.model.JobView;
import io.lazuli.dashboard.internal.model.RunModel;
import io.lazuli.dashboard.internal.model.Totals;
import io.lazuli.dashboard.internal.model.WorkerView;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.scheduler.event.RefusalCount;
import io.lazuli.scheduler.event.WorkerSample;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// A model in Prometheus' text format. Names of jobs and layers are no labels: there may be any number of them.
final class Metrics {
    private final StringBuilder text = new StringBuilder(4_096);
    private final List<WorkerView> workers;

    private Metrics(List<WorkerView> workers) {
        this.workers = workers;
    }

    /// @param ownRefusals requests that this dashboard has refused, by reason
    static String of(RunModel model, long now, List<RefusalCount> refusals, Map<String, Long> ownRefusals) {
        Metrics metrics = new Metrics(model.workers());
        metrics.totals(model.totals());
        metrics.jobs(model.jobs(now));
        metrics.workers();
        metrics.refusals(refusals, ownRefusals);
        return metrics.text.toString();
    }

    private void totals(Totals totals) {
        counter("lazuli_tasks_finished_total", "Tasks that returned their result.", totals.finishedTasks());
        counter("lazuli_tasks_failed_total", "Tasks that failed for good.", totals.failedTasks());
        counter("lazuli_tasks_retried_total", "Attempts that failed and were followed by another.",
                totals.retriedTasks());
        counter("lazuli_results_lost_total", "Results that were lost and are made again.", totals.lostResults());
        counter("lazuli_tasks_recomputed_total", "Tasks that ran again because results were lost.",
                totals.recomputedTasks());
        counter("lazuli_rows_total", "Rows that tasks returned.", totals.rows());
        counter("lazuli_bytes_total", "Bytes that tasks returned.", totals.bytes());
        head("lazuli_task_busy_seconds_total", "counter", "Time that tasks ran, summed over threads.");
        line("lazuli_task_busy_seconds_total", "", Double.toString(totals.busyNanos() / 1e9));
        counter("lazuli_spill_written_bytes_total", "Bytes written to disk for lack of memory.",
                totals.spillWrittenBytes());
        counter("lazuli_spill_read_bytes_total", "Bytes of these that were read back.", totals.spillReadBytes());
        counter("lazuli_jobs_submitted_total", "Jobs that no task set off.", totals.jobs());
        head("lazuli_jobs_ended_total", "counter", "Jobs that ended, by how.");
        line("lazuli_jobs_ended_total", label("state", "succeeded"), Long.toString(totals.succeededJobs()));
        line("lazuli_jobs_ended_total", label("state", "failed"), Long.toString(totals.failedJobs()));
        line("lazuli_jobs_ended_total", label("state", "cancelled"), Long.toString(totals.cancelledJobs()));
        counter("lazuli_events_dropped_total", "Blocks of events that the dashboard was too slow for.",
                totals.droppedBlocks());
    }

    /// Of jobs that run now.
    private void jobs(List<JobView> jobs) {
        List<JobView> running = jobs.stream().filter(JobView::isRunning).toList();
        gauge("lazuli_jobs_running", "Jobs that run.", running.size());
        List<LayerProgress> layers = running.stream()
                .flatMap(job -> Stream.concat(
                        job.summary().progress().layers().stream(), job.summary().inner().stream()))
                .toList();
        long all = sum(layers, LayerProgress::taskCount);
        long run = sum(layers, LayerProgress::runningCount);
        long finished = sum(layers, LayerProgress::finishedCount);
        long failed = running.stream().flatMap(job -> job.extras().stream())
                .mapToLong(JobView.LayerExtra::failedCount).sum();
        head("lazuli_tasks", "gauge", "Tasks of the jobs that run, by state.");
        line("lazuli_tasks", label("state", "finished"), Long.toString(finished));
        line("lazuli_tasks", label("state", "running"), Long.toString(run));
        line("lazuli_tasks", label("state", "failed"), Long.toString(failed));
        line("lazuli_tasks", label("state", "waiting"), Long.toString(Math.max(0, all - run - finished - failed)));
    }

    private static long sum(List<LayerProgress> layers, ToLongFunction<LayerProgress> count) {
        return layers.stream().mapToLong(count).sum();
    }

    private void workers() {
        gauge("lazuli_workers", "Workers that are there.", workers.stream().filter(WorkerView::isPresent).count());
        head("lazuli_worker_threads", "gauge", "Compute threads of a worker.");
        for (WorkerView worker : workers) {
            line("lazuli_worker_threads", label(worker), Integer.toString(worker.threadCount()));
        }
        sample("lazuli_worker_busy_threads", "Compute threads that run a task.", WorkerSample::busyThreadCount);
        sample("lazuli_worker_cpu_permille", "Thousandths of a processor that the worker's process uses.",
                WorkerSample::cpuPermille);
        sample("lazuli_worker_reserved_bytes", "Data outside the Java heap.", WorkerSample::reservedBytes);
        sample("lazuli_worker_limit_bytes", "Most data outside the Java heap.", WorkerSample::limitBytes);
        sample("lazuli_worker_heap_bytes", "Java heap in use.", WorkerSample::heapBytes);
        sample("lazuli_worker_heap_limit_bytes", "Largest Java heap.", WorkerSample::heapLimitBytes);
        sample("lazuli_worker_anonymous_bytes", "Anonymous memory of the worker's process.",
                WorkerSample::anonymousBytes);
        sample("lazuli_worker_resident_bytes", "Memory of the worker's process, mapped files included.",
                WorkerSample::residentBytes);
        sample("lazuli_worker_spill_bytes", "Spill files on disk.", WorkerSample::diskBytes);
    }

    private void refusals(List<RefusalCount> refusals, Map<String, Long> own) {
        head("lazuli_connections_refused_total", "counter",
                "Connections that were closed before they were any, by process, port and reason.");
        for (RefusalCount refusal : refusals) {
            line("lazuli_connections_refused_total", "{%s,%s,%s}".formatted(
                    pair("process", refusal.process()), pair("port", refusal.port()),
                    pair("reason", refusal.reason())), Long.toString(refusal.count()));
        }
        head("lazuli_dashboard_requests_refused_total", "counter",
                "Requests that this dashboard did not answer, by reason.");
        own.forEach((reason, count) -> line(
                "lazuli_dashboard_requests_refused_total", label("reason", reason), Long.toString(count)));
    }

    /// What is not known is left out.
    private void sample(String name, String help, ToLongFunction<WorkerSample> value) {
        head(name, "gauge", help);
        for (WorkerView worker : workers) {
            worker.sample().map(value::applyAsLong).filter(number -> number >= 0)
                    .ifPresent(number -> line(name, label(worker), Long.toString(number)));
        }
    }

    private void counter(String name, String help, long value) {
        head(name, "counter", help);
        line(name, "", Long.toString(value));
    }

    private void gauge(String name, String help, long value) {
        head(name, "gauge", help);
        line(name, "", Long.toString(value));
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String labels, String value) {
        text.append(name).append(labels).append(' ').append(value).append('\n');
    }

    /// The number tells workers apart, the name says which it is.
    private static String label(WorkerView worker) {
        return "{%s,%s}".formatted(
                pair("worker", Integer.toString(worker.worker())), pair("name", worker.name()));
    }

    private static String label(String name, String value) {
        return "{" + pair(name, value) + "}";
    }

    private static String pair(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
