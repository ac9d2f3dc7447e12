package io.lazuli.dashboard.internal.web;

import io.lazuli.dashboard.internal.json.Json;
import io.lazuli.dashboard.internal.model.Failure;
import io.lazuli.dashboard.internal.model.JobView;
import io.lazuli.dashboard.internal.model.RunModel;
import io.lazuli.dashboard.internal.model.WorkerRecord;
import io.lazuli.scheduler.event.JobSummary;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What readers are told of a model: first all, then again and again what has changed. Readers of the same messages have the same
/// numbers of labels. For one thread.
final class Messages {
    /// Rows of attempts in one message.
    private static final int MOST_ROWS = 4_000;
    private static final int MOST_FIRST_ROWS = 12_000;
    private static final int MOST_JOBS = 150;

    private final RunModel model;
    private final Instant opened;
    private final SpanCodec spans = new SpanCodec();
    private final Map<Long, JobSummary> toldJobs = new HashMap<>();
    private int toldLabels;
    private long toldSpans;
    private long toldSamples;
    private long toldFailures;

    /// When something is told.
    ///
    /// @param now    the time
    /// @param notice what is wrong
    /// @param replay of a recorded run
    record Moment(long now, Optional<String> notice, Optional<Position> replay) {}

    /// A replay on its way.
    ///
    /// @param speed  seconds of the record in a second; 0 if it stands
    /// @param isDone no more is to come
    record Position(long lengthNanos, double speed, boolean isDone) {}

    Messages(RunModel model, Instant opened) {
        this.model = model;
        this.opened = opened;
    }

    /// What has changed since the last call.
    Json changes(Moment moment) {
        List<JobView> jobs = shown(moment.now);
        List<JobView> changed = new ArrayList<>();
        List<JobView> fresh = new ArrayList<>();
        for (JobView job : jobs) {
            JobSummary before = toldJobs.put(job.id(), job.summary());
            if (before == null) {
                fresh.add(job);
            } else if (!before.equals(job.summary())) {
                changed.add(job);
            }
        }
        toldJobs.keySet().retainAll(jobs.stream().map(JobView::id).toList());
        Json json = start(moment, false).array("jobs");
        fresh.forEach(job -> json.add(Documents.job(job, true)));
        changed.forEach(job -> json.add(Documents.job(job, false)));
        json.endArray();
        long spanCount = model.spanCount();
        Json rows = spans.rows(model.spans(toldSpans, spanCount), MOST_ROWS);
        toldSpans = spanCount;
        json.put("firstLabel", toldLabels).put("labels", spans.labelsFrom(toldLabels)).put("spans", rows);
        toldLabels = spans.labelCount();
        List<WorkerRecord.Sample> samples = model.samplesAfter(toldSamples);
        toldSamples = samples.isEmpty() ? toldSamples : samples.getLast().number();
        List<Failure> failures = model.failuresAfter(toldFailures);
        toldFailures = failures.isEmpty() ? toldFailures : failures.getLast().number();
        return json.put("samples", Documents.samples(samples)).put("failures", Documents.failures(failures)).end();
    }

    /// All that is known, as far as changes have been told.
    Json all(Moment moment) {
        Json json = start(moment, true).array("jobs");
        shown(moment.now).forEach(job -> json.add(Documents.job(job, true)));
        json.endArray();
        Json rows = spans.rows(model.spans(0, toldSpans), MOST_FIRST_ROWS);
        return json.put("firstLabel", 0)
                .put("labels", spans.labelsFrom(0))
                .put("spans", rows)
                .put("samples", Documents.samples(
                        model.samplesAfter(0).stream().filter(s -> s.number() <= toldSamples).toList()))
                .put("failures", Documents.failures(
                        model.failuresAfter(0).stream().filter(f -> f.number() <= toldFailures).toList()))
                .end();
    }

    /// Not more than a browser can show: the newest, and the oldest of those that run.
    private List<JobView> shown(long now) {
        List<JobView> jobs = model.jobs(now);
        if (jobs.size() <= MOST_JOBS) {
            return jobs;
        }
        List<JobView> newest = jobs.subList(jobs.size() - MOST_JOBS / 2, jobs.size());
        Stream<JobView> running = jobs.subList(0, jobs.size() - MOST_JOBS / 2).stream().filter(JobView::isRunning);
        return Stream.concat(running.limit(MOST_JOBS / 2), newest.stream()).toList();
    }

    private Json start(Moment moment, boolean isAll) {
        Json json = new Json().object()
                .put("all", isAll)
                .put("now", moment.now)
                .put("opened", opened.toString())
                .put("closed", model.isClosed())
                .put("totals", Documents.totals(model.totals()))
                .put("workers", Documents.workers(model.workers()));
        moment.notice.ifPresent(text -> json.put("notice", text));
        moment.replay.ifPresent(replay -> json.object("replay")
                .put("length", replay.lengthNanos)
                .put("speed", replay.speed)
                .put("done", replay.isDone)
                .end());
        return json;
    }

    /// As a server-sent event. JSON has no line breaks.
    static byte[] event(Json json) {
        return ("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
