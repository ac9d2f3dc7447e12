package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.FileUse;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes results that other processes have exported results of this one.
///
/// ```
///   InFile, same host  ----- map ------> mapped from the holder's file, which is never deleted from here
///   InFile, other host --- receive ----> mapped from a file of our own, gone with the last release
///   Inline             ----- read -----> memory that counts
/// ```
///
/// For a reader of slices the first two are verified, and the second fetched, slice by slice, as they are borrowed ([SlicedCopy]).
///
/// Columns need no memory but what is inline. Values are decoded at once, and spilled as others are. Objects are unpacked by the
/// operation that made them, with what they need besides the columns; that counts, and comes from files where memory is refused.
///
/// A segment is verified from end to end before anything of it is used, whatever its way; that it is of the wanted key too. Of which
/// attempt it is, it does not say: all have the same rows.
///
/// Ownership, of all that is returned: the caller has its only hold. Errors, of all: LostResultException if the segment is gone,
/// damaged, of another key, or cannot be decoded; RESOURCE if memory or disk are refused for what is made of it.
///
/// Thread-safe.
public final class ResultCopies {
    private final ResultStore store;
    private final MemoryAccountant accountant;
    private final SpillDirectory directory;

    ResultCopies(ResultStore store, MemoryAccountant accountant, SpillDirectory directory) {
        this.store = store;
        this.accountant = accountant;
        this.directory = directory;
    }

    /// What is to be copied.
    ///
    /// @param maker what made the result, which unpacks it if it is an object
    /// @param order when it is needed, as for [ResultStore#put]
    public record Wanted(Key key, Operation maker, long order, JobStorage job) {
        /// The same, of which its holder says that it was made as `origin`.
        public Wanted madeAs(Key origin) {
            return new Wanted(origin, maker, order, job);
        }
    }

    /// Maps the file of a process of this host: see [HostIdentity]. Once this has returned, its holder may let go of it.
    public StoredResult map(Wanted wanted, Path file) {
        return keep(wanted, read(
                wanted, file.toString(), () -> directory.disk().open(file),
                reader -> SegmentFile.map(reader, () -> {
                })));
    }

    /// As [#map], for readers of single slices, where the segment tells these apart.
    public StoredResult mapSlices(Wanted wanted, Path file) {
        return slices(wanted, file.toString(), () -> directory.disk().open(file), null)
                .orElseGet(() -> map(wanted, file));
    }

    /// A place for what a reader of slices needs first of a segment of another host: `headBytes` of its `bytes`. Ownership: to be given
    /// to [#received(Wanted, IncomingStretches, SegmentHolder)], or [#forget]. Errors: RESOURCE if there is no room for it.
    public IncomingStretches receiveHead(Wanted wanted, long headBytes, long bytes) {
        if (headBytes <= 0 || headBytes > bytes) {
            throw new IllegalArgumentException("a head of " + headBytes + " bytes of " + bytes);
        }
        try {
            PartialFile file = PartialFile.create(directory, wanted.job().counters(), bytes);
            try {
                return IncomingStretches.into(file, List.of(new Preamble.Section(0, headBytes, 0)));
            } catch (Throwable e) {
                file.delete();
                throw e;
            }
        } catch (IOException e) {
            throw Errors.cannotSpill(directory.parent(), bytes, e);
        }
    }

    /// What had begun is not wanted any more. Does nothing once it was received.
    public void forget(IncomingStretches head) {
        head.forget();
    }

    /// The result whose head has come; `holder` gives its slices when they are borrowed. Ownership: takes over what has come, also if it
    /// fails.
    public StoredResult received(Wanted wanted, IncomingStretches head, SegmentHolder holder) {
        PartialFile file = head.take();
        try {
            String place = file.path().toString();
            return slices(wanted, place, file::open, new SlicedCopy.Remote(file, holder)).orElseThrow(
                    () -> LostResultException
                            .fetched(wanted.key(), place, DamagedFileException.of("it has no index of slices")));
        } catch (Throwable e) {
            file.delete();
            throw e;
        }
    }

