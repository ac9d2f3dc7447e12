package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Key;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.compute.ProcessSampler;
import io.lazuli.scheduler.internal.compute.TaskRunner;
import io.lazuli.scheduler.internal.compute.Transit;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.LayerPlan;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.job.JobRecord;
import io.lazuli.scheduler.internal.job.Lineage;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoreOptions;
import io.lazuli.scheduler.internal.store.StoredResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// A cluster of one: the core, its shell, the store and the worker threads, put together.
public final class LocalCluster implements Engine {
    private final MemoryAccountant accountant;
    private final ResultStore store;
    private final LocalShell shell;
    /// Open holds by token; guarded by itself.
    private final Map<Token, List<PersistedLayer>> persisted = new LinkedHashMap<>();
    /// No job is taken any more; written under this object's monitor.
    private volatile boolean closed;

    private LocalCluster(int threads, long bufferBytes, StoreOptions options, Transit transit) {
        this.accountant = MemoryAccountant.create(bufferBytes);
        this.store = ResultStore.open(accountant, options.alone());
        this.shell = new LocalShell(
                WorkerProfile.of(threads), new TaskRunner(accountant, store, transit), store,
                new ProcessSampler(accountant, store));
    }

    public static LocalCluster open(int threads, long bufferBytes, StoreOptions options) {
        return open(threads, bufferBytes, options, Transit.SAFE);
    }

    static LocalCluster open(int threads, long bufferBytes, StoreOptions options, Transit transit) {
        LocalCluster cluster = new LocalCluster(threads, bufferBytes, options, transit);
        cluster.shell.dispatcher().start();
        return cluster;
    }

    public EventStream events() {
        return shell.events();
    }

    @Override
    public MemoryAccountant memory() {
        return accountant;
    }

    @Override
    public JobRun submit(TaskGraph graph, JobOptions options) {
        shell.defect().ifPresent(defect -> {
            throw defect;
        });
        shell.events().awaitAdmission();
        Map<Token, HeldLayer> held = retainHeld(graph);
        try {
            return submit(graph, options, held);
        } finally {
            held.values().forEach(HeldLayer::release);
        }
    }

    /// Ownership: borrows `held`.
    private synchronized JobRun submit(TaskGraph graph, JobOptions options, Map<Token, HeldLayer> held) {
        if (closed) {
            throw Errors.engineClosed();
        }
        Map<Token, JobPlan.Held> heldHere = new LinkedHashMap<>();
        held.forEach((token, layer) -> heldHere.put(token, JobPlan.Held.here(layer.rowCount())));
        JobPlan plan = JobPlan.of(graph, heldHere, options);
        List<HeldLayer> needed = plan.layers().stream()
                .filter(layer -> layer.layer().isEmpty())
                .map(LayerPlan::token)
                .map(token -> Objects.requireNonNull(held.get(token), "held layers were checked").retain())
                .toList();
        return shell.call(inbox -> {
            JobRecord record = JobRecord.of(shell.nextJobId(), shell.currentJobId(), options, graph, plan);
            JobRun job = new JobRun(record, needed, shell, store, this::restored);
            shell.jobs().put(job.id(), job);
            shell.events().announce(job.id(), record::description);
            inbox.client().jobSubmitted(job.id(), plan);
            return job;
        });
    }

    /// A persisted result was lost, and made again. Ownership: borrows it.
    private void restored(Key key, StoredResult result) {
        synchronized (persisted) {
            for (PersistedLayer hold : persisted.getOrDefault(key.layer(), List.of())) {
                shell.dispatcher().releaseLater(hold.replace(key.partition(), result.retain()));
            }
        }
    }

    /// Ownership: the caller releases what it gets.
    private Map<Token, HeldLayer> retainHeld(TaskGraph graph) {
        Map<Token, HeldLayer> held = new LinkedHashMap<>();
        synchronized (persisted) {
            graph.held().forEach((token, count) -> {
                List<PersistedLayer> holds = persisted.get(token);
                if (holds == null) {
                    throw Errors.notHeld(token, List.copyOf(persisted.keySet()));
                }
                if (holds.getFirst().partitionCount() != count) {
                    throw Errors.heldDiffers(token, holds.getFirst().partitionCount(), count);
                }
            });
            graph.held().keySet().forEach(token -> held.put(token, holds(token).getFirst().retain()));
        }
        return held;
    }

    @Override
    public Persisted persist(TaskGraph graph, JobOptions options, Consumer<Job> started) {
        synchronized (persisted) {
            List<PersistedLayer> holds = persisted.get(graph.output());
            if (holds != null) {
                return register(holds.getFirst().retain());
            }
        }
        Lineage lineage = lineage(graph, options);
        List<StoredResult> results = new ArrayList<>();
        try (JobRun job = submit(graph, options)) {
            started.accept(job);
            for (int p = 0; p < job.partitionCount(); p++) {
                results.add(job.takeResult(p));
            }
        } catch (Throwable e) {
            results.forEach(StoredResult::release);
            throw e;
        }
        return register(new HeldLayer(graph.output(), results, lineage));
    }

    private Lineage lineage(TaskGraph graph, JobOptions options) {
        Map<Token, HeldLayer> held = retainHeld(graph);
        held.values().forEach(HeldLayer::release);
        return Lineage.of(graph, options, held.values().stream().map(HeldLayer::lineage).toList());
    }

    /// Ownership: takes over `held`.
    private Persisted register(HeldLayer held) {
        synchronized (persisted) {
            if (closed) {
                held.release();
                throw Errors.engineClosed();
            }
            PersistedLayer hold = new PersistedLayer(held, this::unregister);
            persisted.computeIfAbsent(held.token(), _ -> new ArrayList<>()).add(hold);
            return hold;
        }
    }

    private List<PersistedLayer> holds(Token token) {
        return Objects.requireNonNull(persisted.get(token), "nothing is held under this token");
    }

    private void unregister(PersistedLayer hold) {
        synchronized (persisted) {
            List<PersistedLayer> holds = holds(hold.token());
            holds.remove(hold);
            if (holds.isEmpty()) {
                persisted.remove(hold.token());
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        shell.call(_ -> List.copyOf(shell.jobs().values())).forEach(JobRun::close);
        List<PersistedLayer> left;
        synchronized (persisted) {
            left = persisted.values().stream().flatMap(List::stream).toList();
        }
        left.forEach(PersistedLayer::close);
        shell.dispatcher().stop();
        shell.events().close();
        store.close();
        if (shell.defect().isEmpty() && shell.abandonedCount() == 0) {
            accountant.close();
        }
    }
}
