package io.lazuli.scheduler.simulation;

import io.lazuli.graph.Key;
import io.lazuli.scheduler.internal.core.LayerPlan;
import io.lazuli.scheduler.internal.core.LayerTerms;
import io.lazuli.scheduler.internal.worker.WorkerEffect;

/// One attempt at one task, on one thread.
final class Execution {
    /// Share of tasks that take much longer than the others.
    private static final double STRAGGLERS = 0.03;
    private static final long LONGEST_NANOS = 10 * Times.SECOND;

    private final WorkerProcess process;
    private final World world;
    private final ComputeThread thread;
    private final WorkerEffect.StartTasks order;
    private final int task;
    private final WorkerProcess.Known known;
    private final Work work;
    private final int partition;
    private final LayerTerms terms;
    /// What it makes of its inputs.
    private Value result;
    /// Bytes it has reserved.
    private long granted;
    private long sinceNanos;
    private boolean isAbandoned;
    private boolean hasEnded;

    Execution(WorkerProcess process, ComputeThread thread, WorkerEffect.StartTasks order, int task) {
        this.process = process;
        this.world = process.world;
        this.thread = thread;
        this.order = order;
        this.task = task;
        this.known = process.known(order.job());
        LayerPlan layer = known.job().expected.layerOf(task - known.first());
        this.work = Expected.work(layer);
        this.partition = task - known.first() - layer.offset();
        this.terms = layer.terms();
    }

