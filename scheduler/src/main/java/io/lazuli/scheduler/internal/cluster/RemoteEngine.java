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
import io.lazuli.scheduler.internal.session.Packet;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A cluster as its client sees it: jobs go to the scheduler, results come from workers.
///
/// Any thread may call it. Fields are guarded by the lock, and so is the state of its jobs.
public final class RemoteEngine implements Engine {
    /// How long a thread that waits sleeps at most: what it waits for is signalled.
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final ReentrantLock lock = new ReentrantLock();
    /// Signalled whenever the scheduler has said something, or cannot any more.
    private final Condition changed = lock.newCondition();
    private final MemoryAccountant accountant;
    private final Packing packing;
    private final Results results;
    private final Conversation<FromClient, ToClient> conversation;
    private final Map<Long, RemoteJob> jobs = new HashMap<>();
    /// Submitted and not answered, by request.
    private final Map<Long, RemoteJob> submitted = new HashMap<>();
    /// Answers to requests, by number, until whoever waits takes them.
    private final Map<Long, ToClient> answers = new HashMap<>();
    private final Map<Integer, WorkerShell.Peer> workers = new HashMap<>();
    private final RemoteEvents events = new RemoteEvents(this);
    /// Calls to listeners, made once the lock is not held.
    /// Bundles of code that the scheduler has.
    private final Set<CodeHash> sent = new HashSet<>();
    /// Results that are kept, by token.
    private final Map<Token, KeptLayer> kept = new LinkedHashMap<>();
    private final List<SerialCalls> news = new ArrayList<>();
    /// Makes them: they may take results, for which connections must go on.
    private final ExecutorService caller = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("lazuli-client").factory());
    private long lastRequest;
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
    public record Packed(JobSpec job, List<Bundle> bundles) {}

    /// Gets results from workers.
    public interface Results extends AutoCloseable {
        /// Waits for it. Ownership: the caller's. Errors: any, if the worker does not answer, or has not got it, or it cannot be read.
        ///
        /// @param maker what made it
        Block fetch(WorkerShell.Peer holder, int task, int attempt, Key key, Operation maker);

        /// How large it is. Waits, and fails, as [#fetch].
        ResultSize measure(WorkerShell.Peer holder, int task, int attempt);

        @Override
        void close();
    }

    /// Of one result.
    public record ResultSize(long rows, long bytes) {}

    public RemoteEngine(SessionId id, MemoryAccountant accountant, Packing packing, Results results) {
        this.accountant = accountant;
        this.packing = packing;
        this.results = results;
        this.conversation = new Conversation<>(id, ToClient.class, System.nanoTime());
    }

    /// Goes on over that connection.
    public void attach(Link link) {
        locked(() -> {
            conversation.attach(link);
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

    public SessionId session() {
        return conversation.id();
    }

    /// Nothing will come any more: those that wait are told why.
    public void lose(LazuliException why) {
        locked(() -> {
            lost = why;
            events.lose(why);
            return true;
        });
    }

    /// Lets time pass: ten times a second.
    public void tick() {
        locked(() -> true);
    }

    public void receive(Packet<?> packet) {
        List<SerialCalls> calls = locked(() -> {
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
                            new SessionId(conversation.id().epoch(), worker.worker(), worker.incarnation()),
                            worker.facts()));
            case ToClient.Accepted accepted -> {
                RemoteJob job = submitted.remove(accepted.request());
                if (job != null) {
                    job.accepted(accepted.job());
                    jobs.put(accepted.job(), job);
                }
                answers.put(accepted.request(), accepted);
            }
            case ToClient.Refused refused -> {
                submitted.remove(refused.request());
                answers.put(refused.request(), refused);
            }
            // This client asks for none.
            case ToClient.StatusIs _ -> {}
            case ToClient.WantsCode wants -> answers.put(wants.request(), wants);
            case ToClient.ProgressIs progress -> answers.put(progress.request(), progress);
            case ToClient.TimeIs time -> answers.put(time.request(), time);
            case ToClient.LastIs last -> answers.put(last.request(), last);
            case ToClient.OfEvents news -> events.hear(news);
            case ToClient.Offered offered -> known(offered.job()).ifPresent(job -> job.offered(offered));
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
        Packed packed = packing.pack(graph, options, locked(() -> held(graph)));
        send(packed.bundles());
        RemoteJob job = new RemoteJob(this, graph.outputLayer(), options);
        request(number -> {
            submitted.put(number, job);
            return new FromClient.Submitted(number, packed.job());
        });
        return job;
    }

    /// Sends what the scheduler lacks of a program's code.
    private void send(List<Bundle> bundles) {
        List<Bundle> unknown =
                locked(() -> bundles.stream().filter(bundle -> !sent.contains(bundle.hash())).toList());
        if (unknown.isEmpty()) {
            return;
        }
        List<FromClient.CodeOffer> offers = unknown.stream()
                .map(bundle -> new FromClient.CodeOffer(bundle.hash().hex(), bundle.bytes()))
                .toList();
        ToClient.WantsCode wanted =
                (ToClient.WantsCode) request(number -> new FromClient.OfferedCode(number, offers));
        for (Bundle bundle : unknown) {
            locked(() -> {
                // One bundle at a time: others must not come between its pieces.
                if (wanted.hashes().contains(bundle.hash().hex()) && sent.add(bundle.hash())) {
                    CodePieces.of(bundle, piece -> conversation.say(new FromClient.SentCode(piece)));
                }
                return sent.add(bundle.hash());
            });
        }
    }

    /// With the lock. Errors: USER if the graph starts from what is not kept.
    private Map<Token, JobPlan.Held> held(TaskGraph graph) {
        Map<Token, JobPlan.Held> held = new LinkedHashMap<>();
        graph.held().forEach((token, partitionCount) -> {
            KeptLayer layer = kept.get(token);
            if (layer == null) {
                throw Errors.notHeld(token, kept.keySet());
            }
            if (layer.sizes().size() != partitionCount) {
                throw Errors.heldDiffers(token, layer.sizes().size(), partitionCount);
            }
            held.put(token, new JobPlan.Held(layer.rowCount(), layer.job().id()));
        });
        return held;
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

    /// Says something that the scheduler answers, and waits for the answer. Errors: what it refuses; RESOURCE if it is gone.
    ToClient request(LongFunction<FromClient> question) {
        long number = locked(() -> {
            checkOpen();
            long next = ++lastRequest;
            conversation.say(question.apply(next));
            return next;
        });
        try {
            ToClient answer = await(() -> Optional.ofNullable(answers.remove(number)));
            if (answer instanceof ToClient.Refused refused) {
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
    Block fetch(ToClient.Offered offer, Layer output) {
        return results.fetch(
                holder(offer), offer.task(), offer.attempt(), new Key(output.token(), offer.partition()),
                output.operation());
    }

    /// How large what a worker has is. Without the lock.
    ResultSize measure(ToClient.Offered offer) {
        return results.measure(holder(offer), offer.task(), offer.attempt());
    }

    private WorkerShell.Peer holder(ToClient.Offered offer) {
        WorkerShell.Peer holder = locked(() -> workers.get(offer.worker()));
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
        List<RemoteJob> open = locked(() -> List.copyOf(jobs.values()));
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
