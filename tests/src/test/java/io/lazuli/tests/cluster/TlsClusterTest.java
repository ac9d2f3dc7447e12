package io.lazuli.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.Cluster;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import io.lazuli.tests.CommandProcess;
import io.lazuli.tests.Launcher;
import io.lazuli.tests.job.Shuffled;
import java.io.File;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that can be reached from other machines, as the README says how to make one: the address is this machine's own, and none
/// of loopback.
@EnabledOnOs(OS.LINUX)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsClusterTest {
    private static final String PASSWORD = "not-so-secret";
    private static final Duration QUICK = Duration.ofSeconds(8);

    @TempDir
    Path folder;

    private String host;

    @BeforeEach
    void findAddress() throws IOException {
        Optional<String> found = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
        assumeTrue(found.isPresent(), "this machine has no address but loopback");
        host = found.orElseThrow();
    }

    @AfterEach
    void clearProperties() {
        List.of("lazuli.token", "lazuli.tls-keystore", "lazuli.tls-password").forEach(System::clearProperty);
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("LAZULI_HEAP", "256m");
        all.put("LAZULI_THREADS", "2");
        all.put("LAZULI_BUFFER_BYTES", Long.toString(64 << 20));
        all.put("LAZULI_SPILL_DIRECTORY", folder.toString());
        all.put("PATH", Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator + System.getenv("PATH"));
        return all;
    }

    /// What whoever tries without TLS is told to run.
    private String tellsCommand() {
        CommandProcess.Outcome refused = Launcher.run(
                environment(Map.of("LAZULI_TOKEN", ClusterSecret.random().text())), "scheduler", "--host", host,
                "--port",
                "0", "--member-port", "0");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errors()).contains("without TLS").contains("LAZULI_TLS_KEYSTORE")
                .contains("LAZULI_TLS_PASSWORD");
        return refused.errors().lines().map(String::strip).filter(line -> line.startsWith("keytool ")).findFirst()
                .orElseThrow();
    }

    private Path makeKeystore(String command, String name) throws Exception {
        Path place = Files.createDirectory(folder.resolve(name));
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command).directory(place.toFile()).inheritIO();
        shell.environment().putAll(environment(Map.of("LAZULI_TLS_PASSWORD", PASSWORD)));
        assertThat(shell.start().waitFor()).isZero();
        return place.resolve("lazuli.p12");
    }

    private static void useKeystore(Path keystore) {
        System.setProperty("lazuli.tls-keystore", keystore.toString());
        System.setProperty("lazuli.tls-password", PASSWORD);
    }

    @Test
    void whoHasTheKeystoreMeets_andNobodyElse() throws Exception {
        String command = tellsCommand();
        Path keystore = makeKeystore(command, "ours");
        Path foreign = makeKeystore(command, "theirs");
        ClusterSecret secret = ClusterSecret.random();
        System.setProperty("lazuli.token", secret.text());
        Map<String, String> ours = environment(Map.of(
                "LAZULI_TOKEN", secret.text(), "LAZULI_TLS_KEYSTORE", keystore.toString(), "LAZULI_TLS_PASSWORD",
                PASSWORD));
        try (CommandProcess scheduler =
                Launcher.start(ours, "scheduler", "--host", host, "--port", "0", "--member-port", "0");
                CommandProcess worker =
                        Launcher.start(ours, "worker", "--scheduler", scheduler.address(), "--host", host)) {
            String at = scheduler.address();
            assertThat(at).startsWith(host + ":");
            worker.await("gives results on ");
            useKeystore(keystore);
            try (Cluster cluster = Cluster.connect(at)) {
                Shuffled shuffled = new Shuffled(6, 3, 2_000, 5);
                try (Job job = cluster.submit(shuffled.graph(), JobOptions.DEFAULTS)) {
                    assertThat(Shuffled.take(job)).isEqualTo(shuffled.expected());
                }
            } catch (LazuliException e) {
                throw new AssertionError(scheduler.toString(), e);
            }
            useKeystore(foreign);
            refusedQuickly(at, "it shows another certificate", "with another certificate");
            System.clearProperty("lazuli.tls-keystore");
            refusedQuickly(at, "without TLS", "without one");
            for (CommandProcess process : List.of(scheduler, worker)) {
                for (InetSocketAddress port : ListeningPorts.of(process.handle())) {
                    assertThat(port.getAddress().getHostAddress()).isEqualTo(host);
                    assertNobodyGetsIn(port, "TLSv1.3");
                    assertNobodyGetsIn(port, "TLSv1.2");
                }
            }
            assertThat(scheduler.errors()).contains("(TLS_FAILED)");
        }
    }

    private static void refusedQuickly(String at, String why, String who) {
        long start = System.nanoTime();
        LazuliException error = catchThrowableOfType(LazuliException.class, () -> Cluster.connect(at).close());
        assertThat(error).as(who).isNotNull().hasMessageContaining(why);
        assertThat(error.code()).isEqualTo(ErrorCode.USER);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(QUICK);
    }

    /// A client that shows no certificate, and believes whatever it is shown.
    private static void assertNobodyGetsIn(InetSocketAddress port, String protocol) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Credulous()}, null);
        long start = System.nanoTime();
        Socket plain = new Socket(port.getAddress(), port.getPort());
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, port.getHostString(), port.getPort(), true)) {
            socket.setSoTimeout((int) QUICK.toMillis());
            socket.setEnabledProtocols(new String[] {protocol});
            assertThatThrownBy(() -> {
                socket.startHandshake();
                if (socket.getInputStream().read() < 0) {
                    throw new IOException("closed");
                }
            }).as(protocol).isInstanceOf(IOException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(QUICK);
    }

    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
