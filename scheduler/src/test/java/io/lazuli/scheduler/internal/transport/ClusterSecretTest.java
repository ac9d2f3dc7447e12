package io.lazuli.scheduler.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSecretTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path home;

    private ClusterSecret from(Map<String, String> properties, Map<String, String> environment) {
        return ClusterSecret.from(
                name -> name.equals("user.home") ? home.toString() : properties.get(name), environment::get);
    }

    private static void assertUserError(ThrowingCallable call, String message) {
        assertThatThrownBy(call).hasMessage(message).isInstanceOfSatisfying(LazuliException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.USER));
    }

    @Test
    void settings_goBeforeFiles_andPropertiesBeforeTheEnvironment() throws IOException {
        Path file = Files.writeString(home.resolve("t"), "file".repeat(10) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        Map<String, String> all = Map.of("LAZULI_TOKEN", TOKEN, "LAZULI_TOKEN_FILE", file.toString());
        assertThat(from(Map.of("lazuli.token", "property".repeat(4)), all).text()).isEqualTo("property".repeat(4));
        assertThat(from(Map.of(), all).text()).isEqualTo(TOKEN);
        assertThat(from(Map.of(), Map.of("LAZULI_TOKEN_FILE", file.toString())).text()).isEqualTo("file".repeat(10));
        assertThat(from(Map.of("lazuli.token-file", file.toString()), Map.of()).text()).isEqualTo("file".repeat(10));
    }

    @Test
    void withoutSettings_aFileIsMadeForItsOwnerAlone() throws IOException {
        ClusterSecret made = from(Map.of(), Map.of());
        Path file = home.resolve(".config/lazuli/token");
        assertThat(made.text()).hasSize(64).matches("[0-9a-f]+").isEqualTo(Files.readString(file).strip());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(from(Map.of(), Map.of()).text()).as("it stays").isEqualTo(made.text());
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void xdgDirectory_isRespected() {
        String text = from(Map.of(), Map.of("XDG_CONFIG_HOME", home.resolve("xdg").toString())).text();
        assertThat(home.resolve("xdg/lazuli/token")).hasContent(text);
        assertThat(home.resolve(".config")).doesNotExist();
        from(Map.of(), Map.of("XDG_CONFIG_HOME", "relative"));
        assertThat(home.resolve(".config/lazuli/token")).exists();
    }

    /// Whoever comes first makes it; nobody reads half of it.
    @Test
    void manyAtOnce_agreeOnOneToken() throws Exception {
        Set<String> found = ConcurrentHashMap.newKeySet();
        CyclicBarrier start = new CyclicBarrier(16);
        List<Thread> threads = IntStream.range(0, 16).mapToObj(_ -> Thread.ofPlatform().start(() -> {
            try {
                start.await();
                found.add(from(Map.of(), Map.of()).text());
            } catch (Exception e) {
                found.add(e.toString());
            }
        })).toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(found).singleElement().asString().matches("[0-9a-f]{64}");
    }

    @Test
    void fileThatOthersMayRead_isRefused() throws IOException {
        Path file = Files.writeString(home.resolve("t"), TOKEN);
        for (String open : List.of("rw-r-----", "rw----r--", "rw--w----")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
            assertUserError(() -> from(Map.of(), Map.of("LAZULI_TOKEN_FILE", file.toString())),
                    "Token file %s is open to others (%s), and whoever reads it may run code in the cluster. If nobody has, run: chmod 600 %s; else remove it, so that a new one is made."
                            .formatted(file, open, file));
        }
    }

    @Test
    void fileThatIsNamedAndMissing_isNotMade() {
        Path file = home.resolve("none");
        assertUserError(() -> from(Map.of("lazuli.token-file", file.toString()), Map.of()),
                "Token file %s does not exist. Copy it from a process of the cluster, or set LAZULI_TOKEN_FILE (lazuli.token-file) to where it is."
                        .formatted(file));
        assertThat(file).doesNotExist();
    }

    @Test
    void tokensThatAreNone_areRefusedWithoutShowingThem() {
        assertUserError(() -> from(Map.of(), Map.of("LAZULI_TOKEN", "hunter2")),
                "The token in variable LAZULI_TOKEN has 7 characters, expected 32 to 1024. Make one with: openssl rand -hex 32");
        assertUserError(() -> from(Map.of("lazuli.token", TOKEN + " " + TOKEN), Map.of()),
                "The token in property lazuli.token has spaces or other characters that do not print in ASCII. Make one with: openssl rand -hex 32");
    }

    @Test
    void directoryThatCannotBeMade_isSaid() throws IOException {
        Files.writeString(home.resolve(".config"), "a file");
        assertThatThrownBy(() -> from(Map.of(), Map.of()))
                .isInstanceOfSatisfying(LazuliException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                .hasMessageContaining("Cannot make token file " + home.resolve(".config/lazuli/token"));
    }

    @Test
    void nothingPrintsIt() {
        ClusterSecret secret = ClusterSecret.of(TOKEN, "here");
        assertThat(secret).hasToString("ClusterSecret[hidden]");
        assertThat(TransportOptions.of(secret).withTls(java.util.Optional.of(new TlsKeystore(home, "password"))))
                .asString().doesNotContain(TOKEN).doesNotContain("password");
    }

    @Test
    void keys_differByPurposeAndToken_andAreTheSameEverywhere() {
        ClusterSecret secret = ClusterSecret.of(TOKEN, "here");
        Set<String> keys = new HashSet<>();
        for (ClusterSecret each : List.of(secret, ClusterSecret.random())) {
            for (String purpose : List.of("", "a", "b", "cluster name")) {
                byte[] key = each.derive(purpose);
                assertThat(key).hasSize(32).isEqualTo(each.derive(purpose));
                keys.add(java.util.HexFormat.of().formatHex(key));
            }
        }
        assertThat(keys).hasSize(8);
        assertThat(secret.derive("a")).isEqualTo(ClusterSecret.of(" " + TOKEN + "\n", "there").derive("a"));
    }
}
