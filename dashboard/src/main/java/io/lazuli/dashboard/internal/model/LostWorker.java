package io.lazuli.dashboard.internal.model;

import io.lazuli.scheduler.event.EngineEvent;
import io.lazuli.scheduler.event.EventCursor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a worker's loss has cost, counted from the events that follow it. Guarded by the model.
final class LostWorker {
    private static final int MOST_LAYERS = 12;

    private final int worker;
    private final String name;
    private final String fullName;
    private final Optional<String> reason;
    private final long nanos;
    private final Map<String, Long> lostByLayer = new LinkedHashMap<>();
    private long revokedCount;
    private long revivedCount;

    LostWorker(int worker, String name, String fullName, EventCursor event) {
        this.worker = worker;
        this.name = name;
        this.fullName = fullName;
        this.reason = event.departure();
        this.nanos = event.nanos();
    }

    /// True if the event is part of the loss: what the core does about it comes at the same time.
    boolean caused(EventCursor event) {
        return event.nanos() == nanos;
    }

    /// Of an event that the loss caused.
    void moved(EventCursor event) {
        switch (event.transition()) {
            case REVOKED -> revokedCount += event.worker() == worker ? event.taskCount() : 0;
            case REVIVED -> revivedCount += event.taskCount();
            default -> {}
        }
    }

    /// Results of a layer went with it.
    void took(LayerRecord layer, int count) {
        String job = layer.job.description.name();
        lostByLayer.merge(layer.label() + (job.isEmpty() ? "" : " of " + job), (long) count, Long::sum);
    }

    Failure toFailure(long number) {
        long lost = lostByLayer.values().stream().mapToLong(Long::longValue).sum();
        StringBuilder text = new StringBuilder(fullName).append(" was lost");
        reason.ifPresent(why -> text.append(": ").append(why));
        text.append(".\nIt had ").append(count(revokedCount, "task")).append(" in hand, which go to others, and held ")
                .append(count(lost, "result")).append(", which are made again");
        if (revivedCount > 0) {
            text.append(" with ").append(count(revivedCount, "result")).append(" that they are made from");
        }
        text.append(lostByLayer.isEmpty() ? "." : ":");
        lostByLayer.entrySet().stream().limit(MOST_LAYERS)
                .forEach(layer -> text.append("\n  %,d of ".formatted(layer.getValue())).append(layer.getKey()));
        if (lostByLayer.size() > MOST_LAYERS) {
            text.append("\n  and of ").append(count(lostByLayer.size() - MOST_LAYERS, "more layer"));
        }
        return new Failure(
                number, nanos, "worker", EngineEvent.NONE, name, "", EngineEvent.NONE, 1, EngineEvent.NONE, worker, 0,
                text.toString());
    }

    private static String count(long number, String what) {
        return number == 1 ? "1 " + what : "%,d %ss".formatted(number, what);
    }
}
