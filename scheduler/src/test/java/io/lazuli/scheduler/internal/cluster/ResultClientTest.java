package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoreOptions;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import io.lazuli.scheduler.internal.transport.PeerRole;
import io.lazuli.scheduler.internal.transport.Transport;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import io.lazuli.scheduler.internal.wire.Fence;
import io.lazuli.scheduler.internal.wire.WorkerFacts;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultClientTest {
    /// Of nobody, and not to be reached without TLS: connecting fails before it returns.
    private static final String NOWHERE = "192.0.2.1";

    @TempDir
    Path folder;

    @Test
    void aHolderThatCannotBeReached_isFoundOut_howeverFastThatIs() {
        try (MemoryAccountant accountant = MemoryAccountant.create(1 << 20);
                ResultStore store = ResultStore.open(accountant, new StoreOptions(1 << 20, folder, 1 << 20));
                Transport transport = Transport.open(TransportOptions.of(ClusterSecret.random()));
                ResultClient client =
                        new ResultClient(transport, PeerRole.WORKER, "asker", store.copies(), Runnable::run)) {
            WorkerShell.Peer gone = new WorkerShell.Peer(
                    new SessionId(1, 2, 1), new Fence(1, new UUID(1, 1)),
                    new WorkerFacts("gone", NOWHERE, 1, 1, 1 << 20, WorkerProfile.of(1), store.identity()));
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(
                        () -> client.measure(gone, 1, 1).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join())
                        .isInstanceOf(CompletionException.class)
                        .hasMessageContaining("TLS");
            }
        }
    }
}
