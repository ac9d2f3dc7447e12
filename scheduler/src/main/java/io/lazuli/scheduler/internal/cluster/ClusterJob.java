package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.core.LayerPlan;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import io.lazuli.scheduler.internal.event.Description;
import io.lazuli.scheduler.internal.job.JobRecord;
import io.lazuli.scheduler.internal.job.Lineage;
import io.lazuli.scheduler.internal.job.Measures;
import io.lazuli.scheduler.internal.wire.FromWorker;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.RemoteFailure;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A job of a cluster: its record, what travels of it, and its results on the way to its client. Guarded by the shell's lock.
final class ClusterJob {
    private final JobRecord record;
    private final JobSpec spec;
    /// Who is told of it; null before it was accepted, while its client is to come to a new leader, and always if a task expanded to it.
    private @Nullable ClientPeer client;
    /// The job whose client waits.
    private final ClusterJob root;
    /// How what it starts from was made, by token.
    private final Map<Token, Lineage> held;
    /// How its output is made.
    private final Lineage lineage;
    /// What can be taken and was not, by partition.
    private final Map<Integer, Offer> offers = new HashMap<>();
    private final BitSet taken = new BitSet();
    private int takenCount;
    /// Told so far by each incarnation of a worker, by layer.
    private final Map<Integer, Map<Long, Measures>> measures = new HashMap<>();
    /// Told so far by each incarnation of a worker. Of a root, with all that its tasks expanded to.
    private final Map<Teller, FromWorker.Spilled> spilled = new HashMap<>();
    /// What observers were told of it.
    private FromWorker.Spilled told;
    private boolean isStopped;
    /// What its client is told of the end; null while it runs.
    private ToClient.@Nullable Ended end;

    /// Where a partition of the output is.
    ///
    /// @param source of the worker that has it
    record Offer(int task, int attempt, long source) {
        /// Its index.
        int worker() {
            return (int) (source >>> Integer.SIZE);
        }
    }

    /// Who speaks, and of which job.
    private record Teller(long source, long job) {}

    private ClusterJob(JobRecord record, JobSpec spec, @Nullable ClusterJob root, Map<Token, Lineage> held) {
        this.record = record;
        this.spec = spec;
        this.root = root == null ? this : root;
        this.held = held;
        this.lineage = Lineage.of(spec.graph().skeleton(), spec.options(), held.values());
        this.told = new FromWorker.Spilled(record.id(), 0, 0, 0);
    }

    /// A job that no client is told of yet.
    ///
    /// @param held how what it starts from was made, by token
    static ClusterJob of(JobRecord record, JobSpec spec, Map<Token, Lineage> held) {
        return new ClusterJob(record, spec, null, held);
    }

    /// Its client is told that it was accepted, how it stands, and whatever happens from now on.
    void attach(ClientPeer who, long request) {
        client = who;
        tell(new ToClient.Accepted(request, id()));
        offers.forEach(this::tell);
        if (end != null) {
            tell(end);
        }
    }

    /// A job that runs in place of a task of this one. What it starts from are that task's inputs.
    ClusterJob child(long id, JobSpec childSpec, JobPlan plan) {
        return new ClusterJob(record.child(id, childSpec.graph().skeleton(), plan), childSpec, root, Map.of());
    }

    /// A job whose result is a partition that this one started from, and that is lost.
    JobSpec restorer(int task) {
        Key lost = record.key(task);
        Lineage of = Objects.requireNonNull(held.get(lost.layer()), "the job starts from it");
        return JobSpec.of(ShippedGraph.shipped(of.ofPartition(lost.partition())), of.options(), spec.bundles());
    }

    /// What makes those of its layers, or has made what it starts from.
    Map<Token, Operation> makersOf(Set<Token> layers) {
        Map<Token, Operation> makers = new HashMap<>(spec.makers());
        spec.graph().skeleton().layers().forEach(layer -> makers.put(layer.token(), layer.operation()));
        makers.keySet().retainAll(layers);
        return makers;
    }