    /// Empty if the segment does not tell slices apart.
    private static Optional<StoredResult> slices(
            Wanted wanted, String place, Opening opening, SlicedCopy.@Nullable Remote remote) {
        try {
            return UninterruptedAccess.run(() -> {
                SegmentReader reader = SegmentReader.verifyHead(opening.open(), wanted.key());
                try {
                    SliceIndex index =
                            reader.kind() == Block.Kind.COLUMNS ? SegmentForm.index(reader) : SliceIndex.NONE;
                    if (index.isNone()) {
                        reader.close();
                        return Optional.empty();
                    }
                    Block block = SegmentFile.map(reader, remote == null ? () -> {} : remote.file()::delete);
                    return Optional.of(new SlicedCopy(
                            wanted.key(), block, reader, index, wanted.job().counters(), place, remote));
                } catch (Throwable e) {
                    try (reader) {
                        throw e;
                    }
                }
            });
        } catch (IOException | RuntimeException | LinkageError e) {
            wanted.job().counters().lost();
            throw LostResultException.fetched(wanted.key(), place, e);
        }
    }

    /// Reads a segment that came with the answer. Ownership: borrows `segment`.
    public StoredResult read(Wanted wanted, byte[] segment) {
        try (Reservation memory = reserve(wanted)) {
            Buffer whole = memory.allocate(segment.length);
            whole.segment().copyFrom(MemorySegment.ofArray(segment));
            return keep(wanted, read(
                    wanted, segment.length + " bytes", () -> new SegmentBytes(segment),
                    reader -> SegmentForm.columns(reader, whole)));
        }
    }

    /// A file for `bytes` bytes of a segment that are to come. Ownership: the caller closes it. Errors: RESOURCE if there is no room
    /// for it.
    public IncomingFile receive(Wanted wanted, long bytes) {
        return IncomingFile.create(this, directory, wanted, bytes);
    }

    /// What has been received. Ownership: takes over `file`, also if it fails.
    StoredResult received(Wanted wanted, SegmentFile file) {
        SpillCounters counters = wanted.job().counters();
        Read read;
        try {
            read = read(
                    wanted, file.path().toString(), () -> directory.disk().open(file.path()),
                    reader -> SegmentFile.map(reader, () -> file.delete(counters)));
        } catch (Throwable e) {
            file.delete(counters);
            throw e;
        }
        if (read.kind() == Block.Kind.VALUE) {
            file.delete(counters);
        }
        return keep(wanted, read);
    }

    /// A segment's block, and what kind of result it stands for.
    private record Read(Block.Kind kind, Block block) {}

    private interface Opening {
        SegmentSource open() throws IOException;
    }

    private interface Columns {
        Block of(SegmentReader reader) throws IOException;
    }

    private static Read read(Wanted wanted, String place, Opening opening, Columns columns) {
        try {
            return UninterruptedAccess.run(() -> {
                try (SegmentReader reader = SegmentReader.verify(opening.open(), wanted.key());
                        Arena arena = Arena.ofConfined()) {
                    return new Read(reader.kind(), switch (reader.kind()) {
                        case COLUMNS, OBJECT -> columns.of(reader);
                        case VALUE -> SegmentForm.value(reader, reader.map(arena), wanted.job().format());
                    });
                }
            });
        } catch (IOException | RuntimeException | LinkageError e) {
            wanted.job().counters().lost();
            throw LostResultException.fetched(wanted.key(), place, e);
        }
    }

    /// Ownership: takes over the block, also if it fails.
    private StoredResult keep(Wanted wanted, Read read) {
        Block block = read.kind() == Block.Kind.OBJECT ? unpacked(wanted, read.block()) : read.block();
        return store.keep(wanted.key(), block, wanted.order(), wanted.job());
    }

    private Block unpacked(Wanted wanted, Block packed) {
        try (Reservation memory = reserve(wanted)) {
            return wanted.maker().unpack(packed, memory);
        } finally {
            packed.release();
        }
    }

    private Reservation reserve(Wanted wanted) {
        Reservation memory = accountant.reserve("copy of " + wanted.key(), 0);
        memory.useFiles(FileUse.INSTEAD_OF_FAILING);
        return memory;
    }
}
