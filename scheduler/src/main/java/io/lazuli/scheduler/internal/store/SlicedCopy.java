package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A copy of columns of which only those slices are touched, verified and, from another host, fetched that somebody borrows; and with
/// the first of them what all slices need. To a reader it looks as the whole block does, but what is outside of the slices that were
/// borrowed may be zeros, or anything.
///
/// ```
///   prepare(2) --asks the holder--> file --borrow(2): waits, verifies--> block, mapped from the file
/// ```
///
/// All of it is in files: what is borrowed takes no memory that counts, however large slices are.
final class SlicedCopy extends StoredResult {
    /// As long as a worker may be silent.
    private static final long MOST_SECONDS = 60;

    private final Block block;
    private final SegmentReader reader;
    private final SliceIndex index;
    private final SpillCounters counters;
    private final String place;
    /// Null if all bytes are here.
    private final @Nullable Remote remote;
    /// Of each slice, and what all need behind them; asked for, or null. Guarded by this.
    private final @Nullable CompletableFuture<?>[] arrivals;
    /// Guarded by this, as `arrivals`.
    private final BitSet verified = new BitSet();

    /// @param file what has come so far
    record Remote(PartialFile file, SegmentHolder holder) {}

    /// Ownership: takes over the caller's reference of `block`, and `reader`.
    SlicedCopy(Key key, Block block, SegmentReader reader, SliceIndex index, SpillCounters counters, String place,
            @Nullable Remote remote) {
        super(key, block);
        this.block = block;
        this.reader = reader;
        this.index = index;
        this.counters = counters;
        this.place = place;
        this.remote = remote;
        this.arrivals = new CompletableFuture<?>[index.sliceCount() + 1];
    }

    private int shared() {
        return index.sliceCount();
    }

    @Override
    public Block borrow() {
        return borrow(Block.WHOLE);
    }

    @Override
    public void prepare(int slice) {
        if (remote != null) {
            ask(shared(), remote);
            if (slice != Block.WHOLE) {
                ask(slice, remote);
            } else {
                for (int s = 0; s < index.sliceCount(); s++) {
                    ask(s, remote);
                }
            }
        }
    }

    private synchronized void ask(int part, Remote from) {
        CompletableFuture<?> asked = arrivals[part];
        if (asked == null || asked.isCompletedExceptionally()) {
            arrivals[part] = from.holder()
                    .fetch(IncomingStretches.into(from.file(), stretches(part)))
                    .toCompletableFuture();
        }
    }

    @Override
    public Block borrow(int slice) {
        if (isGone()) {
            throw usedWhenGone();
        }
        prepare(slice);
        get(shared());
        if (slice != Block.WHOLE) {
            get(slice);
        } else {
            for (int s = 0; s < index.sliceCount(); s++) {
                get(s);
            }
        }
        return block.retain();
    }

    private void get(int part) {
        CompletableFuture<?> arrival;
        synchronized (this) {
            if (verified.get(part)) {
                return;
            }
            arrival = arrivals[part];
        }
        try {
            if (arrival != null) {
                arrival.get(MOST_SECONDS, TimeUnit.SECONDS);
            }
            verify(part);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LazuliException ours) {
                throw ours;
            }
            throw lost(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | IOException e) {
            throw lost(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errors.interrupted("waiting for a slice of " + key);
        }
    }

    /// Two threads may do it at the same time: that costs more than it should, and no more.
    private void verify(int part) throws IOException {
        UninterruptedAccess.run(() -> {
            for (Preamble.Section stretch : stretches(part)) {
                reader.verify(stretch, part == shared() ? "what all slices share" : "slice " + part);
            }
            return part;
        });
        synchronized (this) {
            verified.set(part);
        }
    }

    private LostResultException lost(Throwable why) {
        counters.lost();
        return LostResultException.fetched(key, place, why);
    }

    private List<Preamble.Section> stretches(int part) {
        List<Preamble.Section> stretches = new ArrayList<>();
        for (int b = 0; b < reader.sectionCount() - SegmentForm.BEFORE_BUFFERS; b++) {
            Preamble.Section buffer = reader.section(SegmentForm.BEFORE_BUFFERS + b);
            if (index.isShared(b) == (part == shared())) {
                stretches.add(part == shared() ? buffer : index.stretch(b, part, buffer.offset()));
            }
        }
        return stretches;
    }

    @Override
    ExportedResult.Form exported(Operation maker) {
        throw new IllegalStateException("a copy of slices of " + key + " is for readers of this process");
    }

    @Override
    long[] cuts() {
        return block.cuts();
    }

    @Override
    void drop() {
        block.release();
        try {
            reader.close();
        } catch (IOException e) {
            // It was read; nothing is lost.
            return;
        }
    }
}
