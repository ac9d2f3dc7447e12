package io.lazuli.dashboard.internal.web;

import io.lazuli.dashboard.internal.json.Json;
import io.lazuli.dashboard.internal.model.Failure;
import io.lazuli.dashboard.internal.model.JobView;
import io.lazuli.dashboard.internal.model.Totals;
import io.lazuli.dashboard.internal.model.WorkerRecord;
import io.lazuli.dashboard.internal.model.WorkerView;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.scheduler.event.JobDescription;
import io.lazuli.scheduler.event.JobDescription.LayerDescription;
import io.lazuli.scheduler.event.JobPace;
import io.lazuli.scheduler.event.JobSummary;
import io.lazuli.scheduler.event.Pace;
import io.lazuli.scheduler.event.WorkerSample;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Jobs, workers and failures as JSON: the same in messages, in the API and in reports. Times are nanoseconds, those that say when
/// since the engine was opened.
final class Documents {
    private Documents() {}

    /// A job as it is. What never changes of it is left out unless `isWhole`.
    static Json job(JobView job, boolean isWhole) {
        JobSummary summary = job.summary();
        Json json = new Json().object()
                .put("id", job.id())
                .put("name", job.description().name())
                .put("state", summary.progress().state().name().toLowerCase(Locale.ROOT))
                .put("start", job.startNanos())
                .put("elapsed", summary.progress().elapsed().toNanos())
                .put("tasks", summary.taskCount())
                .put("finished", summary.finishedCount())
                .put("retries", summary.retryCount())
                .put("recomputed", summary.recomputedCount())
                .put("innerJobs", summary.innerJobCount())
                .put("spillWritten", summary.spill().writtenBytes())
                .put("spillRead", summary.spill().readBytes())
                .put("spillDisk", summary.spill().diskBytes());
        summary.failure().ifPresent(message -> json.put("failure", message));
        job.pace().ifPresent(pace -> putPace(json, pace.all()));
        if (isWhole) {
            json.array("plan");
            job.description().layers().forEach(layer -> plan(json, layer));
            json.endArray();
        }
        json.array("layers");
        layers(json, job);
        json.endArray().array("inner");
        List<Pace> paces = job.pace().map(JobPace::inner).orElse(List.of());
        for (int i = 0; i < summary.inner().size(); i++) {
            LayerProgress layer = summary.inner().get(i);
            progress(json.object().put("label", layer.label()), layer);
            if (!paces.isEmpty()) {
                putPace(json, paces.get(i));
            }
            json.end();
        }
        return json.endArray().end();
    }