    int task() {
        return task;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    /// What it makes, for whichever job.
    private Key key() {
        return job().expected.plan.keyAt(place());
    }

    private int place() {
        return task - known.first();
    }

    private SimulatedJob job() {
        return known.job();
    }

    /// True if it runs; false if it could not be started, and has said so.
    boolean prepare() {
        if (process.isStopped(order.job()) || !readInputs()) {
            process.in.taskReturned(task, order.attempt());
            return false;
        }
        if (process.store.reserve(work.grantBytes())) {
            granted = work.grantBytes();
        } else if (order.forced()) {
            granted = process.store.reserveSome(work.grantBytes());
        } else {
            world.statistics.count(Fault.NO_MEMORY);
            process.in.taskDeferred(task, order.attempt());
            return false;
        }
        run();
        return true;
    }

    /// Reads what is there under the names that the task knows. False if something is not.
    private boolean readInputs() {
        long[] checksum = {work.start(partition)};
        boolean[] all = {true};
        job().expected.forEachInput(place(), (input, slice) -> {
            Value value = read(known.first() + input);
            all[0] &= value != null;
            boolean isPassing = work.temper(partition) instanceof Temper.Passing;
            checksum[0] = value == null
                    ? 0
                    : isPassing ? value.checksum() : Work.read(checksum[0], value.checksum(), slice);
        });
        if (all[0]) {
            Value expected = job().expected.values[place()];
            boolean isExpanding = job().expected.expansions.containsKey(place());
            World.check(
                    isExpanding || checksum[0] == expected.checksum(), "task %d of job %d reads wrong inputs", task,
                    order.job());
            result = new Value(checksum[0], expected.rows(), expected.bytes());
        }
        return all[0];
    }

    private Value read(int input) {
        int attempt = process.store.attempt(input);
        if (attempt < 0) {
            world.statistics.count(Fault.INPUT_MISSING);
            World.check(!world.isUndisturbed() || job().isStopped,
                    "task %d finds no result of task %d, though nothing was lost", task, input);
            return null;
        }
        Value value = process.store.read(input);
        if (value == null) {
            process.reportLost(input);
        }
        return value;
    }

    private void run() {
        sinceNanos = world.agenda.now();
        job().started(process, order.attempt(), place());
        process.occupy(terms, 1);
        long usual = work.meanNanos() / 2 + world.dice.between(0, work.meanNanos());
        long slow = world.dice.chance(STRAGGLERS) ? Math.min(20 * usual, LONGEST_NANOS) : usual;
        long whole = slow + process.store.takeWritingNanos();
        switch (work.temper(partition)) {
            case Temper.Plain _, Temper.Flaky _, Temper.Broken _, Temper.Leaky _, Temper.Expanding _, Temper.Passing _ ->
                process.later(whole, this::end);
            case Temper.Deadly _, Temper.Greedy _, Temper.Waiting _ -> process.later(whole / 2, () -> half(whole / 2));
            case Temper.Endless _ -> {}
        }
    }

    private void half(long rest) {
        if (hasEnded || isAbandoned) {
            return;
        }
        switch (work.temper(partition)) {
            case Temper.Deadly deadly when world.kills.getOrDefault(key(), 0) < deadly.times() -> {
                world.kills.merge(key(), 1, Integer::sum);
                world.statistics.count(Fault.DEADLY_TASK);
                process.host.crash(world.dice.chance(0.8));
            }
            case Temper.Greedy greedy when !process.store.reserve(greedy.extraBytes()) -> starve();
            case Temper.Greedy greedy -> {
                granted += greedy.extraBytes();
                process.later(rest, this::end);
            }
            case Temper.Waiting _ -> {
                world.statistics.waits++;
                thread.waits();
                process.later(rest, () -> resume(rest));
            }
            case Temper.Plain _,Temper.Flaky _,Temper.Broken _,Temper.Leaky _,Temper.Expanding _,Temper.Deadly _,Temper.Endless _,Temper.Passing _ ->
                process.later(rest, this::end);
        }
    }

    private void starve() {
        if (!order.alone()) {
            world.statistics.count(Fault.TASK_STARVED);
            job().startsAnew(place());
            conclude(() -> process.in.taskStarved(task, order.attempt()));
        } else {
            fail(false);
        }
    }

    private void resume(long rest) {
        if (hasEnded || isAbandoned) {
            return;
        }
        if (thread.resumes(this)) {
            process.later(rest, this::end);
        } else {
            process.later(Math.max(rest, Times.MILLISECOND), () -> resume(rest));
        }
    }

    private void end() {
        Temper temper = work.temper(partition);
        if (temper instanceof Temper.Flaky flaky && job().failures[place()] < flaky.times()) {
            job().failures[place()]++;
            fail(true);
        } else if (temper instanceof Temper.Broken broken) {
            fail(broken.retryable());
        } else if (temper instanceof Temper.Expanding) {
            SimulatedJob child = world.ledger.expand(job(), place());
            conclude(() -> process.in.taskExpanded(
                    task, order.attempt(), child.id, child.expected.plan, busyNanos(),
                    job().expected.exchangedRows(place())));
        } else {
            // What others were forced to take over budget must not cost this one the room of its grant.
            boolean mayExceed = order.forced() || process.store.hasExcess();
            conclude(() -> finish(mayExceed));
        }
    }

    private void finish(boolean mayExceed) {
        long exchanged = job().expected.exchangedRows(place());
        if (work.temper(partition) instanceof Temper.Leaky && exchanged > 0) {
            exchanged--;
        }
        boolean isKept = !process.awaits(task, order.attempt())
                || process.store.put(task, order.attempt(), result, mayExceed);
        World.check(isKept, "a result does not fit into the grant that was given back for it: task %d", task);
        job().finished(place());
        process.in.taskFinished(task, order.attempt(), result.rows(), result.bytes(), busyNanos(), exchanged);
    }

    private void fail(boolean isRetryable) {
        world.statistics.count(Fault.TASK_FAILED);
        conclude(() -> process.in.taskFailed(task, order.attempt(), isRetryable, busyNanos()));
    }

    private long busyNanos() {
        return world.agenda.now() - sinceNanos;
    }

    /// Ends once, however often it is told to. Memory comes back even when nobody listens any more.
    private void conclude(Runnable report) {
        if (hasEnded) {
            return;
        }
        hasEnded = true;
        process.store.release(granted);
        if (!isAbandoned) {
            process.occupy(terms, -1);
            report.run();
            thread.ended(this);
        }
    }

    /// Most tasks hear it, some go on.
    void interrupt() {
        world.statistics.count(Fault.TASK_INTERRUPTED);
        boolean hears = work.temper(partition) instanceof Temper.Endless endless
                ? !endless.stubborn()
                : world.dice.chance(0.7);
        if (hears) {
            process.later(5 * Times.MILLISECOND, () -> fail(true));
        }
    }

    /// Its thread is given up, perhaps for another task that runs on top of it. If it is for this one, the core knows already.
    void reportLost() {
        process.in.taskFailed(task, order.attempt(), true, busyNanos());
    }

    /// It may go on for a while, though nobody listens any more, and keeps its memory.
    void abandon() {
        isAbandoned = true;
        process.occupy(terms, -1);
        process.later(20 * Times.SECOND, () -> fail(true));
    }
}
