package io.lazuli.scheduler.internal.membership;

import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.lazuli.scheduler.internal.Errors;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a new leader must know: for each job its spec and the facts about it, as bytes, in memory of the scheduler that leads and of one
/// that stands by. Anyone reads; a leader writes, through a [JournalWriter].
///
/// Survives the death of all schedulers but one; of two that die at once, it takes the jobs of some partitions with it, each as a
/// whole.
public final class Journal implements JournalSource, AutoCloseable {
    /// A checkpoint may take away what is being read.
    private static final int TRIES = 10;

    private final IMap<String, byte[]> map;
    /// Of the last epoch that this process has led, and 0 before. Under this object's monitor, as the next.
    private int epoch;
    private @Nullable JournalWriter writer;

    Journal(IMap<String, byte[]> map) {
        this.map = map;
    }

    /// For the leader of `epoch`; a writer of an earlier one is closed. Errors: INTERNAL, if this process has written in `epoch`
    /// or a later one before: it would write over that.
    public synchronized JournalWriter writer(int epoch) {
        if (epoch <= this.epoch) {
            throw Errors.epochPassed(epoch, this.epoch);
        }
        close();
        this.epoch = epoch;
        JournalWriter opened = new JournalWriter(map, this, epoch);
        writer = opened;
        return opened;
    }

    /// The jobs of which something was acknowledged, in the order of their names.
    @Override
    public List<String> jobs() {
        TreeSet<String> jobs = new TreeSet<>();
        map.keySet().stream().map(SegmentKey::parse).filter(SegmentKey::isComplete).map(SegmentKey::job)
                .forEach(jobs::add);
        return List.copyOf(jobs);
    }

    /// Everything about `job`; nothing for one that is not known. Reading changes nothing.
    ///
    /// **Cost**: a request for each MiB and each batch since the last checkpoint.
    ///
    /// **Errors**: DATA, with the segment's name, when one is damaged or missing.
    @Override
    public JournalContent read(String job) {
        for (int i = 1;; i++) {
            Optional<JournalContent> content = tryRead(job, i == TRIES);
            if (content.isPresent()) {
                return content.get();
            }
        }
    }

    /// Closes the writer.
    @Override
    public synchronized void close() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }

    /// All that is stored for `job`, in order.
    List<SegmentKey> keys(String job) {
        return map.keySet(Predicates.partitionPredicate("@" + job, Predicates.alwaysTrue())).stream()
                .map(SegmentKey::parse)
                .filter(key -> key.job().equals(job))
                .sorted()
                .toList();
    }

    /// Empty when a segment went while it was read and this is not the last try.
    private Optional<JournalContent> tryRead(String job, boolean last) {
        Optional<byte[]> checkpoint = Optional.empty();
        List<byte[]> facts = new ArrayList<>();
        List<SegmentKey> run = new ArrayList<>();
        for (SegmentKey key : sinceCheckpoint(keys(job))) {
            if (!run.isEmpty() && !key.follows(run.getLast())) {
                run.clear(); // a leader died in the middle of it: it was not acknowledged
            }
            run.add(key);
            if (key.isComplete()) {
                byte[] content = content(run, last);
                if (content == null) {
                    return Optional.empty();
                }
                if (key.kind() == SegmentKey.Kind.CHECKPOINT) {
                    checkpoint = Optional.of(content);
                } else {
                    facts.addAll(Segment.facts(key, content));
                }
                run.clear();
            }
        }
        return Optional.of(new JournalContent(checkpoint, List.copyOf(facts)));
    }

    /// From the last checkpoint's first part on. Errors: DATA, if a number is missing.
    private static List<SegmentKey> sinceCheckpoint(List<SegmentKey> keys) {
        int start = 0;
        for (int i = keys.size() - 1; i >= 0; i--) {
            if (keys.get(i).kind() == SegmentKey.Kind.CHECKPOINT) {
                start = i;
                break;
            }
        }
        boolean isCheckpoint = start < keys.size() && keys.get(start).kind() == SegmentKey.Kind.CHECKPOINT;
        while (isCheckpoint && start > 0 && !keys.get(start - 1).isComplete()
                && keys.get(start).follows(keys.get(start - 1))) {
            start--;
        }
        for (int i = start + (isCheckpoint ? 1 : 0); i < keys.size(); i++) {
            SegmentKey key = keys.get(i);
            boolean begins = key.number() == 0 && (i == 0 || keys.get(i - 1).epoch() < key.epoch());
            if (!begins && (i == 0 || !key.follows(keys.get(i - 1)))) {
                throw Errors.journalDamaged(key.job(), key.segment(), "the segment before it is missing");
            }
        }
        return keys.subList(start, keys.size());
    }

    /// The pieces under `keys` put together; null if one is gone and this is not the last try.
    private byte @Nullable [] content(List<SegmentKey> keys, boolean last) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < keys.size(); i++) {
            SegmentKey key = keys.get(i);
            byte[] value = map.get(key.toString());
            if (value == null && last) {
                throw Errors.journalDamaged(key.job(), key.segment(), "it went while it was read");
            } else if (value == null) {
                return null;
            }
            ByteBuffer piece = Segment.piece(key, value, i);
            out.write(piece.array(), piece.arrayOffset(), piece.remaining());
        }
        return out.toByteArray();
    }
}
