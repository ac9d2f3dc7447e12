package io.lazuli.scheduler.internal.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeStoreTest {
    @TempDir
    Path folder;

    private TestProgram program;
    private PortableGraph graph;
    private Path parent;
    private CodeStore store;

    @BeforeEach
    void open() throws IOException {
        program = TestProgram.compile(folder.resolve("program"));
        graph = program.code().encode(program.graph(1));
        parent = Files.createDirectory(folder.resolve("worker"));
        store = CodeStore.under(parent, 1 << 20, Distribution.of(List.of()));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        program.close();
        assertThat(parent).as("nothing is left").isEmptyDirectory();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(parent)) {
            return files.filter(Files::isRegularFile).filter(file -> !file.endsWith("lock")).toList();
        }
    }

    @Test
    void aProgramRunsWithWhatWasSent() throws IOException {
        try (CodeLease lease = store.lease(graph.hashes())) {
            assertThat(lease.lacking()).isEqualTo(graph.hashes());
            assertThat(Sending.send(graph, lease)).hasSize(3);
            assertThat(lease.lacking()).isEmpty();

            assertThat(Sending.run(graph, lease)).isEqualTo("hello 7% 4 run 1");
            assertThat(Sending.run(program.code().encode(program.graph(4)), lease)).as("static state is the program's")
                    .isEqualTo("hello 7% 10 run 2");
        }
    }

    @Test
    void whatTheDistributionHasIsNotSent() throws IOException {
        Path copy = Files.copy(program.library(), folder.resolve("renamed.jar"));
        try (CodeStore own = CodeStore.under(parent, 1 << 20, Distribution.of(List.of(copy)));
                CodeLease lease = own.lease(graph.hashes())) {
            assertThat(Sending.send(graph, lease)).containsExactly(program.classes().toString(), "weekend.jar");
            assertThat(Sending.run(graph, lease)).isEqualTo("hello 7% 4 run 1");
        }
    }

    @Test
    void equalProgramsShareALoaderAndOthersDoNot() throws IOException {
        List<CodeHash> fewer = graph.hashes().subList(1, 3);
        try (CodeLease one = store.lease(graph.hashes());
                CodeLease two = store.lease(graph.hashes());
                CodeLease three = store.lease(fewer)) {
            Sending.send(graph, one);
            assertThat(two.loader()).isSameAs(one.loader());
            assertThat(three.lacking()).isEmpty();
            assertThat(three.loader()).isNotSameAs(one.loader());
        }
    }

    @Test
    void bundlesAndLoadersGoWithTheLastLease() throws Exception {
        CodeLease one = store.lease(graph.hashes());
        CodeLease two = store.lease(graph.hashes());
        Sending.send(graph, one);
        WeakReference<ClassLoader> loader = new WeakReference<>(one.loader());
        assertThat(Sending.run(graph, one)).isEqualTo("hello 7% 4 run 1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst().getParent())))
                .isEqualTo("rwx------");

        one.close();
        one.close();
        assertThat(Sending.run(graph, two)).as("the other lease holds it").isEqualTo("hello 7% 4 run 2");
        assertThat(files()).hasSize(3);

        two.close();
        assertThat(files()).isEmpty();
        assertThat(store.usedBytes()).isZero();
        assertCollected(loader);
    }

    private static void assertCollected(WeakReference<?> reference) throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (reference.get() != null && Instant.now().isBefore(deadline)) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(reference.get()).as("the loader of a program that nobody uses").isNull();
    }

    @Test
    void loadersAreCollectedAfterManyJobs() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new java.util.ArrayList<>();
        for (int i = 0; i < 5; i++) {
            try (CodeLease lease = store.lease(graph.hashes())) {
                Sending.send(graph, lease);
                Sending.run(graph, lease);
                loaders.add(new WeakReference<>(lease.loader()));
            }
        }
        for (WeakReference<ClassLoader> loader : loaders) {
            assertCollected(loader);
        }
    }

    @Test
    void whatIsNotAsAnnouncedIsRefused() throws IOException {
        Bundle bundle = graph.bundles().get(1);
        try (CodeLease lease = store.lease(graph.hashes())) {
            byte[] bytes = Files.readAllBytes(program.library());
            byte[] tampered = bytes.clone();
            tampered[bytes.length / 3] ^= 1;
            assertDamaged(lease, bundle, "bytes of the hash", tampered);
            assertDamaged(lease, bundle, "%,d of %,d bytes".formatted(bytes.length - 1, bytes.length),
                    java.util.Arrays.copyOf(bytes, bytes.length - 1));
            assertDamaged(lease, bundle, "more than the", bytes, new byte[1]);
            assertThat(store.usedBytes()).isZero();
            assertThat(files()).isEmpty();
            assertThat(lease.lacking()).contains(bundle.hash());
            assertThatThrownBy(lease::loader).hasMessageContaining("before its code has arrived");

            CodeHash other = new CodeHash("0".repeat(64));
            assertThatThrownBy(() -> lease.receive(other, 1))
                    .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                    .hasMessageContaining("no part of the program");
        }
    }

    private static void assertDamaged(CodeLease lease, Bundle bundle, String found, byte[]... chunks) {
        assertThatThrownBy(() -> {
            try (BundleReceiver receiver = lease.receive(bundle.hash(), bundle.bytes())) {
                for (byte[] chunk : chunks) {
                    receiver.accept(chunk);
                }
                receiver.complete();
            }
        }).isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessageContaining(found);
    }

    @Test
    void thereIsALimit() throws IOException {
        long least = graph.bundles().stream().mapToLong(Bundle::bytes).sum();
        try (CodeStore small = CodeStore.under(parent, least - 1, Distribution.of(List.of()));
                CodeLease lease = small.lease(graph.hashes())) {
            assertThatThrownBy(() -> Sending.send(graph, lease))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                    .hasMessageContaining("bytes for code are in use");
        }
        try (CodeStore fits = CodeStore.under(parent, least, Distribution.of(List.of()));
                CodeLease lease = fits.lease(graph.hashes())) {
            assertThat(Sending.send(graph, lease)).hasSize(3);
        }
    }

    @Test
    void aBundleThatComesTwiceIsKeptOnce() throws IOException {
        Bundle bundle = graph.bundles().get(1);
        byte[] bytes = Files.readAllBytes(program.library());
        try (CodeLease lease = store.lease(List.of(bundle.hash()));
                BundleReceiver one = lease.receive(bundle.hash(), bundle.bytes());
                BundleReceiver two = lease.receive(bundle.hash(), bundle.bytes())) {
            one.accept(bytes);
            two.accept(bytes);
            one.complete();
            two.complete();
            assertThat(files()).hasSize(1);
            assertThat(store.usedBytes()).isEqualTo(bytes.length);
        }
    }

    @Test
    void aBundleThatComesAfterTheLastLeaseIsDropped() throws IOException {
        Bundle bundle = graph.bundles().get(1);
        CodeLease lease = store.lease(List.of(bundle.hash()));
        try (BundleReceiver receiver = lease.receive(bundle.hash(), bundle.bytes())) {
            receiver.accept(Files.readAllBytes(program.library()));
            lease.close();
            receiver.complete();
        }
        assertThat(files()).isEmpty();
        assertThat(store.usedBytes()).isZero();
    }

    @Test
    void aBundleThatIsNoJarIsATypedError() throws IOException {
        byte[] bytes = "no jar".getBytes(StandardCharsets.UTF_8);
        CodeHash hash = CodeHash.of(new java.io.ByteArrayInputStream(bytes));
        try (CodeLease lease = store.lease(List.of(hash));
                BundleReceiver receiver = lease.receive(hash, bytes.length)) {
            receiver.accept(bytes);
            receiver.complete();
            assertThatThrownBy(lease::loader).isInstanceOf(LazuliException.class);
        }
    }

    @Test
    void resourcesAreFoundUntilTheEnd() throws Exception {
        CodeLease lease = store.lease(graph.hashes());
        Sending.send(graph, lease);
        ClassLoader loader = lease.loader();
        URL greeting = loader.getResource("app/greeting.txt");
        try (InputStream text = greeting.openStream()) {
            assertThat(text.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        }
        assertThat(Collections.list(loader.getResources("META-INF/services/lib.Rate"))).hasSize(1);
        assertThat(loader.getResource("app/none.txt")).isNull();
        assertThat(loader.loadClass("lib.Rates").getPackage().getName()).isEqualTo("lib");
        assertThatThrownBy(() -> loader.loadClass("other.Unused")).isInstanceOf(ClassNotFoundException.class);

        lease.close();
        assertThatThrownBy(greeting::openStream).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> loader.loadClass("bonus.Weekend")).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void aClassThatIsMissingIsNamed() throws Exception {
        try (CodeLease lease = store.lease(graph.hashes())) {
            Sending.send(graph, lease);
            Throwable missing = null;
            try {
                Class.forName("other.Unused", false, lease.loader());
            } catch (ClassNotFoundException e) {
                missing = new IllegalStateException(e);
            }
            assertThat(lease.missingClass(missing)).hasValue("other.Unused");
            assertThat(lease.missingClass(new NoClassDefFoundError("other/Unused"))).hasValue("other.Unused");
            assertThat(lease.missingClass(new NoClassDefFoundError("Could not initialize class app.Work"))).isEmpty();
            assertThat(lease.missingClass(new NoClassDefFoundError("app/Work"))).as("it is there").isEmpty();
            assertThat(lease.missingClass(new IllegalStateException("other.Unused"))).isEmpty();
        }
    }

    @Test
    void whatDeadProcessesLeftIsRemoved() throws IOException {
        Path left = Files.createDirectory(parent.resolve("lazuli-code-" + Integer.MAX_VALUE + "-1"));
        Files.writeString(left.resolve("x.jar"), "x");
        Path mine = Files.createDirectory(parent.resolve("lazuli-code-" + ProcessHandle.current().pid() + "-999999"));

        CodeStore.under(parent, 1, Distribution.of(List.of())).close();
        assertThat(left).doesNotExist();
        assertThat(mine).exists();
        Files.delete(mine);
    }
}
