package io.lazuli.scheduler.internal.worker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Results of other workers that tasks here read: where they are, and which of them have been fetched.
///
/// ```
///   located --a task needs it--> fetching --> here --last use, or released--> (gone)
///                                   \--not to be had, several times--> lost: those that need it are given back
/// ```
///
/// A copy that is only read in slices may have only these. Before it becomes this worker's own it is fetched again, as a whole; those
/// who read the slices have them meanwhile.
///
/// A copy that one task reads goes when that task ends. One that all tasks of a layer read stays until it is released.
final class Copies {
    private enum Status {
        LOCATED,
        FETCHING,
        /// The holder did not give it; it will be asked again.
        REFUSED,
        HERE
    }

    private static final class Copy {
        final int task;
        final int attempt;
        int holder;
        Status status = Status.LOCATED;
        /// How often it was refused, and when first.
        int refusals;
        long refusedNanos;
        /// Leased tasks that read it, as far as they do not share it with their whole layer.
        final Set<Integer> users = new HashSet<>();
        /// The lease that it was located for has not come yet.
        boolean isAwaited = true;
        /// It is to be this worker's own once it is here.
        boolean isEntrusted;
        /// Every task of some layer reads it.
        boolean isShared;
        /// It is, or is about to be, here in slices.
        boolean isSliced;
        /// Tasks that wait for it.
        final List<Blocked> waiting = new ArrayList<>();

        Copy(int task, int attempt, int holder) {
            this.task = task;
            this.attempt = attempt;
            this.holder = holder;
        }
    }

    /// A leased task that waits for copies.
    private static final class Blocked {
        final WorkerCore.Run run;
        /// Copies that are not here.
        int missing;

        Blocked(WorkerCore.Run run) {
            this.run = run;
        }
    }

    private final WorkerCore core;
    private final Map<Integer, Copy> copies = new LinkedHashMap<>();

    Copies(WorkerCore core) {
        this.core = core;
    }

    boolean isEmpty() {
        return copies.isEmpty();
    }

    int count() {
        return copies.size();
    }

    void located(int task, int attempt, int holder) {
        Copy known = copies.get(task);
        if (known != null && known.attempt == attempt) {
            known.holder = holder;
            known.isAwaited = true;
            return;
        }
        Copy copy = new Copy(task, attempt, holder);
        copies.put(task, copy);
        if (known != null) {
            drop(known);
            copy.users.addAll(known.users);
            copy.isShared = known.isShared;
            copy.isEntrusted = known.isEntrusted;
            if (!known.waiting.isEmpty()) {
                copy.waiting.addAll(known.waiting);
                fetch(copy);
            }
        }
    }

    /// The result is to be fetched and to be this worker's own, because its holder leaves.
    void entrusted(int task, int attempt, int holder) {
        Copy known = copies.get(task);
        boolean isAwaited = known != null && known.attempt == attempt && known.isAwaited;
        located(task, attempt, holder);
        Copy copy = Objects.requireNonNull(copies.get(task), "it is located now");
        copy.isEntrusted = true;
        copy.isAwaited = isAwaited;
        if (copy.status == Status.HERE) {
            ownOrComplete(copy);
        } else if (copy.status == Status.LOCATED) {
            fetch(copy);
        }
    }

    private void ownOrComplete(Copy copy) {
        if (copy.isSliced) {
            core.out().fetchInput(copy.task, copy.attempt, copy.holder, false);
        } else {
            own(copy);
        }
    }

    /// Tasks that read it find it as they do what was made here.
    private void own(Copy copy) {
        copies.remove(copy.task);
        core.own(copy.task, copy.attempt);
    }

    /// Another worker has that result now.
    void redirected(int task, int attempt, int holder) {
        Copy copy = copies.get(task);
        if (copy != null && copy.attempt == attempt) {
            copy.holder = holder;
            copy.refusals = 0;
        }
    }

    /// Has fetched what the task needs. True if it must wait for something.
    boolean block(WorkerCore.Run single) {
        Blocked blocked = new Blocked(single);
        single.job().forEachInput(single.first(), (input, isShared, isSliced) -> {
            Copy copy = copies.get(input);
            if (copy == null) {
                return;
            }
            copy.isShared |= isShared;
            copy.isAwaited = false;
            if (!isShared) {
                copy.users.add(single.first());
            }
            if (copy.status != Status.HERE) {
                blocked.missing++;
                copy.waiting.add(blocked);
                if (copy.status == Status.LOCATED) {
                    copy.isSliced = isSliced;
                    fetch(copy);
                }
            }
        });
        return blocked.missing > 0;
    }

    private void fetch(Copy copy) {
        copy.status = Status.FETCHING;
        copy.isSliced &= !copy.isEntrusted;
        core.out().fetchInput(copy.task, copy.attempt, copy.holder, copy.isSliced);
    }

