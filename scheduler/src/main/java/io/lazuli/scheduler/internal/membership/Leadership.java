package io.lazuli.scheduler.internal.membership;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import io.lazuli.scheduler.internal.Errors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The oldest scheduler leads, once it has put itself on record with the next epoch.
///
/// ```
///   oldest is another ── it is on record ──▶ following it
///        is self ── on record already ──▶ elected
///                └─ compare-and-set(record, last epoch + 1) ──▶ elected
///   elected, and no longer the oldest or on record ──▶ lost
/// ```
///
/// Two may think that they lead: one that was frozen or cut off does until it hears otherwise. That costs nothing but work, because
/// whoever takes orders refuses all but the latest fence ([Leader#compareTo]).
final class Leadership implements AutoCloseable {
    /// Members' comings and goings and changes of the record are looked at when they are heard of, and this often, since such
    /// news may be lost.
    private static final long LOOK_MILLIS = 500;

    private final ClusterView view;
    private final LeaderRecord register;
    /// The thread's alone.
    private final List<LeadershipListener> listeners = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "lazuli-leadership");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /// Under the lock, as all below: listeners that have heard nothing yet.
    private final List<LeadershipListener> newcomers = new ArrayList<>();
    /// Who leads as far as is known.
    private @Nullable Leader leader;
    /// Something was heard of that was not looked at.
    private boolean hinted = true;
    private boolean closed;

    /// Who is there.
    interface ClusterView {
        ClusterMember self();

        /// Oldest first.
        List<ClusterMember> schedulers();
    }

    /// The one place where it is written who leads.
    interface LeaderRecord {
        @Nullable
        Leader read();

        /// Whether `next` has taken the place of `last`, atomically.
        boolean replace(@Nullable Leader last, Leader next);
    }

    Leadership(ClusterView view, LeaderRecord register) {
        this.view = view;
        this.register = register;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /// Tells `listener` what is known already, then every change. Both by the thread of this object.
    void listen(LeadershipListener listener) {
        lock.lock();
        try {
            newcomers.add(listener);
            hinted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Something about members or the record has changed.
    void hint() {
        lock.lock();
        try {
            hinted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Optional<Leader> leader() {
        lock.lock();
        try {
            return Optional.ofNullable(leader);
        } finally {
            lock.unlock();
        }
    }

    /// Errors: RESOURCE, when nobody leads within `limit`; CANCELLED, when the thread is interrupted.
    Leader awaitLeader(Duration limit) {
        lock.lock();
        try {
            long rest = limit.toNanos();
            while (leader == null) {
                if (closed) {
                    throw Errors.membershipClosed();
                }
                if (rest <= 0) {
                    throw Errors.noLeader(limit, view.schedulers().size());
                }
                rest = changed.awaitNanos(rest);
            }
            return leader;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Errors.waitInterrupted("a leader");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        if (Thread.currentThread() != thread) {
            Threads.join(thread);
        }
    }

    private void run() {
        while (awaitNews()) {
            try {
                look();
            } catch (HazelcastInstanceNotActiveException _) {
                // It is shut down, or on its way into another half of the cluster and then back.
            } catch (HazelcastException _) {
                // Nobody is there who keeps the record, or it moves: looked at again soon.
            }
        }
    }

    private boolean awaitNews() {
        lock.lock();
        try {
            if (!closed && !hinted) {
                changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            hinted = false;
            return !closed;
        } catch (InterruptedException _) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        List<ClusterMember> schedulers = view.schedulers();
        Leader recorded = schedulers.isEmpty() ? null : register.read();
        if (schedulers.isEmpty()) {
            become(null);
        } else if (recorded != null && recorded.id().equals(schedulers.getFirst().id())) {
            become(recorded);
        } else if (schedulers.getFirst().local()) {
            Leader next = new Leader(nextEpoch(recorded, Instant.now()), view.self().id(), view.self().endpoint());
            become(register.replace(recorded, next) ? next : null);
        } else {
            become(null);
        }
    }

    /// One more than the last, or the first where nobody remembers one, because all schedulers have died at once.
    static int nextEpoch(@Nullable Leader last, Instant now) {
        return last != null ? last.epoch() + 1 : Leader.firstEpoch(now);
    }

    private void become(@Nullable Leader next) {
        List<LeadershipListener> fresh;
        Leader before;
        lock.lock();
        try {
            before = leader;
            leader = next;
            fresh = List.copyOf(newcomers);
            newcomers.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (!Objects.equals(before, next)) {
            listeners.forEach(listener -> tell(listener, before, next));
        }
        fresh.forEach(listener -> tell(listener, null, next));
        listeners.addAll(fresh);
    }

    private void tell(LeadershipListener listener, @Nullable Leader before, @Nullable Leader next) {
        if (isSelf(before)) {
            listener.lost();
        }
        if (next != null && isSelf(next)) {
            listener.elected(next);
        } else if (next != null) {
            listener.following(next);
        }
    }

    private boolean isSelf(@Nullable Leader one) {
        return one != null && one.id().equals(view.self().id());
    }
}
