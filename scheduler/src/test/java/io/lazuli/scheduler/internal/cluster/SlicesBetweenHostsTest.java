package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import io.lazuli.graph.memory.Slicing;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.store.ExportedResult;
import io.lazuli.scheduler.internal.store.HostIdentity;
import io.lazuli.scheduler.internal.store.JobStorage;
import io.lazuli.scheduler.internal.store.LostResultException;
import io.lazuli.scheduler.internal.store.ResultCopies;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoreOptions;
import io.lazuli.scheduler.internal.store.StoredResult;
import io.lazuli.scheduler.internal.transport.Acceptor;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import io.lazuli.scheduler.internal.transport.Endpoint;
import io.lazuli.scheduler.internal.transport.PeerRole;
import io.lazuli.scheduler.internal.transport.Transport;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import io.lazuli.scheduler.internal.wire.Fence;
import io.lazuli.scheduler.internal.wire.Ticket;
import io.lazuli.scheduler.internal.wire.WorkerFacts;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What goes from host to host, and what is touched on one, for a reader of slices.
@Timeout(60)
class SlicesBetweenHostsTest {
    private static final int TASK = 3;
    private static final int SLICES = 8;
    private static final int SLICE_ROWS = 1 << 18;
    private static final long SLICE_BYTES = 8L * SLICE_ROWS;
    private static final long SHARED_BYTES = 100_000;
    /// Head of a segment, and rounding.
    private static final long LITTLE = 4096;
    private static final Key KEY = new Key(new Token(1, 2), TASK);
    private static final Fence FENCE = new Fence(5, new UUID(6, 7));

