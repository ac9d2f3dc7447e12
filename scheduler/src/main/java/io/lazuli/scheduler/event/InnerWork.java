package io.lazuli.scheduler.event;

import io.lazuli.graph.Token;
import io.lazuli.scheduler.event.JobDescription.LayerDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the tasks of one job have set off: the graphs that they returned and the jobs that they submitted, and what the tasks of
/// these did. Layers of the same label are told as one.
///
/// Jobs that have ended are kept as sums, so a million of them cost no more than one.
final class InnerWork {
    /// More labels than this are told as one.
    private static final int MOST_LABELS = 50;
    private static final String OTHERS = "others";
    private static final Token NO_TOKEN = new Token(0, 0);

    private final JobTally owner;
    /// Jobs that have not been forgotten, by id.
    private final Map<Long, JobTally> living = new LinkedHashMap<>();
    /// Sums over those that have, by label.
    private final Map<String, LayerTally> ended = new LinkedHashMap<>();
    private long jobCount;
    private Spill endedSpill = Spill.NONE;
    private long endedRetries;
    private long endedRecomputed;

    InnerWork(JobTally owner) {
        this.owner = owner;
    }

    /// Takes over what has ended before a gap.
    InnerWork(JobTally owner, InnerWork before) {
        this(owner);
        sum(before.ended.values(), ended);
        jobCount = before.jobCount - before.living.size();
        endedSpill = before.endedSpill;
        endedRetries = before.endedRetries;
        endedRecomputed = before.endedRecomputed;
    }

    void add(JobTally job) {
        living.put(job.description.id(), job);
        jobCount++;
    }

    /// Nothing more will be heard of the job.
    void end(JobTally job) {
        living.remove(job.description.id());
        sum(job.own(), ended);
        endedSpill = endedSpill.plus(job.ownSpill());
        endedRetries += job.ownRetries();
        endedRecomputed += job.ownRecomputed();
    }

    /// The job ended during a gap.
    void endUnheard(JobTally job) {
        if (job.isRunning()) {
            job.own().forEach(LayerTally::endUnheard);
        }
        jobCount++;
        end(job);
    }

    private void sum(Iterable<LayerTally> layers, Map<String, LayerTally> into) {
        for (LayerTally layer : layers) {
            String label = into.size() < MOST_LABELS || into.containsKey(layer.layer.label())
                    ? layer.layer.label()
                    : OTHERS;
            into.computeIfAbsent(label, this::empty).add(layer);
        }
    }

    private LayerTally empty(String label) {
        return new LayerTally(owner, new LayerDescription(NO_TOKEN, label, 0, 0, false, List.of()));
    }

    /// One for each label, in the order in which they came up.
    List<LayerTally> layers() {
        Map<String, LayerTally> sums = new LinkedHashMap<>();
        sum(ended.values(), sums);
        living.values().forEach(job -> sum(job.own(), sums));
        return new ArrayList<>(sums.values());
    }

    long jobCount() {
        return jobCount;
    }

    Spill spill() {
        return living.values().stream().map(JobTally::ownSpill).reduce(endedSpill, Spill::plus);
    }

    long retries() {
        return endedRetries + living.values().stream().mapToLong(JobTally::ownRetries).sum();
    }

    long recomputed() {
        return endedRecomputed + living.values().stream().mapToLong(JobTally::ownRecomputed).sum();
    }
}
