package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Measures what a result costs on its way from one store to another of the same host: `main` prints rates of large blocks by each
/// way, and the time of a small one. The directory is the argument.
final class ResultCopiesTiming {
    private static final long LARGE = 64L << 20;
    private static final int SMALL = 1 << 10;
    private static final int ROUNDS = 30;
    private static final int SMALL_ROUNDS = 200_000;
    private static final TextObject MAKER = new TextObject();

    private final MemoryAccountant accountant = MemoryAccountant.create(256L << 20);
    private final ResultStore holder;
    private final ResultStore reader;

    private ResultCopiesTiming(Path directory) {
        StoreOptions options = new StoreOptions(1 << 20, directory, Long.MAX_VALUE);
        holder = ResultStore.open(accountant, options);
        reader = ResultStore.open(MemoryAccountant.create(256L << 20), options);
        holder.ensureCapacity(1);
    }

    public static void main(String[] arguments) throws Exception {
        ResultCopiesTiming timing = new ResultCopiesTiming(Path.of(arguments[0]));
        for (boolean isSpilled : new boolean[] {false, true}) {
            for (Fetch way : Fetch.values()) {
                timing.large(isSpilled, way);
            }
        }
        timing.small();
        timing.holder.close();
        timing.reader.close();
    }

    private void put(long byteSize) {
        try (Reservation memory = accountant.reserve("timing", 0)) {
            Buffer buffer = memory.allocate(byteSize);
            buffer.segment().fill((byte) 5);
            Block block = Block.columns(1, new byte[] {1}, List.of(buffer));
            holder.put(0, StoreFixture.key(0), block, 0, holder.newJob());
        }
    }

    private ResultCopies.Wanted wanted() {
        return new ResultCopies.Wanted(StoreFixture.key(0), MAKER, 0, reader.newJob());
    }

    private void large(boolean isSpilled, Fetch way) throws IOException {
        double[] exporting = new double[ROUNDS];
        double[] importing = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            put(LARGE);
            if (isSpilled) {
                holder.spillAll();
            }
            long start = System.nanoTime();
            ExportedResult exported = holder.find(0).export(MAKER);
            long middle = System.nanoTime();
            StoredResult copy = fetch(way, (ExportedResult.InFile) exported.form());
            long end = System.nanoTime();
            exporting[round] = (middle - start) / 1e6;
            importing[round] = (end - middle) / 1e6;
            exported.close();
            copy.release();
            holder.remove(0).release();
        }
        double export = median(exporting);
        double fetch = median(importing);
        System.out.printf(
                Locale.ROOT, "64 MiB %s, %s: export %.2f ms, import %.2f ms, together %,.0f MB/s%n",
                isSpilled ? "spilled" : "in memory", way, export, fetch, LARGE / 1e3 / (export + fetch));
    }

    private StoredResult fetch(Fetch way, ExportedResult.InFile file) throws IOException {
        if (way == Fetch.MAPPED) {
            return reader.copies().map(wanted(), file.path());
        }
        ByteBuffer piece = ByteBuffer.allocateDirect(1 << 18);
        try (FileChannel channel = FileChannel.open(file.path());
                IncomingFile incoming = reader.copies().receive(wanted(), file.bytes())) {
            while (channel.read(piece.clear()) >= 0) {
                incoming.write(piece.flip());
            }
            return incoming.finish();
        }
    }

    private void small() {
        double[] micros = new double[SMALL_ROUNDS];
        for (int round = 0; round < SMALL_ROUNDS; round++) {
            put(SMALL);
            long start = System.nanoTime();
            try (ExportedResult exported = holder.find(0).export(MAKER)) {
                byte[] bytes = ((ExportedResult.Inline) exported.form()).bytes();
                reader.copies().read(wanted(), bytes).release();
            }
            micros[round] = (System.nanoTime() - start) / 1e3;
            holder.remove(0).release();
        }
        System.out.printf(Locale.ROOT, "1 KiB inline: %.2f us%n",
                median(Arrays.copyOfRange(micros, SMALL_ROUNDS / 2, SMALL_ROUNDS)));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
