package io.lazuli.scheduler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where copies are, what they cost, and who deletes what.
class ResultCopiesTest {
    private static final int TASK = 1;
    private static final TextObject MAKER = new TextObject();
    /// Too large to be sent inline.
    private static final int LARGE = 100_000;
    private static final int BLOCKS = 2 * LARGE / (int) StoreFixture.BYTES;

    @TempDir
    Path here;

    @TempDir
    Path there;

    private StoreFixture holder;
    private StoreFixture reader;

    @BeforeEach
    void open() {
        holder = new StoreFixture(here, BLOCKS, BLOCKS);
        reader = new StoreFixture(there, BLOCKS, BLOCKS);
    }

    @AfterEach
    void nothingIsLeft() {
        holder.close();
        reader.close();
    }

    private void putColumns(int byteSize) {
        try (Reservation memory = holder.accountant.reserve("test", 0)) {
            Buffer buffer = memory.allocate(byteSize);
            buffer.segment().fill((byte) 7);
            Block block = Block.partitioned(10, new byte[] {1}, List.of(buffer), new long[] {0, 3, 10});
            holder.store.put(TASK, StoreFixture.key(TASK), block, 0, holder.storage);
        }
    }

    private void putObject(String text) {
        try (Reservation memory = holder.accountant.reserve("test", 0)) {
            holder.store.put(
                    TASK, StoreFixture.key(TASK), TextObject.object(text, memory), 0, holder.storage);
        }
    }

    private ExportedResult export() {
        return holder.store.find(TASK).export(MAKER);
    }

    private Path exportedFile() {
        try (ExportedResult exported = export()) {
            return ((ExportedResult.InFile) exported.form()).path();
        }
    }

    private ResultCopies.Wanted wanted() {
        return new ResultCopies.Wanted(StoreFixture.key(TASK), MAKER, 0, reader.storage);
    }

    private StoredResult fetch(Fetch way) {
        try (ExportedResult exported = export()) {
            return way.fetch(exported.form(), reader.store.copies(), wanted());
        }
    }

    private static void assertSevens(StoredResult result) {
        Block block = result.borrow();
        byte[] bytes = block.buffers().getFirst().segment().toArray(ValueLayout.JAVA_BYTE);
        assertThat(bytes).hasSize(LARGE).containsOnly(7);
        assertThat(block.cuts()).containsExactly(0, 3, 10);
        block.release();
    }

    @Test
    void exportingColumns_freesTheirMemory_andWritesThemOnce() {
        putColumns(LARGE);
        ExportedResult first = export();
        ExportedResult second = export();
        assertThat(holder.accountant.reservedBytes()).isZero();
        assertThat(holder.job.totals().filesExported()).isEqualTo(1);
        assertSevens(holder.store.find(TASK));
        ExportedResult whenMapped = export();
        assertThat(whenMapped.form()).isEqualTo(first.form()).isEqualTo(second.form());
        assertThat(holder.job.totals().filesExported()).isEqualTo(1);
        List.of(first, second, whenMapped).forEach(ExportedResult::close);
        holder.release(TASK);
    }

    @Test
    void exportingWhatSomebodyUses_freesItsMemoryWithTheLastUse() {
        putColumns(LARGE);
        Block used = holder.store.find(TASK).borrow();
        Path file = exportedFile();
        assertThat(file).exists();
        assertThat(holder.accountant.reservedBytes()).isPositive();
        used.release();
        assertThat(holder.accountant.reservedBytes()).isZero();
        holder.release(TASK);
        assertThat(file).doesNotExist();
    }

    @Test
    void whatWasExported_isNotWrittenAgainWhenMemoryIsShort() {
        putColumns(LARGE);
        exportedFile();
        assertSevens(holder.store.find(TASK));
        holder.store.spillAll();
        assertThat(holder.job.totals().filesExported()).isEqualTo(1);
        holder.release(TASK);
    }