    record Nothing() implements Operation {
        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            throw new AssertionError("nothing runs");
        }
    }

    @TempDir
    Path folder;

    private final ExecutorService movers = Executors.newFixedThreadPool(2);
    private final TransportOptions options = TransportOptions.of(ClusterSecret.random());
    private Transport transport;
    private Endpoint endpoint;
    private Side holder;
    private Side reader;
    private ResultClient client;
    private volatile boolean holderForgot;

    /// A process with results.
    private static final class Side implements AutoCloseable {
        final MemoryAccountant accountant = MemoryAccountant.create(2 * SLICES * SLICE_BYTES);
        final ResultStore store;
        final JobStorage storage;

        Side(Path folder) {
            store = ResultStore.open(accountant, new StoreOptions(1 << 20, folder, Long.MAX_VALUE));
            storage = store.newJob();
            store.ensureCapacity(TASK + 1);
        }

        @Override
        public void close() {
            assertThat(store.diskBytes()).as("bytes of files").isZero();
            store.close();
            accountant.close();
        }
    }

    @BeforeEach
    void open() {
        transport = Transport.open(options);
        holder = new Side(folder.resolve("holder"));
        reader = new Side(folder.resolve("reader"));
        endpoint = transport.listen(
                new InetSocketAddress("127.0.0.1", 0), PeerRole.WORKER, "holder",
                _ -> new Acceptor.Accept(new ResultServer(new OneResult(), movers)));
        client = new ResultClient(transport, PeerRole.WORKER, "reader", reader.store.copies(), movers);
    }

    @AfterEach
    void close() throws InterruptedException {
        client.close();
        transport.close();
        movers.shutdown();
        assertThat(movers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        holder.store.remove(TASK).release();
        holder.close();
        reader.close();
    }

    private final class OneResult implements ResultServer.Holder {
        @Override
        public Optional<ExportedResult> export(Ticket ticket) {
            return holderForgot || !ticket.equals(new Ticket(FENCE, TASK, 1))
                    ? Optional.empty()
                    : Optional.of(holder.store.find(TASK).export(new Nothing()));
        }

        @Override
        public Optional<RemoteEngine.ResultSize> measure(Ticket ticket) {
            return Optional.empty();
        }
    }

    /// A row a long, its number, and a buffer that all slices share.
    private void putLongs() {
        long rows = (long) SLICES * SLICE_ROWS;
        long[] cuts = IntStream.rangeClosed(0, SLICES).mapToLong(slice -> (long) slice * SLICE_ROWS).toArray();
        Slicing slicing = block -> List.of(
                IntStream.range(0, 2 * SLICES).mapToLong(i -> 8 * block.cuts()[(i + 1) / 2]).toArray(), new long[0]);
        try (Reservation memory = holder.accountant.reserve("test", 0)) {
            Buffer longs = memory.allocate(8 * rows);
            for (long row = 0; row < rows; row++) {
                longs.segment().setAtIndex(ValueLayout.JAVA_LONG, row, row);
            }
            Buffer shared = memory.allocate(SHARED_BYTES);
            shared.segment().fill((byte) 9);
            Block block = Block.partitioned(rows, new byte[] {1}, List.of(longs, shared), cuts, slicing);
            holder.store.put(TASK, KEY, block, 0, holder.storage);
        }
    }

    private StoredResult fetch(boolean here) throws Exception {
        return fetch(here, FENCE).orElseThrow().result();
    }

    private Optional<ResultClient.Arrival> fetch(boolean here, Fence fence) throws Exception {
        HostIdentity storage = here ? holder.store.identity() : new HostIdentity("another boot", "nowhere", "no");
        WorkerFacts facts = new WorkerFacts(
                "holder", "127.0.0.1", endpoint.address().getPort(), 1, 1, WorkerProfile.of(1), storage);
        WorkerShell.Peer peer = new WorkerShell.Peer(new SessionId(fence.epoch(), 0, 1), fence, facts);
        return client.fetch(peer, TASK, 1, new ResultCopies.Wanted(KEY, new Nothing(), 0, reader.storage), true)
                .toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static void assertSlice(StoredResult copy, int slice) {
        Block block = copy.borrow(slice);
        try {
            MemorySegment longs = block.buffers().getFirst().segment();
            for (long row = block.sliceStart(slice); row < block.sliceEnd(slice); row++) {
                if (longs.getAtIndex(ValueLayout.JAVA_LONG, row) != row) {
                    throw new AssertionError("row " + row + " is another one");
                }
            }
            assertThat(block.buffers().getLast().segment().toArray(ValueLayout.JAVA_BYTE))
                    .hasSize((int) SHARED_BYTES).containsOnly(9);
        } finally {
            block.release();
        }
    }

    /// Changes a byte of a slice in the holder's file.
    private void damage(int slice) throws IOException {
        try (ExportedResult exported = holder.store.find(TASK).export(new Nothing())) {
            ExportedResult.InFile file = (ExportedResult.InFile) exported.form();
            long buffers = (file.headBytes() + 63) / 64 * 64;
            try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {77}), buffers + slice * SLICE_BYTES + 1000);
            }
        }
    }

    @Test
    void fromAnotherHost_onlySlicesComeThatAreBorrowed_andEachOnce() throws Exception {
        putLongs();
        StoredResult copy = fetch(false);
        assertThat(reader.store.diskBytes()).as("its head").isLessThan(LITTLE);
        assertSlice(copy, 5);
        long first = reader.store.diskBytes();
        assertThat(first).isBetween(SLICE_BYTES + SHARED_BYTES, SLICE_BYTES + SHARED_BYTES + LITTLE);
        assertSlice(copy, 5);
        assertThat(reader.store.diskBytes()).as("it is here").isEqualTo(first);
        for (int slice = 0; slice < SLICES; slice++) {
            copy.prepare(slice);
        }
        for (int slice = 0; slice < SLICES; slice++) {
            assertSlice(copy, slice);
        }
        copy.borrow().release();
        assertThat(reader.store.diskBytes()).isEqualTo(first + (SLICES - 1) * SLICE_BYTES);
        assertThat(reader.accountant.reservedBytes()).as("memory of the reader").isZero();
        assertThat(holder.accountant.reservedBytes()).as("memory of the holder").isZero();
        copy.release();
    }

    @Test
    void whatIsFetched_isNoAnonymousMemory() throws Exception {
        putLongs();
        fetch(false).release();
        long before = anonymousBytes();
        // So many that what else happens in this process, such as a heap that grows, does not matter beside them.
        List<StoredResult> copies = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            StoredResult copy = fetch(false);
            copy.borrow().release();
            copies.add(copy);
        }
        assertThat(anonymousBytes() - before).isLessThan(copies.size() * SLICES * SLICE_BYTES / 4);
        copies.forEach(StoredResult::release);
    }

    private static long anonymousBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
    }

    @Test
    void aDamagedSlice_isRefused_andTheOthersAreNot() throws Exception {
        putLongs();
        damage(2);
        for (boolean here : List.of(true, false)) {
            StoredResult copy = fetch(here);
            assertSlice(copy, 3);
            assertThatThrownBy(() -> copy.borrow(2))
                    .isInstanceOf(LostResultException.class)
                    .hasMessageContaining("the checksum of slice 2 does not match");
            assertSlice(copy, 1);
            assertThatThrownBy(copy::borrow).isInstanceOf(LostResultException.class);
            copy.release();
        }
    }

    @Test
    void aHolderThatIsGone_losesTheSlice_andKeepsWhatHasCome() throws Exception {
        putLongs();
        StoredResult copy = fetch(false);
        assertSlice(copy, 0);
        holderForgot = true;
        assertThatThrownBy(() -> copy.borrow(1)).isInstanceOf(LostResultException.class)
                .hasMessageContaining("has not got it any more");
        holderForgot = false;
        endpoint.close();
        client.forget(new SessionId(FENCE.epoch(), 0, 1));
        assertThatThrownBy(() -> copy.borrow(1)).isInstanceOf(RuntimeException.class);
        assertSlice(copy, 0);
        copy.release();
    }

    @Test
    void aCopyThatIsDroppedWhileASliceComes_leavesNothing() throws Exception {
        putLongs();
        StoredResult copy = fetch(false);
        copy.prepare(0);
        copy.prepare(1);
        copy.release();
        assertThat(reader.store.diskBytes()).isZero();
    }

    @Test
    void onOneHost_onlyPagesOfTheSliceAreTouched() throws Exception {
        putLongs();
        StoredResult copy = fetch(true);
        assertThat(reader.store.diskBytes()).as("files of the reader").isZero();
        assertSlice(copy, 4);
        // Around a page that is touched the system maps what it has in the same folio, 2 MiB at most at either end.
        assertThat(mappedBytes()).isBetween(SLICE_BYTES, SLICE_BYTES + SHARED_BYTES + (4 << 20) + LITTLE);
        copy.release();
    }

    /// Resident bytes of segments that are mapped here.
    private static long mappedBytes() throws IOException {
        boolean isSegment = false;
        long kilobytes = 0;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (!line.contains(": ") || line.contains("/")) {
                isSegment = line.contains(".seg");
            } else if (isSegment && line.startsWith("Rss:")) {
                kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return kilobytes << 10;
    }

    @Test
    void whatAnotherLeaderGaveTheSameNumber_isNotHere() throws Exception {
        putLongs();
        assertThat(fetch(false, new Fence(FENCE.epoch(), new UUID(6, 8)))).isEmpty();
        assertThat(fetch(false, FENCE)).hasValueSatisfying(arrival -> arrival.result().release());
    }
}
