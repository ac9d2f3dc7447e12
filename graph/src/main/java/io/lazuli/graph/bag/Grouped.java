package io.lazuli.graph.bag;

import io.lazuli.graph.function.Function0;
import io.lazuli.graph.function.Function2;
import io.lazuli.graph.memory.Block;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The end of a shuffle: takes slices of [Keyed] elements that [Sink.Scattered] cut and hands on, for each key, what `fold`
/// makes of its values. Keys come in the order in which they were first met.
record Grouped(
        String label,
        Function0<@Nullable Object> initial,
        Function2<@Nullable Object, @Nullable Object, @Nullable Object> fold) implements Origin {
    @Override
    public void emit(PartitionRun run, Receiver next) {
        UserCalls calls = new UserCalls(label, run);
        Groups groups = new Groups(initial, fold, calls);
        for (Block block : run.blocks(0)) {
            for (Object element : run.elements(0, block)) {
                run.checkCancelled();
                calls.next();
                Keyed<?, ?> keyed = (Keyed<?, ?>) element;
                groups.add(keyed.key(), keyed.value());
            }
        }
        groups.emit(next);
    }

    /// What was folded so far, for each key.
    static final class Groups {
        private final Function0<@Nullable Object> initial;
        private final Function2<@Nullable Object, @Nullable Object, @Nullable Object> fold;
        private final UserCalls calls;
        private final Map<@Nullable Object, Group> groups = new LinkedHashMap<>();

        private static final class Group {
            @Nullable
            Object folded;
        }

        Groups(
                Function0<@Nullable Object> initial,
                Function2<@Nullable Object, @Nullable Object, @Nullable Object> fold,
                UserCalls calls) {
            this.initial = initial;
            this.fold = fold;
            this.calls = calls;
        }

        void add(@Nullable Object key, @Nullable Object value) {
            Group group = groups.get(key);
            if (group == null) {
                group = new Group();
                group.folded = calls.call(initial);
                groups.put(key, group);
            }
            group.folded = calls.call(fold, group.folded, value);
        }

        /// Hands on a [Keyed] element for each key.
        void emit(Receiver next) {
            for (Map.Entry<@Nullable Object, Group> entry : groups.entrySet()) {
                if (!next.accept(
                        Keyed.of(entry.getKey(), entry.getValue().folded))) {
                    return;
                }
            }
        }
    }
}
