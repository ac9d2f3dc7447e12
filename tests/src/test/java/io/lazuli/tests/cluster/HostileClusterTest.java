package io.lazuli.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.cli.Main;
import io.lazuli.dashboard.Dashboard;
import io.lazuli.dashboard.DashboardOptions;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.scheduler.Cluster;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import io.lazuli.scheduler.internal.transport.CloseReason;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import io.lazuli.scheduler.internal.transport.Connection;
import io.lazuli.scheduler.internal.transport.ConnectionHandler;
import io.lazuli.scheduler.internal.transport.PeerRole;
import io.lazuli.scheduler.internal.transport.Transport;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import io.lazuli.tests.CommandProcess;
import io.lazuli.tests.Launcher;
import io.lazuli.tests.Wait;
import io.lazuli.tests.job.Shuffled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A cluster of processes as they are started by hand, and strangers at every port that these have: whichever, and by whatever part of
/// Lazuli or its libraries it was opened.
@EnabledOnOs(OS.LINUX)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClusterTest {
    /// A browser has ten seconds for its first request, others for all that is to be proven.
    private static final int LONGEST_MILLIS = 20_000;
    private static final int FLOOD = 300;
    private static final Pattern REFUSED = Pattern.compile("Refused a connection from \\S+ to ([^(]+)\\((\\w+)\\)");
    private static final Pattern GIVES = Pattern.compile("gives results on ([^\\s,]+)");
    private static final Shuffled JOB = new Shuffled(20, 6, 2_000, 20);

    @TempDir
    static Path folder;

    private final ClusterSecret secret = ClusterSecret.random();
    private final List<CommandProcess> processes = new ArrayList<>();
    private CommandProcess scheduler;
    /// Where the scheduler and the workers speak to each other and to clients: all ports but those of members.
    private final List<InetSocketAddress> own = new ArrayList<>();
    private InetSocketAddress address;
    private Path harm;

    @BeforeAll
    void start() {
        harm = folder.resolve("harm");
        scheduler = start("scheduler", "--port", "0", "--member-port", "0");
        String at = scheduler.address();
        address = parse(at);
        own.add(address);
        for (int w = 0; w < 2; w++) {
            own.add(parse(start("worker", "--scheduler", at, "--name", "worker-" + w).await(GIVES).group(1)));
        }
        System.setProperty("lazuli.token", secret.text());
    }

    private static InetSocketAddress parse(String address) {
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(address.substring(address.indexOf(':') + 1)));
    }

    /// With the class path of this test, so that there is more which could be read.
    private CommandProcess start(String... command) {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xmx256m", "-Dlazuli.threads=2", "-Dlazuli.buffer-bytes=" + (64 << 20),
                "-Dlazuli.spill-directory=" + folder, Main.class.getName()));
        arguments.addAll(List.of(command));
        CommandProcess process = Launcher.startJava(Map.of("LAZULI_TOKEN", secret.text()), arguments);
        processes.add(process);
        return process;
    }

    @AfterAll
    void end() {
        System.clearProperty("lazuli.token");
        processes.reversed().forEach(CommandProcess::close);
    }

    /// Two of each process, once it is a member.
    private List<InetSocketAddress> ports() {
        List<InetSocketAddress> all = new ArrayList<>();
        for (CommandProcess process : processes) {
            Wait.until(() -> process + " is no member", () -> portsOf(process).size() == 2);
            all.addAll(portsOf(process));
        }
        return all;
    }

    private static List<InetSocketAddress> portsOf(CommandProcess process) {
        try {
            return ListeningPorts.of(process.handle());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Cluster connect() {
        return Cluster.connect("127.0.0.1:" + address.getPort());
    }

    private static void runJob(Cluster cluster) {
        try (Job job = cluster.submit(JOB.graph(), JobOptions.DEFAULTS)) {
            assertThat(Shuffled.take(job)).isEqualTo(JOB.expected());
        }
    }

    @Test
    void everyPortIsOnLoopback_andStrangersGetNowhere() throws Exception {
        List<InetSocketAddress> before = ListeningPorts.of(ProcessHandle.current());
        byte[] replayed = record();
        try (LocalEngine shown = LocalEngine.open(EngineOptions.defaults());
                Dashboard dashboard = Dashboard.open(DashboardOptions.DEFAULTS.withPort(0), shown.events());
                Cluster cluster = connect()) {
            runJob(cluster);
            List<InetSocketAddress> ports = ports();
            List<InetSocketAddress> ofThisTest = new ArrayList<>(ListeningPorts.of(ProcessHandle.current()));
            ofThisTest.removeAll(before);
            assertThat(ofThisTest).extracting(InetSocketAddress::getPort).containsExactly(dashboard.port());
            ports.addAll(ofThisTest);
            own.addAll(ofThisTest);
            assertThat(ports).as("scheduler, two workers, dashboard").hasSizeGreaterThanOrEqualTo(4)
                    .allMatch(port -> port.getAddress().isLoopbackAddress());
            long memory = residentBytes(scheduler);
            try (Jobs meanwhile = new Jobs(cluster)) {
                attack(ports, attacks(replayed));
                flood(address);
            }
            runJob(cluster);
            assertCounted(dashboard);
            assertThat(residentBytes(scheduler) - memory).as("bytes more than before").isLessThan(100 << 20);
        }
        assertThat(harm).doesNotExist();
        String log = scheduler.errors();
        assertThat(log).as("how many there were can be read").contains("Refused 100 connections to");
        for (String reason : List.of("NOT_LAZULI", "WRONG_TOKEN", "TIMED_OUT")) {
            assertThat(log).contains("(" + reason + ")");
        }
        for (CommandProcess process : processes) {
            List<String> lines = REFUSED.matcher(process.errors()).results().map(found -> found.group()
                    .replaceFirst("from \\S+ ", "")).toList();
            assertThat(lines).as("logged once").isNotEmpty().doesNotHaveDuplicates();
        }
    }

    /// Of each port for every reason that each attack gives it.
    private void assertCounted(Dashboard dashboard) throws Exception {
        List<String> expected = new ArrayList<>();
        for (String reason : List.of("NOT_LAZULI", "WRONG_TOKEN", "TIMED_OUT")) {
            for (String port : List.of("scheduler scheduler", "scheduler members", "worker-0 results",
                    "worker-0 members", "worker-1 results", "worker-1 members")) {
                expected.add(port + " " + reason);
            }
        }
        String at = "127.0.0.1:" + address.getPort();
        Wait.until(() -> "what is counted: " + Cluster.status(at).refusals(),
                () -> Cluster.status(at).refusals().stream()
                        .map(refusal -> refusal.process() + " " + refusal.port() + " " + refusal.reason())
                        .toList().containsAll(expected));
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(dashboard.url().resolve("/metrics")).build();
            assertThat(browser.send(request, HttpResponse.BodyHandlers.ofString()).body())
                    .contains("lazuli_dashboard_requests_refused_total{reason=\"OTHER_HOST\"} 1");
        }
    }

    @Test
    void whoKnowsTheTokenMakesNobodyReadWhatIsNotAllowed() throws Exception {
        ValueCodec lenient = ValueCodec.of(HostileClusterTest.class.getClassLoader(), _ -> true);
        List<byte[]> bodies = List.of(
                Gadget.serialized(harm), lenient.encode(new NotAllowed("x")),
                lenient.encode(new ArrayList<>(List.of(new NotAllowed("y")))), new byte[] {0x7f, 1, 2, 3},
                lenient.encode("a text"), new byte[17 << 20]);
        try (Transport hostile =
                Transport.open(TransportOptions.of(secret).withLargestFrameBytes(64 << 20));
                Cluster cluster = connect()) {
            for (InetSocketAddress port : ports()) {
                if (!own.contains(port)) {
                    assertThatThrownBy(
                            () -> hostile.connect(port, PeerRole.CLIENT, "hostile", new Ended())
                                    .toCompletableFuture().get(20, TimeUnit.SECONDS))
                            .as("members meet there").hasMessageContaining("members of the cluster meet at this port");
                    continue;
                }
                for (byte[] body : bodies) {
                    for (byte kind : new byte[] {0, 9}) {
                        Ended ended = new Ended();
                        Connection connection = hostile.connect(port, PeerRole.CLIENT, "hostile", ended)
                                .toCompletableFuture().get(20, TimeUnit.SECONDS);
                        connection.send(ByteBuffer.wrap(new byte[] {kind}), ByteBuffer.wrap(body));
                        ended.closed.get(20, TimeUnit.SECONDS);
                    }
                }
            }
            runJob(cluster);
        }
        assertThat(harm).doesNotExist();
        assertThat(scheduler.errors()).contains(NotAllowed.class.getName())
                .contains("is named, which is not allowed here");
    }

    /// On the class path of all, and none of what processes say to each other.
    record NotAllowed(String text) {}

    private static final class Ended implements ConnectionHandler {
        final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

        @Override
        public void opened(Connection connection) {
            // What is sent follows.
        }

        @Override
        public void received(Connection connection, ByteBuffer frame) {
            // Whatever is answered.
        }

        @Override
        public void closed(Connection connection, CloseReason reason) {
            closed.complete(reason);
        }
    }

    /// What goes from an honest client to the scheduler, as somebody on the way sees it.
    private byte[] record() throws Exception {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try (ServerSocket middle = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> {
                try (Socket client = middle.accept();
                        Socket server = new Socket(address.getAddress(), address.getPort())) {
                    Future<?> back = threads.submit(() -> server.getInputStream().transferTo(client.getOutputStream()));
                    byte[] bytes = new byte[8192];
                    InputStream in = client.getInputStream();
                    for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                        seen.write(bytes, 0, count);
                        server.getOutputStream().write(bytes, 0, count);
                    }
                    server.close();
                    return back;
                }
            });
            try (Cluster honest = Cluster.connect("127.0.0.1:" + middle.getLocalPort())) {
                runJob(honest);
            }
        }
        assertThat(seen.size()).isGreaterThan(100);
        return seen.toByteArray();
    }

    /// What is sent at once, by name; what says nothing or little follows in [#attack].
    private Map<String, byte[]> attacks(byte[] replayed) throws IOException {
        byte[] noise = new byte[5_000];
        new Random(7).nextBytes(noise);
        byte[] greeting = ByteBuffer.allocate(8 + 2 + 1 + 32).put("LAZULI".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 1).put((byte) 1).put((byte) 1).put((byte) 'x').array();
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("nothing", new byte[0]);
        all.put("noise", noise);
        all.put("HTTP", "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        all.put("TLS hello", new byte[] {0x16, 3, 1, 0, 5, 1, 0, 0, 1, 3});
        all.put("greeting alone", greeting);
        all.put("wrong proof", ByteBuffer.allocate(greeting.length + 1000).put(greeting).array());
        all.put("replayed handshake", replayed);
        all.put("gadget", Gadget.serialized(harm));
        all.put("huge length", new byte[] {0x7f, -1, -1, -1, 0, 0});
        all.put("member hello", "HZC".getBytes(StandardCharsets.US_ASCII));
        return all;
    }

    private void attack(List<InetSocketAddress> ports, Map<String, byte[]> attacks) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<Boolean>> ends = new LinkedHashMap<>();
            for (InetSocketAddress port : ports) {
                attacks.forEach(
                        (name, bytes) -> ends.put(name + " at " + port, threads.submit(() -> ends(port, bytes))));
                for (String start : List.of("LAZULI\0\1\1", "GET / HTTP/1.1\r\nHost: localhost\r\nX: ")) {
                    ends.put(start + " by drops at " + port, threads.submit(() -> endsThoughItDrips(port, start)));
                }
            }
            List<String> stay = new ArrayList<>();
            for (Map.Entry<String, Future<Boolean>> end : ends.entrySet()) {
                if (!end.getValue().get()) {
                    stay.add(end.getKey());
                }
            }
            assertThat(stay).as("connections of strangers that stay").isEmpty();
        }
    }

    /// True if the other side closes, in whatever way.
    private static boolean ends(InetSocketAddress port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(port.getAddress(), port.getPort())) {
            socket.setSoTimeout(LONGEST_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // a reset
        }
    }

    /// A byte now and then, of what could become a request or a greeting.
    private static boolean endsThoughItDrips(InetSocketAddress port, String start) throws Exception {
        byte[] bytes = start.getBytes(StandardCharsets.ISO_8859_1);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS);
        try (Socket socket = new Socket(port.getAddress(), port.getPort())) {
            socket.setSoTimeout(200);
            for (int i = 0; System.nanoTime() < end; i++) {
                socket.getOutputStream().write(i < bytes.length ? bytes[i] : 'x');
                try {
                    if (socket.getInputStream().read() < 0) {
                        return true;
                    }
                } catch (SocketTimeoutException e) {
                    continue;
                }
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static void flood(InetSocketAddress port) throws IOException {
        for (int i = 0; i < FLOOD; i++) {
            assertThat(ends(port, new byte[] {'x'})).isTrue();
        }
    }

    private static long residentBytes(CommandProcess process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.handle().pid()), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }

    /// One job after the other, until it is closed; every one of them must end well.
    private static final class Jobs implements AutoCloseable {
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final CompletableFuture<Integer> all;

        Jobs(Cluster cluster) {
            all = CompletableFuture.supplyAsync(() -> {
                int count = 0;
                for (; !isOver.get(); count++) {
                    runJob(cluster);
                }
                return count;
            });
        }

        @Override
        public void close() {
            isOver.set(true);
            assertThat(all.join()).isPositive();
        }
    }
}
