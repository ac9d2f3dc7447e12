package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.event.RefusalCount;
import io.lazuli.scheduler.event.WorkerDescription;
import io.lazuli.scheduler.event.WorkerSample;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.core.EffectBuffer;
import io.lazuli.scheduler.internal.core.Entries;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.wire.FromWorker;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.ToWorker;
import io.lazuli.scheduler.internal.wire.WorkerFacts;
import io.lazuli.scheduler.internal.worker.WorkerEventBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One incarnation of a worker, as the scheduler's shell sees it. Guarded by the shell's lock.
final class WorkerPeer {
    private final Conversation<ToWorker, FromWorker> conversation;
    /// Of the turn that is going on.
    private final WorkerEventBuffer orders = new WorkerEventBuffer();
    /// Of the jobs that `orders` announce.
    private final List<JobSpec> announced = new ArrayList<>();
    /// Bundles of code that it was sent.
    private final Set<String> sent = new HashSet<>();
    /// Null until it has joined: orders before that are for another incarnation.
    private @Nullable WorkerFacts facts;
    /// What its process used last; null before it has said so.
    private @Nullable WorkerSample sample;
    /// Connections that its process has refused.
    private List<RefusalCount> refusals = List.of();
    private boolean isDismissed;
    /// Its process was a member of the cluster and is none any more.
    private boolean isAbsent;

    WorkerPeer(SessionId id, long nanos) {
        this.conversation = new Conversation<>(id, FromWorker.class, nanos);
    }

    Conversation<ToWorker, FromWorker> conversation() {
        return conversation;
    }

    int index() {
        return conversation.id().worker();
    }

    int incarnation() {
        return conversation.id().incarnation();
    }

    /// See [Entries#source].
    long source() {
        return Entries.source(index(), incarnation());
    }

    Optional<WorkerFacts> facts() {
        return Optional.ofNullable(facts);
    }

    /// For observers. Only once it has told its facts.
    WorkerDescription description() {
        WorkerFacts who = Objects.requireNonNull(facts, "it has joined");
        return new WorkerDescription(who.name(), who.host(), who.processId());
    }

    boolean hasJoined() {
        return facts != null && !isDismissed;
    }

    /// Membership says that this member has come or gone.
    ///
    /// @param port where it gives results to others
    void noteMember(long processId, int port, boolean isPresent) {
        if (facts != null && facts.processId() == processId && facts.port() == port) {
            isAbsent = !isPresent;
        }
    }

    /// Its member has gone, and its connection is broken.
    boolean isSuspicious() {
        return hasJoined() && isAbsent && !conversation.isConnected();
    }

    Optional<WorkerSample> sample() {
        return Optional.ofNullable(sample);
    }

    List<RefusalCount> refusals() {
        return refusals;
    }

    void refused(List<RefusalCount> counts) {
        refusals = counts;
    }

    void sampled(WorkerSample now) {
        sample = now;
    }

    void join(WorkerFacts who) {
        facts = who;
    }

    /// @param code where bundles lie that the scheduler was sent
    void announce(int epoch, ClusterJob job, Function<String, Optional<Path>> code) {
        if (hasJoined()) {
            for (String hash : job.spec().bundles()) {
                code.apply(hash).filter(_ -> sent.add(hash)).ifPresent(file -> CodePieces
                        .of(new CodeHash(hash), file, piece -> conversation.say(new ToWorker.SentCode(piece))));
            }
            orders.jobAnnounced(epoch, job.id(), job.record().firstTask(), job.record().plan());
            announced.add(job.spec());
        }
    }

    /// Nobody's program has these bundles any more.
    void drop(List<String> bundles) {
        List<String> gone = bundles.stream().filter(sent::remove).toList();
        if (!gone.isEmpty()) {
            conversation.say(new ToWorker.DroppedCode(gone));
        }
    }

    void stop(int epoch, long job) {
        if (hasJoined()) {
            orders.jobStopped(epoch, job);
        }
    }

    /// Effect `i` of the core is an order to this worker.
    void order(int epoch, EffectBuffer effects, int i) {
        if (hasJoined()) {
            orders.order(epoch, effects, i);
        }
    }

    void dismiss(int epoch) {
        if (!isDismissed) {
            isDismissed = true;
            orders.dismissed(epoch);
        }
    }

    void introduce(WorkerPeer other) {
        conversation.say(
                new ToWorker.Introduced(other.index(), other.incarnation(), other.facts().orElseThrow()));
    }

    /// Says what was ordered, and sends what is due.
    void pump(long nanos) {
        if (!orders.isEmpty()) {
            conversation.say(new ToWorker.Ordered(orders.packed(), announced));
            orders.clear();
            announced.clear();
        }
        conversation.pump(nanos);
    }
}
