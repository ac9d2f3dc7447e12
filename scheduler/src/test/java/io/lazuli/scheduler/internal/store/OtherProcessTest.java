package io.lazuli.scheduler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Key;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Another process maps a result by its path and its key, and has it still when its holder has deleted it.
class OtherProcessTest {
    private static final int LONGS = 1 << 20;
    private static final Key KEY = new Key(new Token(7, 8), 1);

    @TempDir
    Path directory;

    @Test
    @Timeout(60)
    void aMappedCopy_isReadByAnotherProcess_alsoAfterItsHolderDeletedIt() throws Exception {
        long[] values = new Random(1).longs(LONGS).toArray();
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        MemoryAccountant accountant = MemoryAccountant.create(16L * LONGS);
        StoreOptions options = new StoreOptions(1 << 20, directory.resolve("holder"), Long.MAX_VALUE);
        try (ResultStore store = ResultStore.open(accountant, options)) {
            store.ensureCapacity(2);
            try (Reservation memory = accountant.reserve("test", 0)) {
                Buffer buffer = memory.allocate(8L * LONGS);
                buffer.segment().copyFrom(MemorySegment.ofArray(values));
                Block block = Block.columns(LONGS, new byte[0], List.of(buffer));
                store.put(1, KEY, block, 0, store.newJob());
            }
            ExportedResult exported = store.find(1).export(new TextObject());
            Path file = ((ExportedResult.InFile) exported.form()).path();
            HostIdentity identity = store.identity();
            Process process = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"), Reader.class.getName(),
                    directory.resolve("reader").toString(),
                    file.toString(), identity.boot(), identity.file().toString(), identity.nonce())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream orders = process.getOutputStream();
                    BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(answers.readLine()).as("it sees our files").isEqualTo("true");
                assertThat(answers.readLine()).isEqualTo("sum " + sum);
                exported.close();
                store.remove(1).release();
                assertThat(file).doesNotExist();
                orders.write('\n');
                orders.flush();
                assertThat(answers.readLine()).as("of the file that has no name any more").isEqualTo("sum " + sum);
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
        accountant.close();
        assertThat(directory.resolve("holder")).isEmptyDirectory();
        assertThat(directory.resolve("reader")).satisfiesAnyOf(
                path -> assertThat(path).doesNotExist(), path -> assertThat(path).isEmptyDirectory());
    }

    /// What the other process does: tells whether it is on the same host, maps the file, and sums it up twice.
    static final class Reader {
        private Reader() {}

        public static void main(String[] arguments) throws Exception {
            PrintStream answers = System.out;
            Path file = Path.of(arguments[1]);
            answers.println(new HostIdentity(arguments[2], arguments[3], arguments[4]).isHere());
            MemoryAccountant accountant = MemoryAccountant.create(1 << 20);
            StoreOptions options = new StoreOptions(1 << 20, Path.of(arguments[0]), Long.MAX_VALUE);
            try (ResultStore store = ResultStore.open(accountant, options)) {
                store.ensureCapacity(2);
                ResultCopies.Wanted wanted = new ResultCopies.Wanted(KEY, new TextObject(), 0, store.newJob());
                store.put(1, store.copies().map(wanted, file));
                answers.println("sum " + sum(store.find(1)));
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
                if (Files.exists(file)) {
                    throw new IllegalStateException(file + " is still there");
                }
                answers.println("sum " + sum(store.find(1)));
                store.remove(1).release();
            }
            accountant.close();
        }

        private static long sum(StoredResult result) {
            Block block = result.borrow();
            long sum = 0;
            for (long value : block.buffers().getFirst().segment().toArray(ValueLayout.JAVA_LONG)) {
                sum += value;
            }
            block.release();
            return sum;
        }
    }
}
