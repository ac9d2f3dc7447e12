package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.session.SessionId;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The clients of a scheduler. Guarded by the shell's lock.
final class Clients {
    private final int epoch;
    private final CodeStore code;
    private final Map<Integer, ClientPeer> peers = new LinkedHashMap<>();
    /// Those that run nothing, by number.
    private final Set<Integer> onlookers = new HashSet<>();
    /// Those that have said that they end, by number.
    private final Set<Integer> leaving = new HashSet<>();
    private int last;

    /// @param code of their programs
    Clients(int epoch, CodeStore code) {
        this.epoch = epoch;
        this.code = code;
    }

    /// A new one.
    ClientPeer add(long nanos) {
        ClientPeer peer = ClientPeer.of(new SessionId(epoch, ++last, 1), code, nanos);
        peers.put(peer.number(), peer);
        return peer;
    }

    /// The one whose session that is; empty if it is over.
    Optional<ClientPeer> of(SessionId session) {
        return Optional.ofNullable(peers.get(session.worker()))
                .filter(peer -> peer.conversation().id().equals(session));
    }

    /// The client ends as soon as it was told that this is known.
    void leaves(ClientPeer client) {
        leaving.add(client.number());
    }

    /// Those that end, or that nothing was heard of for so long.
    List<ClientPeer> gone(long now, long leaseNanos) {
        return peers.values().stream()
                .filter(peer -> leaving.contains(peer.number()) || now - peer.conversation().heardNanos() >= leaseNanos)
                .toList();
    }

    void remove(ClientPeer client) {
        client.conversation().close();
        peers.remove(client.number());
        onlookers.remove(client.number());
        leaving.remove(client.number());
    }

    /// The client runs nothing, and is not counted.
    void runsNothing(ClientPeer client) {
        onlookers.add(client.number());
    }

    int count() {
        return peers.size() - onlookers.size();
    }

    /// Where a bundle lies that one of them has sent.
    Optional<Path> codeFile(CodeHash bundle) {
        return peers.values().stream()
                .map(client -> client.code().known(bundle))
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(lease -> lease.file(bundle));
    }

    void introduce(WorkerPeer worker) {
        peers.values().forEach(client -> client.introduce(worker));
    }

    void detach(Link link) {
        peers.values().forEach(client -> client.conversation().detach(link));
    }

    /// Sends what is due.
    void pump(long nanos) {
        peers.values().forEach(client -> client.conversation().pump(nanos));
    }

    void close() {
        for (ClientPeer client : peers.values()) {
            client.conversation().close();
            client.code().close();
        }
    }
}
