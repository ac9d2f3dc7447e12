package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.code.Bundle;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.compute.SerialCalls;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.job.Lineage;
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.wire.Fence;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.Greeting;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.RemoteFailure;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A cluster as its client sees it: jobs go to the scheduler, results come from workers.
///
/// Any thread may call it. Fields are guarded by the lock, and so is the state of its jobs.
///
/// A scheduler that takes over knows nothing of this client, and of its jobs what stood in the journal. It is told of all of them
/// again, by a [Resumption], under their old ids; until then nobody asks it anything else.
public final class RemoteEngine implements Engine {
    private static final int TICKS_PER_SECOND = 10;
    /// A scheduler that dies is followed by another one far sooner.
    private static final int MOST_SILENT_TICKS = 60 * TICKS_PER_SECOND;
    private static final int MOST_SILENT_TICKS_AT_END = 5 * TICKS_PER_SECOND;
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
    /// Counts the schedulers that were there, one after the other.
    private int term;
    /// The one that is there now has not heard of all jobs yet.
    private boolean isResuming;
    private final Map<Long, RemoteJob> jobs = new HashMap<>();
    /// Submitted and not answered, by request.
    private final Map<Long, RemoteJob> submitted = new HashMap<>();
    /// Submitted again and not answered, by request.
    private final Map<Long, RemoteJob> resubmitted = new HashMap<>();
    /// Answers to requests, by number, until whoever waits takes them.
    private final Map<Long, ToClient> answers = new HashMap<>();
    private final Map<Integer, WorkerShell.Peer> workers = new HashMap<>();
    private final RemoteEvents events = new RemoteEvents(this);
    /// Bundles of code that the scheduler has.
    private final Set<CodeHash> sent = new HashSet<>();
    /// Results that are kept, by token.
    private final Map<Token, KeptLayer> kept = new LinkedHashMap<>();
    /// Calls to listeners, made once the lock is not held.
    private final List<SerialCalls> news = new ArrayList<>();
    /// Makes them: they may take results, for which connections must go on.
    private final ExecutorService caller = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("lazuli-client").factory());
    private long lastRequest;
    /// Since the scheduler was heard.
    private int silentTicks;
    private boolean isClosing;
    private boolean closed;
    /// Why nothing will come any more; null as long as something may.
    private @Nullable LazuliException lost;

    /// Makes jobs of graphs: bytes, and the code that they need.
    public interface Packing {
        /// Errors: USER if something of the graph cannot travel.
        ///
        /// @param held what the graph starts from
        Packed pack(TaskGraph graph, JobOptions options, Map<Token, JobPlan.Held> held);

        /// What to tell the user of a job's failure.
        default LazuliException explain(LazuliException failure) {
            return failure;
        }
    }

    /// A job, and the code that it names.
    public record Packed(JobSpec job, List<Bundle> bundles) {
        /// The same job, starting from nothing that is kept: what it starts from may be kept no more when it is to be made again.
        ///
        /// @param held what makes that from nothing
        Packed fromNothing(List<Packed> held) {
            if (held.isEmpty()) {
                return this;
            }
            List<Lineage> lineages = held.stream().map(Packed::lineage).toList();
            TaskGraph whole = Lineage.of(job.graph().skeleton(), job.options(), lineages).graph();
            List<Bundle> code = Stream.concat(Stream.of(this), held.stream())
                    .flatMap(packed -> packed.bundles().stream())
                    .distinct()
                    .toList();
            List<String> hashes = code.stream().map(bundle -> bundle.hash().hex()).toList();
            return new Packed(JobSpec.of(ShippedGraph.shipped(whole), job.options(), hashes), code);
        }

        private Lineage lineage() {
            return new Lineage(job.graph().skeleton(), job.options());
        }
    }

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
        boolean isOther = locked(() -> {
            if (leader.compareTo(fence) < 0) {
                link.close();
                return false;
            }
            boolean other = !leader.equals(fence);
            if (other) {
                startOver(session, leader);
            }
            conversation.attach(link);
            return other;
        });
        if (isOther) {
            Thread.ofPlatform().daemon().name("lazuli-resume").start(new Resumption(this, locked(() -> term)));
        }
    }

    /// With the lock: whatever the scheduler of before has said holds no more.
    private void startOver(SessionId session, Fence leader) {
        conversation.close();
        conversation = new Conversation<>(session, ToClient.class, System.nanoTime());
        fence = leader;
        term++;
        isResuming = true;
        workers.clear();
        sent.clear();
        answers.clear();
        submitted.clear();
        resubmitted.clear();
        List<RemoteJob> over = jobs.values().stream().filter(RemoteJob::startOver).toList();
        over.forEach(this::dropFromScheduler);
        events.startOver();
    }

    /// Jobs that the scheduler of that term is to hear of, in the order in which they were submitted: those that start from the
    /// results of others come after these.
    List<RemoteJob> openJobs(int of) {
        return locked(() -> of != term
                ? List.of()
                : jobs.values().stream().sorted(Comparator.comparingLong(RemoteJob::id)).toList());
    }

    /// Submits a job again, under its id. Its code was sent.
    void resubmit(RemoteJob job, int in) {
        locked(() -> {
            if (in == term && !job.isClosed()) {
                resubmitted.put(++lastRequest, job);
                job.repeat(lastRequest, jobs.keySet()).forEach(conversation::say);
            } else if (in == term) {
                job.forgotten();
                dropFromScheduler(job);
            }
            return true;
        });
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

    /// The scheduler of that term has heard of all jobs.
    void resumed(int in) {
        locked(() -> {
            isResuming &= in != term;
            return true;
        });
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
                if (resubmitted.remove(accepted.request()) == null) {
                    answers.put(accepted.request(), accepted);
                }
            }
            case ToClient.Refused refused -> {
                submitted.remove(refused.request());
                RemoteJob again = resubmitted.remove(refused.request());
                if (again == null) {
                    answers.put(refused.request(), refused);
                } else {
                    giveUp(again, refused.why().toLazuliException());
                }
            }
            // This client asks for none.
            case ToClient.StatusIs _ -> {}
            case ToClient.WantsCode wants -> answers.put(wants.request(), wants);
            case ToClient.ProgressIs progress -> answers.put(progress.request(), progress);
            case ToClient.Offered offered -> known(offered.job())
                    .ifPresent(job -> job.offered(new Offer(offered, holder(offered), term)));
            case ToClient.TimeIs time -> answers.put(time.request(), time);
            case ToClient.LastIs last -> answers.put(last.request(), last);
            case ToClient.OfEvents news -> events.hear(news);
            case ToClient.Withdrawn withdrawn ->
                known(withdrawn.job()).ifPresent(job -> job.withdrawn(withdrawn.partition()));
            case ToClient.Reopened reopened -> known(reopened.job()).ifPresent(RemoteJob::reopened);
            case ToClient.Ended ended -> known(ended.job()).ifPresent(job -> job.ended(ended));
            case ToClient.Forgotten forgotten -> known(forgotten.job()).ifPresent(job -> {
                job.forgotten();
                jobs.remove(forgotten.job());
            });
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
        Map<Token, KeptLayer> held = locked(() -> held(graph));
        Packed packed = packing.pack(graph, options, keepers(held));
        RemoteJob job = new RemoteJob(
                this, graph.outputLayer(), options, packed,
                packed.fromNothing(held.values().stream().map(layer -> layer.job().fromNothing()).toList()));
        try {
            boolean isAccepted = false;
            while (!isAccepted) {
                int in = awaitResumed();
                isAccepted = send(packed.bundles(), in) && ask(in, number -> {
                    submitted.put(number, job);
                    return new FromClient.Submitted(number, packed.job(), Optional.empty());
                }).isPresent();
            }
            return job;
        } catch (LazuliException e) {
            // It may have been refused for its code: the next job offers that again.
            locked(() -> sent.removeAll(packed.bundles().stream().map(Bundle::hash).toList()));
            throw e;
        }
    }

    /// Sends what the scheduler of that term lacks of a program's code; false if another one has taken over. Errors: as [#ask].
    boolean send(List<Bundle> bundles, int in) {
        List<Bundle> unknown =
                locked(() -> bundles.stream().filter(bundle -> !sent.contains(bundle.hash())).toList());
        if (unknown.isEmpty()) {
            return true;
        }
        List<FromClient.CodeOffer> offers = unknown.stream()
                .map(bundle -> new FromClient.CodeOffer(bundle.hash().hex(), bundle.bytes()))
                .toList();
        Optional<ToClient> answer = ask(in, number -> new FromClient.OfferedCode(number, offers));
        if (answer.isEmpty()) {
            return false;
        }
        List<String> wanted = ((ToClient.WantsCode) answer.get()).hashes();
        for (Bundle bundle : unknown) {
            locked(() -> {
                // One bundle at a time: others must not come between its pieces.
                if (in == term && sent.add(bundle.hash()) && wanted.contains(bundle.hash().hex())) {
                    CodePieces.of(bundle, piece -> conversation.say(new FromClient.SentCode(piece)));
                }
                return true;
            });
        }
        return true;
    }

    /// With the lock. Errors: USER if the graph starts from what is not kept.
    private Map<Token, KeptLayer> held(TaskGraph graph) {
        Map<Token, KeptLayer> held = new LinkedHashMap<>();
        graph.held().forEach((token, partitionCount) -> {
            KeptLayer layer = kept.get(token);
            if (layer == null) {
                throw Errors.notHeld(token, kept.keySet());
            }
            if (layer.sizes().size() != partitionCount) {
                throw Errors.heldDiffers(token, layer.sizes().size(), partitionCount);
            }
            held.put(token, layer);
        });
        return held;
    }

    private static Map<Token, JobPlan.Held> keepers(Map<Token, KeptLayer> held) {
        Map<Token, JobPlan.Held> keepers = new LinkedHashMap<>();
        held.forEach((token, layer) -> keepers.put(token, new JobPlan.Held(layer.rowCount(), layer.job().id())));
        return keepers;
    }

    @Override
    public Persisted persist(TaskGraph graph, JobOptions options, Consumer<Job> started) {
        Optional<KeptLayer> known = locked(() -> Optional.ofNullable(kept.get(graph.output())).map(KeptLayer::retain));
        if (known.isPresent()) {
            return new KeptHold(this, known.get());
        }
        RemoteJob job = submitJob(graph, options);
        try {
            started.accept(job);
            KeptLayer layer = new KeptLayer(graph.output(), job, job.measureOutput());
            locked(() -> kept.put(graph.output(), layer));
            return new KeptHold(this, layer);
        } catch (Throwable e) {
            job.close();
            throw e;
        }
    }

    /// One hold less.
    void letGo(KeptLayer layer) {
        boolean isLast = locked(() -> {
            boolean last = layer.release();
            if (last) {
                kept.remove(layer.token(), layer);
            }
            return last;
        });
        if (isLast) {
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

    /// Says something that the scheduler answers, and waits for the answer, whoever the scheduler is by then. Errors: as [#ask].
    ToClient request(LongFunction<FromClient> question) {
        Optional<ToClient> answer = Optional.empty();
        while (answer.isEmpty()) {
            answer = ask(awaitResumed(), question);
        }
        return answer.get();
    }

    /// Waits until the scheduler knows of all jobs. Returns its term.
    private int awaitResumed() {
        try {
            return await(() -> isResuming ? Optional.empty() : Optional.of(term));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errors.interrupted("waiting for a scheduler");
        }
    }

    /// Asks the scheduler of that term, and waits; empty if another one has taken over. Errors: what it refuses; RESOURCE if it is
    /// gone.
    private Optional<ToClient> ask(int in, LongFunction<FromClient> question) {
        long number = locked(() -> {
            checkOpen();
            long next = ++lastRequest;
            if (in == term) {
                conversation.say(question.apply(next));
            }
            return next;
        });
        try {
            Optional<ToClient> answer = await(() -> in == term
                    ? Optional.ofNullable(answers.remove(number)).map(Optional::of)
                    : Optional.of(Optional.<ToClient>empty()));
            if (answer.orElse(null) instanceof ToClient.Refused refused) {
                throw refused.why().toLazuliException();
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errors.interrupted("request " + number);
        }
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
        if (offer.term() == term) {
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

    /// With the lock.
    private void checkOpen() {
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
        locked(() -> {
            closed = true;
            conversation.close();
            return true;
        });
        caller.shutdown();
        results.close();
    }
}
