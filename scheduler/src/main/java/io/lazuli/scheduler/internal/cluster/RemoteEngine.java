package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.compute.SerialCalls;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.wire.Fence;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.Greeting;
import io.lazuli.scheduler.internal.wire.RemoteFailure;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A cluster as its client sees it: jobs go to the scheduler, results come from workers.
///
/// Any thread may call it. Fields are guarded by the lock, and so is the state of its jobs.
///
/// A scheduler that takes over knows nothing of this client, and of its jobs what stood in the journal. It is told of all of them
/// again, by a [Resumption], under their old ids; until then nobody asks it anything else.
public final class RemoteEngine implements Engine {
    private static final System.Logger LOG = System.getLogger(RemoteEngine.class.getName());
    private static final int TICKS_PER_SECOND = 10;
    /// A scheduler that dies is followed by another one far sooner.
    private static final int MOST_SILENT_TICKS = 60 * TICKS_PER_SECOND;
    private static final int MOST_SILENT_TICKS_AT_END = 5 * TICKS_PER_SECOND;
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(2);
    /// How long a thread that waits sleeps at most: what it waits for is signalled.
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final ReentrantLock lock = new ReentrantLock();
    /// Signalled whenever the scheduler has said something, or cannot any more.
    private final Condition changed = lock.newCondition();
    private final MemoryAccountant accountant;
    private final Packing packing;
    private final Results results;
    private Conversation<FromClient, ToClient> conversation;
    /// Of the scheduler at the other end.
    private Fence fence;
    /// For that scheduler.
    private Resumption resumption = Resumption.ofFirst(this);
    private final Map<Long, RemoteJob> jobs = new HashMap<>();
    /// Submitted and not answered, by request.
    private final Map<Long, RemoteJob> submitted = new HashMap<>();
    private final Requests requests = new Requests(this);
    private final Map<Integer, WorkerShell.Peer> workers = new HashMap<>();
    private final RemoteEvents events = new RemoteEvents(this);
    private final SentCode code = new SentCode(this);
    private final KeptLayers kept = new KeptLayers();
    /// Calls to listeners, made once the lock is not held.
    private final List<SerialCalls> news = new ArrayList<>();
    /// Makes them: they may take results, for which connections must go on.
    private final ExecutorService caller = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("lazuli-client").factory());
    /// Since the scheduler was heard.
    private int silentTicks;
    private boolean isClosing;
    private boolean closed;
    /// Why nothing will come any more; null as long as something may.
    private @Nullable LazuliException lost;

    /// What can be taken, and of whom.
    ///
    /// @param term in which it was offered
    record Offer(ToClient.Offered news, WorkerShell.Peer holder, int term) {
        int partition() {
            return news.partition();
        }
    }

    /// Gets results from workers.
    public interface Results extends AutoCloseable {
        /// Waits for it. Ownership: the caller's. Errors: any, if the worker does not answer, or has not got it, or it cannot be read.
        ///
        /// @param maker what made it
        Block fetch(WorkerShell.Peer holder, int task, int attempt, Key key, Operation maker);

        /// How large it is. Does not wait; fails as [#fetch].
        CompletionStage<ResultSize> measure(WorkerShell.Peer holder, int task, int attempt);

        @Override
        void close();
    }

    /// Of one result.
    public record ResultSize(long rows, long bytes) {}

    public RemoteEngine(
            SessionId id, Fence leader, MemoryAccountant accountant, Packing packing, Results results) {
        this.fence = leader;
        this.accountant = accountant;
        this.packing = packing;
        this.results = results;
        this.conversation = new Conversation<>(id, ToClient.class, System.nanoTime());
    }

    /// A scheduler has taken this client: the one from before, to go on over that connection, or another one.
    public void welcomed(SessionId session, Fence leader, Link link) {
        Optional<Resumption> begun = locked(() -> {
            if (leader.compareTo(fence) < 0) {
                link.close();
                return Optional.empty();
            }
            boolean isOther = !leader.equals(fence);
            if (isOther) {
                startOver(session, leader);
            }
            conversation.attach(link);
            return isOther ? Optional.of(resumption) : Optional.empty();
        });
        begun.ifPresent(Resumption::start);
    }

    /// With the lock: whatever the scheduler of before has said holds no more.
    private void startOver(SessionId session, Fence leader) {
        conversation.close();
        conversation = new Conversation<>(session, ToClient.class, System.nanoTime());
        fence = leader;
        resumption = resumption.next();
        workers.clear();
        requests.startOver();
        submitted.clear();
        code.startOver();
        List<RemoteJob> over = jobs.values().stream().filter(RemoteJob::startOver).toList();
        over.forEach(this::dropFromScheduler);
        events.startOver();
    }

    /// Counts the schedulers that were there, one after the other. With the lock, as the next two.
    int term() {
        return resumption.term();
    }

    /// The scheduler has heard of all jobs.
    boolean hasResumed() {
        return resumption.isDone();
    }

    /// The scheduler has heard of that job, or will.
    boolean isKnown(long job) {
        return jobs.containsKey(job);
    }

    /// Jobs that the scheduler of that term is to hear of, in the order in which they were submitted: those that start from the
    /// results of others come after these.
    List<RemoteJob> openJobs(int of) {
        return locked(() -> of != term()
                ? List.of()
                : jobs.values().stream().sorted(Comparator.comparingLong(RemoteJob::id)).toList());
    }

    /// The scheduler, which may have found the job in the journal, is not to go on with it.
    private void dropFromScheduler(RemoteJob job) {
        jobs.remove(job.id());
        conversation.say(new FromClient.Closed(job.id()));
    }

    /// A job cannot go on under this scheduler.
    void giveUp(RemoteJob job, LazuliException why) {
        locked(() -> {
            job.broke(why);
            jobs.remove(job.id());
            return true;
        });
    }

    /// Nothing is left of the job. With the lock.
    private void forget(RemoteJob job) {
        job.forgotten();
        jobs.remove(job.id());
    }

    /// The job was closed before this scheduler heard of it. With the lock.
    void forgetClosed(RemoteJob job) {
        job.forgotten();
        dropFromScheduler(job);
    }

    SentCode code() {
        return code;
    }

    Requests requests() {
        return requests;
    }

    /// The connection is gone; another may come.
    public void detach(Link link) {
        locked(() -> {
            conversation.detach(link);
            return true;
        });
    }

    public Greeting.Hello hello() {
        return locked(() -> new Greeting.Hello(Optional.of(conversation.id()), Optional.of(fence), true));
    }

    /// Nothing will come any more: those that wait are told why.
    public void lose(LazuliException why) {
        locked(() -> {
            lost = why;
            events.lose(why);
            return true;
        });
    }

    /// Lets time pass: ten times a second. A scheduler that says nothing for too long is gone. Counted by ticks, so that a process which
    /// stood still itself does not take that for silence.
    public void tick() {
        locked(() -> {
            silentTicks++;
            if (lost == null && silentTicks > (isClosing ? MOST_SILENT_TICKS_AT_END : MOST_SILENT_TICKS)) {
                lose(Errors.schedulerSilent(silentTicks / TICKS_PER_SECOND));
            }
            return true;
        });
    }

    public void receive(Packet<?> packet) {
        List<SerialCalls> calls = locked(() -> {
            silentTicks = 0;
            conversation.receive(packet, System.nanoTime(), this::hear);
            List<SerialCalls> now = List.copyOf(news);
            news.clear();
            return now;
        });
        if (!calls.isEmpty()) {
            caller.execute(() -> calls.forEach(SerialCalls::drain));
        }
    }

    /// Has `calls` made soon. With the lock.
    void callLater(SerialCalls calls) {
        news.add(calls);
    }

    private void hear(ToClient message) {
        switch (message) {
            case ToClient.Introduced worker -> workers.put(
                    worker.worker(),
                    new WorkerShell.Peer(
                            new SessionId(conversation.id().epoch(), worker.worker(), worker.incarnation()), fence,
                            worker.facts()));
            case ToClient.Accepted accepted -> {
                RemoteJob job = submitted.remove(accepted.request());
                if (job != null) {
                    job.accepted(accepted.job());
                    jobs.put(accepted.job(), job);
                }
                if (!resumption.hear(accepted.request(), Optional.empty())) {
                    requests.answered(accepted.request(), accepted);
                }
            }
            case ToClient.Refused refused -> {
                submitted.remove(refused.request());
                if (!resumption.hear(refused.request(), Optional.of(refused.why()))
                        && !events.refused(refused)) {
                    requests.answered(refused.request(), refused);
                }
            }
            // This client asks for none.
            case ToClient.StatusIs _ -> {}
            case ToClient.WantsCode wants -> requests.answered(wants.request(), wants);
            case ToClient.ProgressIs progress -> requests.answered(progress.request(), progress);
            case ToClient.Offered offered -> known(offered.job())
                    .ifPresent(job -> job.offered(new Offer(offered, holder(offered), term())));
            case ToClient.TimeIs time -> {
                if (!events.opened(time)) {
                    requests.answered(time.request(), time);
                }
            }
            case ToClient.Farewell farewell -> requests.answered(farewell.request(), farewell);
            case ToClient.LastIs last -> requests.answered(last.request(), last);
            case ToClient.OfEvents news -> events.hear(news);
            case ToClient.Withdrawn withdrawn ->
                known(withdrawn.job()).ifPresent(job -> job.withdrawn(withdrawn.partition()));
            case ToClient.Reopened reopened -> known(reopened.job()).ifPresent(RemoteJob::reopened);
            case ToClient.Ended ended -> known(ended.job()).ifPresent(job -> job.ended(ended));
            case ToClient.Forgotten forgotten -> known(forgotten.job()).ifPresent(this::forget);
        }
    }

    private Optional<RemoteJob> known(long job) {
        return Optional.ofNullable(jobs.get(job));
    }

    @Override
    public Job submit(TaskGraph graph, JobOptions options) {
        return submitJob(graph, options);
    }

    private RemoteJob submitJob(TaskGraph graph, JobOptions options) {
        events.awaitAdmission();
        KeptLayers.Held held = locked(() -> kept.heldBy(graph));
        PackedJob packed = packing.pack(graph, options, held.keepers());
        RemoteJob job =
                new RemoteJob(this, graph.outputLayer(), options, packed, packed.fromNothing(held.makers()));
        try {
            boolean isAccepted = false;
            while (!isAccepted) {
                int in = requests.awaitResumed();
                isAccepted = code.send(packed.bundles(), in) && requests.ask(in, number -> {
                    submitted.put(number, job);
                    return new FromClient.Submitted(number, packed.spec(), Optional.empty());
                }).isPresent();
            }
            return job;
        } catch (LazuliException e) {
            code.sendAgain(packed.bundles());
            throw e;
        }
    }

    @Override
    public Persisted persist(TaskGraph graph, JobOptions options, Consumer<Job> started) {
        Optional<KeptLayer> known = locked(() -> kept.retain(graph.output()));
        if (known.isPresent()) {
            return new KeptHold(this, known.get());
        }
        RemoteJob job = submitJob(graph, options);
        try {
            started.accept(job);
            KeptLayer layer = new KeptLayer(graph.output(), job, job.measureOutput());
            locked(() -> {
                kept.put(layer);
                return true;
            });
            return new KeptHold(this, layer);
        } catch (Throwable e) {
            job.close();
            throw e;
        }
    }

    /// One hold less.
    void letGo(KeptLayer layer) {
        if (locked(() -> kept.release(layer))) {
            layer.job().close();
        }
    }

    /// What happens in the cluster, with the jobs of all its clients.
    public EventStream events() {
        return events;
    }

    @Override
    public MemoryAccountant memory() {
        return accountant;
    }

    /// A worker's process, which this client has started, has ended.
    ///
    /// @param how in words
    public void reportEnd(String worker, long processId, String how) {
        locked(() -> {
            conversation.say(new FromClient.SawEnd(worker, processId, how));
            return true;
        });
    }

    /// Whoever has this engine runs no jobs, and is not counted as a client.
    public void runNothing() {
        locked(() -> {
            conversation.say(new FromClient.RunsNothing());
            return true;
        });
    }

    /// Says something. With the lock.
    void say(FromClient message) {
        conversation.say(message);
    }

    LazuliException explain(LazuliException failure) {
        return packing.explain(failure);
    }

    /// Fetches what a worker has. Without the lock. Ownership: the caller's.
    Block fetch(Offer offer, Layer output) {
        return results.fetch(
                offer.holder(), offer.news().task(), offer.news().attempt(),
                new Key(output.token(), offer.partition()), output.operation());
    }

    /// How large what a worker has is. Without the lock. Does not wait.
    CompletionStage<ResultSize> measure(Offer offer) {
        return results.measure(offer.holder(), offer.news().task(), offer.news().attempt());
    }

    /// With the lock: what was offered cannot be had. Nobody cares if that was by another scheduler.
    void miss(Offer offer, RuntimeException why) {
        if (offer.term() == term()) {
            ToClient.Offered news = offer.news();
            say(new FromClient.Missed(
                    news.job(), news.partition(), news.attempt(), news.worker(), RemoteFailure.of(why)));
        }
    }

    private WorkerShell.Peer holder(ToClient.Offered offer) {
        WorkerShell.Peer holder = workers.get(offer.worker());
        if (holder == null) {
            throw new IllegalStateException("worker " + offer.worker() + " was not introduced");
        }
        return holder;
    }

    /// Waits until `action` has something; it is called with the lock. Errors: what has stopped this engine.
    <T> T await(Supplier<Optional<T>> action) throws InterruptedException {
        while (true) {
            lock.lockInterruptibly();
            try {
                Optional<T> value = action.get();
                conversation.pump(System.nanoTime());
                if (value.isPresent()) {
                    return value.get();
                }
                checkOpen();
                changed.awaitNanos(GLANCE_NANOS);
            } finally {
                lock.unlock();
            }
        }
    }

    /// Runs `action` with the lock, sends what it says, and wakes who waits for what it changes.
    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            T value = action.get();
            conversation.pump(System.nanoTime());
            changed.signalAll();
            return value;
        } finally {
            lock.unlock();
        }
    }

    /// With the lock. Errors: what has stopped this engine.
    void checkOpen() {
        if (closed) {
            throw Errors.engineClosed();
        }
        if (lost != null) {
            throw new LazuliException(lost.code(), String.valueOf(lost.getMessage()), lost);
        }
    }

    @Override
    public void close() {
        List<RemoteJob> open = locked(() -> {
            isClosing = true;
            return List.copyOf(jobs.values());
        });
        open.forEach(RemoteJob::close);
        events.close();
        sayFarewell();
        locked(() -> {
            closed = true;
            conversation.close();
            return true;
        });
        caller.shutdown();
        results.close();
    }

    /// So that the scheduler need not wait to see that this client is gone. One that does not answer will see it.
    private void sayFarewell() {
        long end = System.nanoTime() + FAREWELL_NANOS;
        long number = locked(() -> {
            long next = requests.next();
            conversation.say(new FromClient.Left(next));
            return next;
        });
        try {
            await(() -> requests.isAnswered(number) || !conversation.isConnected() || System.nanoTime() >= end
                    ? Optional.of(true)
                    : Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LazuliException e) {
            LOG.log(System.Logger.Level.DEBUG, "nobody hears the farewell", e);
        }
    }
}
