package io.lazuli.scheduler.simulation;

import io.lazuli.scheduler.internal.worker.WorkerEffect;
import java.util.ArrayDeque;
import java.util.Deque;

/// A thread of a worker: runs the tasks that it is given one after another. While a task waits for others, its thread says that it
/// is idle and may be given more, which runs on top:
///
/// ```
///   |--- task 7 ---|.......... waits ..........|--- task 7 ---|
///                     |- task 9 -|- task 10 -|
/// ```
final class ComputeThread {
    private final WorkerProcess process;
    private final World world;
    private final int index;
    /// What it was given and has not finished, the last on top; all below the top wait.
    private final Deque<Lease> stack = new ArrayDeque<>();
    /// True after it said so, and until it is given something.
    private boolean isIdle;
    /// Nobody listens any more.
    private boolean isAbandoned;

    ComputeThread(WorkerProcess process, int index) {
        this.process = process;
        this.world = process.world;
        this.index = index;
    }

    /// Tasks given to this thread at once.
    private static final class Lease {
        final WorkerEffect.StartTasks order;
        /// Tasks before this one have ended.
        int next;
        /// What runs; null between tasks.
        Execution running;
        /// Its task has waited, and so let others run.
        boolean hasWaited;

        Lease(WorkerEffect.StartTasks order) {
            this.order = order;
        }
    }

    int index() {
        return index;
    }

    void start() {
        isIdle = true;
        process.in.threadIdle(index);
    }

    /// Goes on with what a thread leaves behind that is given up: what it has not started. What waits below the task that does
    /// not end is lost with it.
    void succeed(ComputeThread given) {
        given.stack.reversed().forEach(lease -> {
            Execution lost = lease.running;
            if (lost != null) {
                lost.abandon();
                lost.reportLost();
            }
            Lease rest = new Lease(lease.order);
            rest.next = lease.next;
            stack.push(rest);
        });
        if (stack.isEmpty()) {
            start();
            process.turn();
        } else {
            next(stack.peek());
        }
    }

    /// Nobody listens to it any more.
    void giveUp() {
        isAbandoned = true;
    }

    void begin(WorkerEffect.StartTasks order) {
        World.check(isIdle, "thread %d was given something while it is busy: %s", index, order);
        World.check(process.known(order.job()) != null, "of a job that is forgotten: %s", order);
        isIdle = false;
        if (order.alone() || order.forced()) {
            checkQuiet(order);
        } else {
            World.check(
                    process.threads().stream().noneMatch(ComputeThread::isAlone),
                    "something runs beside what is alone: %s",
                    order);
        }
        Lease lease = new Lease(order);
        stack.push(lease);
        process.later(Times.MICROSECOND, () -> next(lease));
    }

    private void checkQuiet(WorkerEffect.StartTasks order) {
        World.check(!order.alone() || order.count() == 1, "several tasks are to run alone: %s", order);
        World.check(
                process.threads().stream().allMatch(t -> t == this || t.isIdle),
                "something runs beside what is alone or forced: %s", order);
    }

    /// Starts the next tasks that can be, or says that there are no more.
    private void next(Lease lease) {
        if (isAbandoned) {
            return;
        }
        while (lease.running == null && lease.next < lease.order.count()) {
            int task = lease.order.firstTask() + lease.next++;
            if (process.known(lease.order.job()) == null) {
                process.in.taskReturned(task, lease.order.attempt());
                continue;
            }
            Execution execution = new Execution(process, this, lease.order, task);
            lease.running = execution.prepare() ? execution : null;
        }
        if (lease.running == null) {
            stack.pop();
            boolean isBelowOver = !stack.isEmpty() && stack.peek().running == null;
            if (isBelowOver) {
                next(stack.peek());
                return;
            }
            isIdle = true;
            process.in.threadIdle(index);
        }
        process.turn();
    }

    /// The task has ended: it has said how.
    void ended(Execution execution) {
        if (isAbandoned) {
            return;
        }
        Lease lease = leaseOf(execution);
        lease.running = null;
        if (lease == stack.peek()) {
            next(lease);
        } else {
            process.turn();
        }
    }

    private Lease leaseOf(Execution execution) {
        return stack.stream().filter(lease -> lease.running == execution).findFirst().orElseThrow();
    }

    /// The running task waits for others.
    void waits() {
        stack.peek().hasWaited = true;
        isIdle = true;
        process.in.threadIdle(index);
        process.turn();
    }

    /// True if the task goes on; false if something runs on top of it.
    boolean resumes(Execution execution) {
        if (stack.peek().running != execution) {
            return false;
        }
        isIdle = false;
        process.in.threadResumed(index);
        process.turn();
        return true;
    }

    void interrupt(int task, int attempt) {
        Lease lease = stack.peek();
        if (isAtWork() && lease.running.task() == task && lease.order.attempt() == attempt) {
            lease.running.interrupt();
        }
    }

    /// What waits, and what waits below it, is not seen.
    void sight() {
        if (isAtWork()) {
            Lease lease = stack.peek();
            process.in.taskSighted(
                    index, lease.running.task(), lease.order.attempt(), lease.running.sinceNanos());
        }
    }

    private boolean isAtWork() {
        return !isIdle && !stack.isEmpty() && stack.peek().running != null;
    }

    boolean isIdle() {
        return isIdle;
    }

    /// Not even something that waits.
    boolean isEmpty() {
        return stack.isEmpty();
    }

    private boolean isAlone() {
        Lease top = stack.peek();
        return !isIdle && top != null && top.order.alone() && !top.hasWaited;
    }
}