    @Test
    void anExport_keepsTheFileUntilItIsClosed() {
        putColumns(LARGE);
        ExportedResult exported = export();
        Path file = exportedFile();
        holder.release(TASK);
        assertThat(file).exists();
        exported.close();
        exported.close();
        assertThat(file).doesNotExist();
    }

    @Test
    void aMappedCopy_takesNoMemoryAndNoDisk_andOutlivesItsHolder() {
        putColumns(LARGE);
        StoredResult copy = fetch(Fetch.MAPPED);
        assertThat(reader.accountant.reservedBytes()).isZero();
        assertThat(reader.store.diskBytes()).isZero();
        holder.release(TASK);
        assertThat(holder.segments()).isEmpty();
        assertSevens(copy);
        copy.release();
    }

    @Test
    void aMappedCopy_neverDeletesTheFile() {
        putColumns(LARGE);
        Path file = exportedFile();
        fetch(Fetch.MAPPED).release();
        assertThat(file).exists();
        assertSevens(holder.store.find(TASK));
        holder.release(TASK);
    }

    @Test
    void aReceivedCopy_takesAFileOfOurs_andNoMemory() {
        putColumns(LARGE);
        long fileBytes = ((ExportedResult.InFile) export(holder)).bytes();
        StoredResult copy = fetch(Fetch.RECEIVED);
        assertThat(reader.accountant.reservedBytes()).isZero();
        assertThat(reader.store.diskBytes()).isEqualTo(fileBytes).isEqualTo(reader.job.bytesOnDisk());
        assertThat(reader.segments()).hasSize(1);
        holder.release(TASK);
        assertSevens(copy);
        copy.release();
        assertThat(reader.segments()).isEmpty();
        assertThat(reader.job.bytesOnDisk()).isZero();
    }

    private static ExportedResult.Form export(StoreFixture fixture) {
        try (ExportedResult exported = fixture.store.find(TASK).export(MAKER)) {
            return exported.form();
        }
    }