    void arrived(int task, int attempt) {
        Copy copy = copies.get(task);
        if (copy == null || !awaits(task, attempt)) {
            // Asked for twice, it may come when it is this worker's own already.
            if ((copy == null || copy.attempt != attempt) && !core.holds(task, attempt)) {
                core.out().dropResult(task, attempt);
            }
            return;
        }
        // What comes when slices are here already is the whole.
        copy.isSliced &= copy.status != Status.HERE;
        copy.status = Status.HERE;
        List<Blocked> waiting = List.copyOf(copy.waiting);
        copy.waiting.clear();
        for (Blocked blocked : waiting) {
            if (--blocked.missing == 0) {
                core.enqueue(blocked.run);
            }
        }
        if (copy.isEntrusted) {
            ownOrComplete(copy);
        } else {
            dropIfUnused(copy);
        }
    }

    boolean awaits(int task, int attempt) {
        Copy copy = copies.get(task);
        return copy != null && copy.attempt == attempt
                && (copy.status != Status.HERE || copy.isEntrusted && copy.isSliced);
    }

    void unavailable(int task, int attempt) {
        Copy copy = copies.get(task);
        if (copy != null && awaits(task, attempt) && copy.status == Status.HERE) {
            copy.isEntrusted = false;
            core.out().reports().resultDeclined(core.options().source(), task, attempt);
            dropIfUnused(copy);
            return;
        }
        if (copy == null || copy.attempt != attempt || copy.status != Status.FETCHING) {
            return;
        }
        copy.refusedNanos = copy.refusals++ == 0 ? core.now() : copy.refusedNanos;
        // The holder may not have heard yet that it has the result, if it adopts it: hence the time.
        boolean mayCome = copy.refusals < core.options().fetchAttempts()
                || core.now() - copy.refusedNanos < core.options().graceNanos();
        if (mayCome) {
            copy.status = Status.REFUSED;
            return;
        }
        copies.remove(task);
        if (copy.isEntrusted) {
            core.out().reports().resultDeclined(core.options().source(), task, attempt);
        }
        if (!copy.isEntrusted || !copy.waiting.isEmpty()) {
            core.out().reports().resultLost(core.options().source(), task, attempt);
        }
        copy.waiting.forEach(blocked -> core.giveBack(blocked.run));
    }

    /// Asks again for what was refused.
    void retry() {
        for (Copy copy : copies.values()) {
            if (copy.status == Status.REFUSED) {
                fetch(copy);
            }
        }
    }

    /// The task does not read its inputs any more.
    void unuse(int task) {
        if (copies.isEmpty()) {
            return;
        }
        LocalJob job = core.jobOf(task);
        if (job != null) {
            job.forEachInput(task, (input, isShared, _) -> {
                Copy copy = copies.get(input);
                if (copy != null && !isShared && copy.users.remove(task)) {
                    copy.waiting.removeIf(blocked -> blocked.run.first() == task);
                    dropIfUnused(copy);
                }
            });
        }
    }

    private void dropIfUnused(Copy copy) {
        if (copy.users.isEmpty() && !copy.isShared && !copy.isAwaited && !copy.isEntrusted) {
            copies.remove(copy.task);
            drop(copy);
        }
    }

    private void drop(Copy copy) {
        if (copy.status == Status.HERE) {
            core.out().dropResult(copy.task, copy.attempt);
        }
    }

    /// Nobody needs the result of this attempt any more, nor those of attempts before.
    void released(int task, int attempt) {
        Copy copy = copies.get(task);
        if (copy != null && copy.attempt <= attempt) {
            remove(copy);
        }
    }

    /// This worker is to make the result itself: the copy is of an earlier attempt.
    void supersede(int task) {
        Copy copy = copies.get(task);
        if (copy != null) {
            remove(copy);
        }
    }

    private void remove(Copy copy) {
        copies.remove(copy.task);
        drop(copy);
        copy.waiting.forEach(blocked -> core.giveBack(blocked.run));
    }

    /// The copy turned out to be damaged: the next task that needs it has it fetched again.
    void lost(int task, int attempt) {
        Copy copy = copies.get(task);
        if (copy == null || attempt != copy.attempt && attempt != WorkerEventBuffer.ANY_ATTEMPT) {
            return;
        }
        if (copy.status == Status.HERE) {
            drop(copy);
            copy.status = Status.LOCATED;
        }
    }

    void forget(LocalJob job) {
        copies.values().removeIf(copy -> {
            boolean isOfJob = job.has(copy.task);
            if (isOfJob) {
                drop(copy);
            }
            return isOfJob;
        });
    }

    /// True if the task reads nothing that is not here.
    boolean hasInputs(LocalJob job, int task) {
        boolean[] all = {true};
        job.forEachInput(task, (input, _, _) -> {
            Copy copy = copies.get(input);
            all[0] &= copy == null || copy.status == Status.HERE;
        });
        return all[0];
    }
}
