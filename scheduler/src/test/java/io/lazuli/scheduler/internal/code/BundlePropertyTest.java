package io.lazuli.scheduler.internal.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Assertions;

/// Chunks that arrive as they were cut, otherwise, or changed.
class BundlePropertyTest {
    private static Path folder;
    private static byte[] jar;
    private static CodeHash hash;
    private static CodeStore store;

    @BeforeContainer
    static void open() throws IOException {
        folder = Files.createTempDirectory("lazuli-bundles");
        Path classes = Compiled.folder(folder.resolve("classes"), List.of(), Map.of("app.Trip",
                "package app; public record Trip(int fare) { public int twice() { return 2 * fare; } }"));
        byte[] type = Files.readAllBytes(classes.resolve("app/Trip.class"));
        jar = PlainJar.of(new TreeMap<>(Map.of("app/Trip.class", type, "a.txt", new byte[1000])));
        hash = CodeHash.of(new ByteArrayInputStream(jar));
        store = CodeStore.under(folder, 10 << 20, Distribution.of(List.of()));
    }

    @AfterContainer
    static void close() throws IOException {
        store.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<byte[]> cut(byte[] bytes, Random random, int most) {
        List<byte[]> chunks = new ArrayList<>();
        int start = 0;
        while (start < bytes.length) {
            int end = Math.min(bytes.length, start + random.nextInt(most + 1));
            chunks.add(Arrays.copyOfRange(bytes, start, end));
            start = end;
        }
        return chunks;
    }

    private static void receive(CodeLease lease, List<byte[]> chunks) {
        try (BundleReceiver receiver = lease.receive(hash, jar.length)) {
            chunks.forEach(receiver::accept);
            receiver.complete();
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void chunksOfAnySizeMakeTheBundle(@ForAll Random random, @ForAll @IntRange(min = 1, max = 3000) int most)
            throws Exception {
        try (CodeLease lease = store.lease(List.of(hash))) {
            receive(lease, cut(jar, random, most));
            assertThat(lease.loader().loadClass("app.Trip").isRecord()).isTrue();
        }
        assertThat(store.usedBytes()).isZero();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void changedChunksNeverLoadAClass(@ForAll Random random, @ForAll @IntRange(min = 1, max = 3000) int most) {
        List<byte[]> chunks = cut(jar, random, most);
        change(chunks, random);
        try (CodeLease lease = store.lease(List.of(hash))) {
            assertThatThrownBy(() -> receive(lease, chunks))
                    .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA));
            assertThat(lease.lacking()).containsExactly(hash);
            Assertions.assertThrows(LazuliException.class, lease::loader);
            Assertions.assertThrows(LazuliException.class, lease::codec);
        }
        assertThat(store.usedBytes()).isZero();
    }

    /// Flips a bit, or loses, repeats or swaps chunks that make a difference.
    private static void change(List<byte[]> chunks, Random random) {
        byte[] before = join(chunks);
        while (Arrays.equals(before, join(chunks))) {
            int at = random.nextInt(chunks.size());
            switch (random.nextInt(4)) {
                case 0 -> flip(chunks.get(at), random);
                case 1 -> chunks.add(at, chunks.get(at));
                case 2 -> Collections.swap(chunks, at, random.nextInt(chunks.size()));
                default -> chunks.set(at, new byte[0]);
            }
        }
    }

    private static void flip(byte[] chunk, Random random) {
        if (chunk.length > 0) {
            chunk[random.nextInt(chunk.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    private static byte[] join(List<byte[]> chunks) {
        byte[] all = new byte[chunks.stream().mapToInt(chunk -> chunk.length).sum()];
        int end = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, all, end, chunk.length);
            end += chunk.length;
        }
        return all;
    }
}