    @Test
    void aReceivedValue_leavesNoFile() {
        holder.putValue(TASK, "v".repeat(LARGE), LARGE, 0);
        StoredResult copy = fetch(Fetch.RECEIVED);
        assertThat(reader.segments()).isEmpty();
        assertThat(reader.store.heapBytes()).isEqualTo(LARGE);
        Block block = copy.borrow();
        assertThat(block.value()).isEqualTo("v".repeat(LARGE));
        block.release();
        copy.release();
        assertThat(holder.store.heapBytes()).as("its holder keeps it in memory too").isEqualTo(LARGE);
        holder.release(TASK);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSmall_goesWithoutAFile(Block.Kind kind) {
        switch (kind) {
            case COLUMNS -> putColumns(1000);
            case VALUE -> holder.putValue(TASK, "small", 5000, 0);
            case OBJECT -> putObject("small");
        }
        assertThat(export(holder)).isInstanceOf(ExportedResult.Inline.class);
        StoredResult copy = fetch(Fetch.MAPPED);
        assertThat(holder.segments()).isEmpty();
        assertThat(reader.segments()).isEmpty();
        holder.release(TASK);
        copy.release();
    }

    /// Such as a task returns that worked in a file for lack of memory.
    @Test
    void aBlockThatIsMappedFromElsewhere_isWrittenOnce() throws IOException {
        putColumns(LARGE);
        StoredResult copy = fetch(Fetch.MAPPED);
        reader.store.put(TASK, copy);
        ExportedResult.Form first = export(reader);
        assertThat(export(reader)).isEqualTo(first);
        assertThat(reader.segments()).hasSize(1);
        assertSevens(copy);
        holder.release(TASK);
        reader.release(TASK);
    }

    @Test
    void anObject_isPackedOnce_andItsFileGoesWithIt() {
        putObject("o".repeat(LARGE));
        ExportedResult.Form form = export(holder);
        assertThat(export(holder)).isEqualTo(form);
        assertThat(holder.segments()).hasSize(1);
        StoredResult copy = fetch(Fetch.MAPPED);
        assertThat(reader.accountant.reservedBytes()).as("what it is unpacked into").isPositive();
        holder.release(TASK);
        assertThat(holder.segments()).isEmpty();
        Block block = copy.borrow();
        assertThat(block.value(String.class)).isEqualTo("o".repeat(LARGE));
        block.release();
        copy.release();
    }

    @Test
    void anObjectForWhichThereIsNoMemory_isUnpackedInFiles() {
        putObject("o".repeat(LARGE));
        try (Reservation all = reader.accountant.reserve("test", 0)) {
            assertThat(all.tryGrow(reader.accountant.limit())).isTrue();
            StoredResult copy = fetch(Fetch.MAPPED);
            assertThat(reader.store.diskBytes()).isPositive();
            copy.release();
            reader.disk.failsToCreate = true;
            assertThatThrownBy(() -> fetch(Fetch.MAPPED)).isInstanceOfSatisfying(
                    LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE));
        }
        holder.release(TASK);
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 10_000, LARGE})
    void aValueThatCannotBeWritten_isAnErrorOfTheUser_andStays(long byteSize) {
        ValueCodec codec = ValueCodec.of(getClass().getClassLoader(), _ -> true);
        JobStorage job = holder.store.newJob(ValueFormat.of(codec));
        Object value = List.of("fine", new Thread("cannot be sent"));
        holder.store.put(TASK, StoreFixture.key(TASK), Block.value(value, byteSize), 0, job);
        for (int round = 0; round < 2; round++) {
            assertThatThrownBy(this::export)
                    .isInstanceOfSatisfying(
                            LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                    .hasMessageStartingWith("Result 00000000:1 (java.util.ImmutableCollections$List12) is needed by a"
                            + " task on another worker and cannot be sent there: ")
                    .hasMessageContaining("java.lang.Thread at [1]");
        }
        assertThat(holder.value(TASK)).isSameAs(value);
        assertThat(holder.store.diskBytes()).isZero();
        holder.release(TASK);
    }

    /// What a job's values are of.
    public record Point(int x, String name) {}

    @ParameterizedTest
    @ValueSource(longs = {100, 10_000, LARGE})
    void valuesOfAJob_areWrittenByItsFormat(long byteSize) {
        ClassLoader loader = getClass().getClassLoader();
        JobStorage job = holder.store.newJob(ValueFormat.of(ValueCodec.of(loader, _ -> true)));
        JobStorage same = reader.store.newJob(ValueFormat.of(ValueCodec.of(loader, _ -> true)));
        JobStorage strict = reader.store.newJob(ValueFormat.of(ValueCodec.of(loader, _ -> false)));
        Point value = new Point(3, "p");
        holder.store.put(TASK, StoreFixture.key(TASK), Block.value(value, byteSize, 1), 0, job);
        holder.store.spillAll();
        try (ExportedResult exported = export()) {
            ResultCopies copies = reader.store.copies();
            ResultCopies.Wanted wanted = new ResultCopies.Wanted(StoreFixture.key(TASK), MAKER, 0, same);
            reader.store.put(TASK, Fetch.MAPPED.fetch(exported.form(), copies, wanted));
            assertThat(reader.value(TASK)).isEqualTo(value);
            ResultCopies.Wanted refused = new ResultCopies.Wanted(StoreFixture.key(TASK), MAKER, 0, strict);
            for (Fetch way : Fetch.values()) {
                assertThatThrownBy(() -> way.fetch(exported.form(), copies, refused))
                        .isInstanceOf(LostResultException.class).hasMessageContaining("not allowed");
            }
        }
        holder.release(TASK);
        reader.release(TASK);
    }

    @Test
    void sliceRows_areThoseOfTheFinishedTask_whateverItsFileSaysLater() throws IOException {
        putColumns(LARGE);
        Path file = exportedFile();
        try (Reservation memory = reader.accountant.reserve("test", 0)) {
            Block other = Block.partitioned(9, new byte[] {1}, List.of(memory.allocate(8)), new long[] {0, 3, 9});
            Files.write(file, SegmentBytes.of(Block.Kind.COLUMNS, StoreFixture.key(TASK), other).bytes());
            other.release();
        }
        try (ExportedResult exported = export()) {
            assertThat(exported.sliceRows()).containsExactly(3, 7);
            StoredResult copy = Fetch.MAPPED.fetch(exported.form(), reader.store.copies(), wanted());
            Block block = copy.borrow();
            assertThat(block.cuts()).containsExactly(0, 3, 9);
            block.release();
            copy.release();
        }
        holder.release(TASK);
    }

    @Test
    void anInterruptedThread_copiesAllTheSame() {
        putColumns(LARGE);
        Thread.currentThread().interrupt();
        StoredResult copy = fetch(Fetch.MAPPED);
        assertThat(Thread.interrupted()).as("kept for later").isTrue();
        holder.release(TASK);
        assertSevens(copy);
        copy.release();
    }

    @Test
    void whatIsExportedAfterItsFileWasLost_isLost() throws IOException {
        putColumns(LARGE);
        Files.write(exportedFile(), new byte[10]);
        assertThatThrownBy(() -> holder.store.find(TASK).borrow()).isInstanceOf(LostResultException.class);
        assertThatThrownBy(this::export).isInstanceOf(LostResultException.class);
        holder.release(TASK);
    }

    @Test
    void anIncomingFile_isTakenAwayUnlessItIsWhole() throws IOException {
        putColumns(LARGE);
        byte[] sent = Files.readAllBytes(exportedFile());
        ResultCopies copies = reader.store.copies();
        try (IncomingFile incoming = copies.receive(wanted(), sent.length)) {
            assertThat(reader.store.diskBytes()).as("claimed from the start").isEqualTo(sent.length);
            incoming.write(ByteBuffer.wrap(sent, 0, sent.length - 1));
            LostResultException lost = catchThrowableOfType(LostResultException.class, incoming::finish);
            assertThat(lost.why()).isEqualTo("it is cut short to %d bytes", sent.length - 1);
            assertThat(lost.toError()).hasMessageStartingWith("Result 00000000:1 was fetched as " + lost.place());
            lost = catchThrowableOfType(LostResultException.class, () -> incoming.write(ByteBuffer.allocate(2)));
            assertThat(lost.why()).isEqualTo("it has more than the %d bytes that were announced", sent.length);
            assertThat(reader.segments()).hasSize(1);
        }
        assertThat(reader.segments()).isEmpty();
        assertThat(reader.store.diskBytes()).isZero();
        assertThatThrownBy(() -> copies.receive(wanted(), -1)).isInstanceOf(IllegalArgumentException.class);
        holder.release(TASK);
    }

    @Test
    void theIdentityOfAStore_holdsForWhoSeesItsFilesUnderTheSameKernel() throws IOException {
        HostIdentity identity = holder.store.identity();
        assertThat(identity.isHere()).isTrue();
        assertThat(holder.store.identity().isHere()).as("another one").isTrue();
        assertThat(new HostIdentity("another boot", identity.file(), identity.nonce()).isHere()).isFalse();
        assertThat(new HostIdentity("", identity.file(), identity.nonce()).isHere()).isFalse();
        assertThat(new HostIdentity(identity.boot(), identity.file(), "another nonce").isHere()).isFalse();
        assertThat(new HostIdentity(identity.boot(), here.resolve("none").toString(), identity.nonce()).isHere())
                .isFalse();
        Files.writeString(Path.of(identity.file()), identity.nonce() + " and more");
        assertThat(identity.isHere()).isFalse();
    }
}
