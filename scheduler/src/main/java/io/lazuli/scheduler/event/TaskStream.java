package io.lazuli.scheduler.event;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// What each thread ran when: the last attempts, as a picture with a row for each thread needs them. May be asked by any thread
/// at any time.
///
/// ```
///   thread 0   [scan 0][scan 2][aggregate 0 ]
///   thread 1   [scan 1      ][scan 3][merge]
/// ```
///
/// An event says when the scheduler heard of an end, and how long the attempt took. Ends that a thread reported together are
/// laid one after the other, the last to where they were heard: off by what a thread may keep to itself, about 0.2 ms. A task
/// that ran others while it waited for them encloses theirs, unless it was reported with them.
public final class TaskStream implements EventSubscriber {
    private final int capacity;
    private final Deque<TaskSpan> spans = new ArrayDeque<>();
    private final TaskRanges<Place> places = new TaskRanges<>();
    /// First tasks of the layers of each living job, which are the ids to forget.
    private final Map<Long, List<Place>> jobs = new HashMap<>();
    /// Attempts whose ends were told at `toldNanos`, in order.
    private final List<TaskSpan> told = new ArrayList<>();
    private long toldNanos = -1;
    /// Attempts ever, the forgotten ones included.
    private long seenCount;

    private record Place(long job, String label, int firstTask) {}

    /// @param capacity most attempts that it remembers
    public TaskStream(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, found " + capacity);
        }
        this.capacity = capacity;
    }

    /// The attempts it remembers, those of one thread in the order of their ends.
    public synchronized List<TaskSpan> spans() {
        layOut();
        return List.copyOf(spans);
    }

    /// How many attempts it has seen, those that it has forgotten included.
    public synchronized long seenCount() {
        layOut();
        return seenCount;
    }

    /// What it remembers of the attempts `first <= n < end` of all that it has seen, counted from 0. Who asks from the last `end`
    /// on gets what is new.
    public synchronized List<TaskSpan> spans(long first, long end) {
        layOut();
        List<TaskSpan> found = new ArrayList<>();
        Iterator<TaskSpan> backwards = spans.descendingIterator();
        for (long n = seenCount - 1; n >= first && backwards.hasNext(); n--) {
            TaskSpan span = backwards.next();
            if (n < end) {
                found.add(span);
            }
        }
        return found.reversed();
    }

    @Override
    public synchronized void accept(EventBlock block) {
        for (EventCursor event = block.cursor(); event.next();) {
            if (event.nanos() != toldNanos) {
                layOut();
                toldNanos = event.nanos();
            }
            switch (event.kind()) {
                case TASK_ENDED -> ended(event);
                case JOB_SUBMITTED -> submitted(event.description(), event.task());
                case JOB_FORGOTTEN -> forget(event.job());
                case GAP -> {
                    places.clear();
                    jobs.clear();
                }
                case TASKS_MOVED, JOB_STOPPED, JOB_FINISHED, JOB_FAILED -> {}
                case RESULTS_SPILLED, LAYER_COUNTED, WORKER_JOINED, WORKER_LEFT, WORKER_SAMPLED, ENGINE_CLOSED -> {}
            }
        }
    }

    /// Forgets all attempts.
    @Override
    public synchronized void startOver(Instant opened) {
        spans.clear();
        places.clear();
        jobs.clear();
        told.clear();
        toldNanos = -1;
        seenCount = 0;
    }

    private void submitted(JobDescription job, int firstTask) {
        List<Place> added = new ArrayList<>();
        for (JobDescription.LayerDescription layer : job.layers()) {
            Place place = new Place(job.id(), layer.label(), firstTask + layer.firstTask());
            places.add(place.firstTask, layer.taskCount(), place);
            added.add(place);
        }
        jobs.put(job.id(), added);
    }

    private void forget(long job) {
        List<Place> gone = jobs.remove(job);
        if (gone != null) {
            gone.forEach(place -> places.remove(place.firstTask, place));
        }
    }

    private void ended(EventCursor event) {
        Place place = places.find(event.task()).layer();
        // What a returned graph has made was run by its own tasks.
        if (place != null && event.from() != TaskStatus.EXPANDED) {
            told.add(new TaskSpan(
                    event.worker(), event.thread(), event.nanos() - event.busyNanos(), event.nanos(), place.job,
                    place.label, event.task() - place.firstTask, event.attempt(), event.transition()));
        }
    }

    /// From the last to the first: each ends where the next of its thread starts.
    private void layOut() {
        Map<Long, Long> starts = new HashMap<>();
        for (int i = told.size() - 1; i >= 0; i--) {
            TaskSpan span = told.get(i);
            long thread = (long) span.worker() << 32 | span.thread();
            long shift = span.endNanos() - starts.getOrDefault(thread, span.endNanos());
            TaskSpan laid = new TaskSpan(
                    span.worker(), span.thread(), span.startNanos() - shift, span.endNanos() - shift, span.job(),
                    span.layer(), span.partition(), span.attempt(), span.transition());
            told.set(i, laid);
            starts.put(thread, laid.startNanos());
        }
        spans.addAll(told);
        seenCount += told.size();
        told.clear();
        while (spans.size() > capacity) {
            spans.removeFirst();
        }
    }
}
