package io.lazuli.scheduler.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hazelcast.instance.BuildInfoProvider;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import io.lazuli.scheduler.internal.transport.LinkProof;
import io.lazuli.scheduler.internal.transport.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What [GuardedLinks] relies on in Hazelcast, and what it gives: whoever does not have the cluster's certificate does not get a word in.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsLinksTest {
    /// For an answer that must not come. Hazelcast may keep a socket that it has given up for five seconds.
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    static Path folder;

    private static TlsOptions ours;
    private static TlsOptions theirs;

    @BeforeAll
    static void createKeyStores() throws Exception {
        ours = KeyStores.create(folder.resolve("ours.p12"));
        theirs = KeyStores.create(folder.resolve("theirs.p12"));
    }

    @Test
    void theVersionIsTheOneThatWasTried() {
        assertThat(BuildInfoProvider.getBuildInfo().getVersion()).isEqualTo("5.7.0");
    }

    @Test
    void membersWithTheCertificateMeetAndKeepAJournal() {
        try (Members members = new Members()) {
            ClusterMembership first = members.open(Role.SCHEDULER, options -> options.withTls(ours));
            ClusterMembership second = members.open(Role.SCHEDULER, options -> options.withTls(ours));
            ClusterMembership worker = members.open(Role.WORKER, options -> options.withTls(ours));
            assertThat(worker.members()).hasSize(3);
            Leader leader = worker.awaitLeader(Members.LIMIT);
            assertThat(leader.id()).isEqualTo(first.self().id());

            byte[] spec = new byte[5_000_000];
            new Random(1).nextBytes(spec);
            JournalWriter writer = first.journal().writer(leader.epoch());
            for (int job = 0; job < 8; job++) {
                writer.append("job " + job, List.of(spec)).join();
            }
            members.close(first);
            assertThat(second.journal().jobs()).hasSize(8);
            assertThat(second.journal().read("job 3").facts()).singleElement().isEqualTo(spec);
            assertThat(worker.journal().read("job 5").facts()).singleElement().isEqualTo(spec);
        }
    }

    /// All at once: each takes Hazelcast ten seconds.
    @Test
    void whoHasAnotherCertificateOrTokenIsNotTaken() {
        try (Members members = new Members()) {
            ClusterMembership guarded = members.open(Role.SCHEDULER, options -> options.withTls(ours));
            ClusterMembership plain = members.open(Role.SCHEDULER, options -> options.withSeeds(List.of()));
            ClusterSecret other = ClusterSecret.random();
            List<CompletableFuture<Throwable>> refused = List.of(
                    failure(options(members.secret(), guarded).withTls(theirs)),
                    failure(options(other, guarded).withTls(ours)),
                    failure(options(other, plain)));
            for (CompletableFuture<Throwable> failure : refused) {
                assertThat(failure.join()).isInstanceOfSatisfying(LazuliException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                        .hasMessageStartingWith("Cannot become a member of the cluster");
            }
            // Who comes may be the first to see that the certificates differ.
            assertThat(guarded.refusals().get(Refusal.TLS_FAILED) + guarded.refusals().get(Refusal.CLOSED_EARLY))
                    .as("certificate").isPositive();
            assertThat(guarded.refusals().get(Refusal.WRONG_TOKEN)).as("token").isPositive();
            assertThat(plain.refusals().get(Refusal.WRONG_TOKEN)).as("token without TLS").isPositive();
            assertThat(guarded.members()).containsExactly(guarded.self());
            assertThat(plain.members()).containsExactly(plain.self());
        }
    }

    private static MembershipOptions options(ClusterSecret secret, ClusterMembership seed) {
        return MembershipOptions.of(Role.SCHEDULER, secret, new Endpoint("127.0.0.1", 9), "0.1")
                .withSeeds(List.of(seed.link()))
                .withSilence(Duration.ofSeconds(2));
    }

    private static CompletableFuture<Throwable> failure(MembershipOptions options) {
        return CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> ClusterMembership.open(options).close()),
                task -> Thread.ofPlatform().start(task));
    }

    @Test
    void onlyTheNewestProtocolWithTheCertificateIsSpoken() throws Exception {
        try (Members members = new Members()) {
            Endpoint link = members.open(Role.SCHEDULER, options -> options.withTls(ours)).link();
            assertThat(speak(link, keys(ours), "TLSv1.3", Members.LIMIT)).isEqualTo("LAZULI");
            assertThatThrownBy(() -> speak(link, keys(ours), "TLSv1.2", SHORT)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> speak(link, keys(theirs), "TLSv1.3", SHORT)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> speak(link, new KeyManager[0], "TLSv1.3", SHORT)).isInstanceOf(IOException.class);
            try (Socket plain = new Socket(link.host(), link.port())) {
                plain.setSoTimeout(10_000);
                plain.getOutputStream().write("HZC".repeat(100).getBytes(StandardCharsets.US_ASCII));
                assertThat(answer(plain)).doesNotContain("HZ");
            }
        }
    }

    @Test
    void strangersHearSoonThatTheyAreNotWanted() throws Exception {
        try (Members members = new Members()) {
            Endpoint link = members.open(
                    Role.SCHEDULER, options -> options.withTls(ours).withProofTime(Duration.ofSeconds(1))).link();
            for (KeyManager[] shown : List.of(new KeyManager[0], keys(theirs))) {
                long start = System.nanoTime();
                assertThatThrownBy(() -> speak(link, shown, "TLSv1.3", Members.LIMIT)).isInstanceOf(IOException.class)
                        .isNotInstanceOf(SocketTimeoutException.class);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            }
            try (Socket silent = new Socket(link.host(), link.port())) {
                silent.setSoTimeout(20_000);
                assertThat(answer(silent)).isEmpty();
            }
        }
    }

    /// What comes until the link is closed, in whatever way.
    private static String answer(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
        } catch (SocketException _) {
            // closed with what was sent still unread
        }
        return answer.toString();
    }

    /// What is answered to whoever begins to prove itself; the one who answers need not show a certificate that is believed.
    private static String speak(Endpoint link, KeyManager[] keys, String protocol, Duration limit)
            throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new Credulous()}, null);
        // Around a socket that is there already: no name is then asked for.
        Socket inner = new Socket(link.host(), link.port());
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(inner, link.host(), link.port(), true)) {
            socket.setSoTimeout((int) limit.toMillis());
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            ByteBuffer opening = ByteBuffer.allocate(LinkProof.ANSWER_BYTES);
            LinkProof.ofClient(ClusterSecret.random(), Optional.empty(), socket.getRemoteSocketAddress())
                    .answer(opening);
            socket.getOutputStream().write(opening.array(), 0, opening.position());
            byte[] answer = socket.getInputStream().readNBytes(6);
            if (answer.length < 6) {
                throw new IOException("closed");
            }
            return new String(answer, StandardCharsets.US_ASCII);
        }
    }

    private static KeyManager[] keys(TlsOptions options) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(options.keyStore())) {
            store.load(in, options.password());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, options.password());
        return factory.getKeyManagers();
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

    @Test
    void aKeyStoreThatIsNoneIsNamed() throws Exception {
        Path text = Files.writeString(folder.resolve("text.p12"), "no key store");
        for (TlsOptions bad : List.of(new TlsOptions(text, "x".toCharArray()),
                new TlsOptions(folder.resolve("nowhere.p12"), "x".toCharArray()),
                new TlsOptions(ours.keyStore(), "wrong".toCharArray()))) {
            try (Members members = new Members()) {
                LazuliException refused = catchThrowableOfType(LazuliException.class,
                        () -> members.open(Role.WORKER, options -> options.withTls(bad)));
                assertThat(refused.code()).isEqualTo(ErrorCode.USER);
                assertThat(refused).hasMessageContaining(bad.keyStore().toString());
            }
        }
        assertThat(ours.toString()).doesNotContain(KeyStores.PASSWORD);
    }
}
