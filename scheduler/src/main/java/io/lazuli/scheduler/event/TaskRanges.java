package io.lazuli.scheduler.event;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What belongs to each task id: the layer of a living job. Finds it in a step or two, as the next task is nearly always of the
/// same layer. For subscribers that count by layer; not thread-safe.
///
/// @param <L> what is known of a layer
public final class TaskRanges<L> {
    private final TreeMap<Integer, Range<L>> ranges = new TreeMap<>();
    /// The range found last, or one that has no task.
    private Range<L> last = new Range<>(0, 0, null);

    /// Ids `first <= id < end`.
    public record Range<L>(int first, int end, @Nullable L layer) {
        public boolean contains(int task) {
            return task >= first && task < end;
        }
    }

    /// From now on `count` tasks from `first` on are of `layer`.
    public void add(int first, int count, L layer) {
        if (count > 0) {
            ranges.put(first, new Range<>(first, first + count, layer));
        }
    }

    /// Forgets what was added from `first` on, unless it is of another layer by now.
    public void remove(int first, L layer) {
        Range<L> range = ranges.get(first);
        if (range != null && range.layer == layer) {
            ranges.remove(first);
            last = new Range<>(0, 0, null);
        }
    }

    public void clear() {
        ranges.clear();
        last = new Range<>(0, 0, null);
    }

    /// The range of a task. One without layer, which ends where the next begins, if nothing is known of the task.
    public Range<L> find(int task) {
        if (!last.contains(task)) {
            Map.Entry<Integer, Range<L>> floor = ranges.floorEntry(task);
            if (floor != null && floor.getValue().contains(task)) {
                last = floor.getValue();
            } else {
                Integer next = ranges.higherKey(task);
                return new Range<>(task, next == null ? Integer.MAX_VALUE : next, null);
            }
        }
        return last;
    }
}
