package io.lazuli.scheduler.internal.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bundles that somebody made by hand: they take no memory to speak of, and reach no file but their own.
class HostileBundlesTest {
    private static final int BOMB_BYTES = 256 << 20;
    private static final List<String> STRAY =
            List.of("../../stray.txt", "/tmp/lazuli-stray.txt", "a/../../../stray.txt", "..\\stray.txt", "stray.txt/");

    @TempDir
    Path folder;

    private CodeStore store;

    @BeforeEach
    void open() throws IOException {
        store = CodeStore.under(
                Files.createDirectories(folder.resolve("a/worker")), 64 << 20, Distribution.of(List.of()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private interface Content {
        void writeTo(JarOutputStream jar) throws IOException;
    }

    private static byte[] jar(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            content.writeTo(jar);
        }
        return bytes.toByteArray();
    }

    private static void inflate(JarOutputStream jar, String name) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        byte[] zeros = new byte[1 << 20];
        for (int i = 0; i < BOMB_BYTES; i += zeros.length) {
            jar.write(zeros);
        }
        jar.closeEntry();
    }

    private CodeLease lease(byte[] jar) throws IOException {
        CodeHash hash = CodeHash.of(new ByteArrayInputStream(jar));
        CodeLease lease = store.lease(List.of(hash));
        try (BundleReceiver receiver = lease.receive(hash, jar.length)) {
            receiver.accept(jar);
            receiver.complete();
        }
        return lease;
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void aFewBytesThatInflateToMany_areNoClass_andAResourceIsReadAsItComes() throws IOException {
        byte[] jar = jar(out -> {
            inflate(out, "app/Bomb.class");
            inflate(out, "app/bomb.txt");
        });
        assertThat(jar.length).isLessThan(1 << 20);
        try (CodeLease lease = lease(jar)) {
            ClassLoader loader = lease.loader();
            long before = allocatedBytes();
            assertThatThrownBy(() -> loader.loadClass("app.Bomb"))
                    .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                    .hasMessageStartingWith("Class app.Bomb of ")
                    .hasMessageContaining("has more than 16,777,216 bytes, and is not loaded");
            try (InputStream bomb = loader.getResourceAsStream("app/bomb.txt")) {
                assertThat(bomb.readNBytes(10)).containsOnly(0);
            }
            assertThat(allocatedBytes() - before).as("bytes taken").isLessThan(BOMB_BYTES / 4);
        }
    }

    @Test
    void namesThatLeadElsewhere_areEntriesLikeOthers() throws IOException {
        Files.writeString(folder.resolve("a/secret.txt"), "secret");
        byte[] jar = jar(out -> {
            for (String name : STRAY) {
                out.putNextEntry(new JarEntry(name));
                out.write("hello".getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        });
        try (CodeLease lease = lease(jar)) {
            ClassLoader loader = lease.loader();
            for (String name : List.of("../secret.txt", "../../secret.txt", "a/../../secret.txt", "/etc/passwd")) {
                assertThat(loader.getResource(name)).as(name).isNull();
            }
            try (InputStream own = loader.getResource("../../stray.txt").openStream()) {
                assertThat(own.readAllBytes()).asString().isEqualTo("hello");
            }
            assertThatThrownBy(() -> loader.loadClass("...secret")).isInstanceOf(ClassNotFoundException.class);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("stray"));
        }
        assertThat(Path.of("/tmp/lazuli-stray.txt")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "../../../etc/passwd", "../../../../../../../../../../../../../../../../tmp/lazuli-hash-64",
                "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"})
    void aHashIsNoPath(String text) {
        assertThatThrownBy(() -> new CodeHash(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