    private static void plan(Json json, LayerDescription layer) {
        json.object()
                .put("label", layer.label())
                .put("token", layer.token().abbreviation())
                .put("held", layer.isHeld())
                .array("inputs");
        for (JobDescription.Input input : layer.inputs()) {
            json.object()
                    .put("layer", input.layer())
                    .put("pattern", input.pattern().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .put("fanIn", input.fanIn())
                    .end();
        }
        json.endArray().end();
    }

    /// Those of the description, in its order; of what the job started from there is no progress.
    private static void layers(Json json, JobView job) {
        List<LayerProgress> own = job.summary().progress().layers();
        List<Pace> paces = job.pace().map(JobPace::layers).orElse(List.of());
        int next = 0;
        for (int i = 0; i < job.description().layers().size(); i++) {
            LayerDescription layer = job.description().layers().get(i);
            json.object();
            if (layer.isHeld()) {
                json.put("tasks", layer.taskCount()).put("finished", layer.taskCount());
            } else {
                JobView.LayerExtra extra = job.extras().get(i);
                progress(json, own.get(next));
                json.put("failed", extra.failedCount())
                        .put("retries", extra.retryCount())
                        .put("longest", extra.longestNanos());
                if (!paces.isEmpty()) {
                    putPace(json, paces.get(next));
                }
                next++;
            }
            json.end();
        }
    }

    private static void progress(Json json, LayerProgress layer) {
        json.put("tasks", layer.taskCount())
                .put("running", layer.runningCount())
                .put("finished", layer.finishedCount())
                .put("busy", layer.busy().toNanos())
                .put("rows", layer.outputRows())
                .put("bytes", layer.outputBytes());
    }

    private static void putPace(Json json, Pace pace) {
        json.put("rate", pace.tasksPerSecond());
        pace.timeLeft().ifPresent(left -> json.put("left", left.toNanos()));
    }

    static Json jobs(List<JobView> jobs) {
        Json json = new Json().object().array("jobs");
        jobs.forEach(job -> json.add(job(job, true)));
        return json.endArray().end();
    }

    static Json workers(List<WorkerView> workers) {
        Json json = new Json().array();
        for (WorkerView worker : workers) {
            json.object()
                    .put("id", worker.worker())
                    .put("name", worker.name())
                    .put("threads", worker.threadCount())
                    .put("present", worker.isPresent())
                    .put("joined", worker.joinedNanos())
                    .put("seen", worker.seenNanos())
                    .put("leased", worker.leasedCount())
                    .put("ended", worker.endedCount())
                    .put("failed", worker.failedCount())
                    .put("busy", worker.busyNanos());
            worker.description().ifPresent(
                    who -> json.put("host", who.host()).put("process", who.processId()));
            worker.departure().ifPresent(reason -> json.put("departure", reason));
            worker.sample().ifPresent(sample -> sample(json.object("sample"), sample).end());
            json.end();
        }
        return json.endArray();
    }

    private static Json sample(Json json, WorkerSample sample) {
        return json.put("cpu", sample.cpuPermille())
                .put("busyThreads", sample.busyThreadCount())
                .put("reserved", sample.reservedBytes())
                .put("limit", sample.limitBytes())
                .put("heap", sample.heapBytes())
                .put("heapLimit", sample.heapLimitBytes())
                .put("anonymous", sample.anonymousBytes())
                .put("resident", sample.residentBytes())
                .put("disk", sample.diskBytes());
    }

    /// Samples over time, each with its worker and time.
    static Json samples(List<WorkerRecord.Sample> samples) {
        Json json = new Json().array();
        for (WorkerRecord.Sample sample : samples) {
            json.object().put("worker", sample.worker()).put("nanos", sample.nanos());
            sample(json, sample.sample()).end();
        }
        return json.endArray();
    }

    static Json failures(List<Failure> failures) {
        Json json = new Json().array();
        for (Failure failure : failures) {
            json.object()
                    .put("number", failure.number())
                    .put("nanos", failure.nanos())
                    .put("kind", failure.kind())
                    .put("job", failure.job())
                    .put("jobName", failure.jobName())
                    .put("layer", failure.layer())
                    .put("partition", failure.partition())
                    .put("count", failure.count())
                    .put("attempt", failure.attempt())
                    .put("worker", failure.worker())
                    .put("busy", failure.busyNanos())
                    .put("message", failure.message())
                    .end();
        }
        return json.endArray();
    }

    static Json totals(Totals totals) {
        return new Json().object()
                .put("finished", totals.finishedTasks())
                .put("failed", totals.failedTasks())
                .put("retried", totals.retriedTasks())
                .put("lost", totals.lostResults())
                .put("recomputed", totals.recomputedTasks())
                .put("rows", totals.rows())
                .put("bytes", totals.bytes())
                .put("busy", totals.busyNanos())
                .put("spillWritten", totals.spillWrittenBytes())
                .put("spillRead", totals.spillReadBytes())
                .put("jobs", totals.jobs())
                .put("succeededJobs", totals.succeededJobs())
                .put("failedJobs", totals.failedJobs())
                .put("cancelledJobs", totals.cancelledJobs())
                .put("droppedBlocks", totals.droppedBlocks())
                .end();
    }

    static String error(String message) {
        return new Json().object().put("error", message).end().toString();
    }

    static Optional<Long> number(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
