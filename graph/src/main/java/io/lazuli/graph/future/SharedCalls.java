package io.lazuli.graph.future;

import io.lazuli.graph.Token;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Pure calls by content, as long as somebody refers to their futures.
final class SharedCalls {
    private static final class Entry extends WeakReference<TaskFuture<?>> {
        final Token token;

        Entry(Token token, TaskFuture<?> future, ReferenceQueue<TaskFuture<?>> collected) {
            super(future, collected);
            this.token = token;
        }
    }

    /// Guarded by this.
    private final Map<Token, Entry> entries = new HashMap<>();
    /// Entries whose future is gone.
    private final ReferenceQueue<TaskFuture<?>> collected = new ReferenceQueue<>();

    /// The future of an equal call, unless that has failed or was cancelled: then a new one takes its place.
    synchronized TaskFuture<?> find(Token token, Supplier<TaskFuture<?>> create) {
        dropCollected();
        Entry entry = entries.get(token);
        TaskFuture<?> known = entry == null ? null : entry.get();
        if (known != null && isOfUse(known)) {
            return known;
        }
        TaskFuture<?> created = create.get();
        entries.put(token, new Entry(token, created, collected));
        return created;
    }

    private static boolean isOfUse(TaskFuture<?> future) {
        return switch (future.status()) {
            case Status.Waiting _, Status.Running _, Status.Succeeded _ -> true;
            case Status.Failed _, Status.Cancelled _ -> false;
        };
    }

    private void dropCollected() {
        for (@Nullable Object gone = collected.poll(); gone != null; gone = collected.poll()) {
            Entry entry = (Entry) gone;
            entries.remove(entry.token, entry);
        }
    }
}