    Lineage lineage() {
        return lineage;
    }

    long id() {
        return record.id();
    }

    JobRecord record() {
        return record;
    }

    JobSpec spec() {
        return spec;
    }

    boolean isStopped() {
        return isStopped;
    }

    /// The partition of a task is there. False if the client had it before it was lost and made again.
    boolean offer(int task, int attempt, long source) {
        int partition = task - record.firstOutput();
        if (taken.get(partition)) {
            return false;
        }
        Offer offer = new Offer(task, attempt, source);
        offers.put(partition, offer);
        tell(partition, offer);
        return true;
    }

    private void tell(int partition, Offer offer) {
        tell(new ToClient.Offered(id(), partition, offer.task(), offer.attempt(), offer.worker()));
    }

    void withdraw(int task) {
        int partition = task - record.firstOutput();
        if (offers.remove(partition) != null) {
            tell(new ToClient.Withdrawn(id(), partition));
        }
    }

    /// The client has the partition. Returns its task, or a negative number if the offer was withdrawn meanwhile.
    int take(int partition) {
        takenCount += taken.get(partition) ? 0 : 1;
        taken.set(partition);
        Offer offer = offers.remove(partition);
        return offer == null ? -1 : offer.task();
    }

    /// True if the client has all of its output.
    boolean isTaken() {
        return takenCount == record.partitionCount();
    }

    /// What is offered for the partition; null if nothing is.
    @Nullable
    Offer offered(int partition) {
        return offers.get(partition);
    }

    void stop(int task) {
        record.stop(task);
        isStopped = true;
        offers.clear();
    }

    void reopen() {
        record.reopen();
        end = null;
        tell(new ToClient.Reopened(id()));
    }

    void finish(JobProgress.State outcome) {
        record.finish(outcome);
        end(record.failure());
    }

    private void end(Optional<LazuliException> failure) {
        end = new ToClient.Ended(id(), progress(), failure.map(RemoteFailure::of));
        tell(end);
    }

    /// A defect has stopped the scheduler.
    void breakDown(LazuliException why) {
        if (record.isRunning()) {
            record.finish(JobProgress.State.FAILED);
            end(Optional.of(why));
        }
    }

    void forgotten() {
        tell(new ToClient.Forgotten(id()));
    }

    void measured(long source, int layer, Measures of) {
        measures.computeIfAbsent(layer, _ -> new HashMap<>()).put(source, of);
    }

    void spilled(long source, FromWorker.Spilled of) {
        root.spilled.put(new Teller(source, of.job()), of);
    }

    JobProgress progress() {
        return record.progress(spilled().writtenBytes(), this::measures);
    }

    private Measures measures(Token token) {
        List<LayerPlan> layers = record.plan().layers();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).token().equals(token)) {
                return measures.getOrDefault(i, Map.of()).values().stream().reduce(Measures.NONE, Measures::plus);
            }
        }
        return Measures.NONE;
    }

    private FromWorker.Spilled spilled() {
        return root.spilled.values().stream().reduce(
                new FromWorker.Spilled(root.id(), 0, 0, 0),
                (one, other) -> new FromWorker.Spilled(
                        one.job(), one.writtenBytes() + other.writtenBytes(), one.readBytes() + other.readBytes(),
                        one.diskBytes() + other.diskBytes()));
    }

    /// Tells an observer who comes late.
    void describe(Description into) {
        record.describe(into);
        into.spill(id(), told.writtenBytes(), told.readBytes(), told.diskBytes());
        record.describeEnd(into);
    }

    /// Tells observers what has gone to disk since they were told last, or come back.
    void sample(TransitionBuffer into) {
        FromWorker.Spilled now = spilled();
        if (record.isRoot() && !now.equals(told)) {
            into.resultsSpilled(
                    id(), now.writtenBytes() - told.writtenBytes(), now.readBytes() - told.readBytes(),
                    now.diskBytes() - told.diskBytes());
            told = now;
        }
    }

    private void tell(ToClient news) {
        if (client != null) {
            client.say(news);
        }
    }
}
