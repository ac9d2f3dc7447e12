package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.code.Bundle;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Code of a client's program that its scheduler has. Each bundle is sent once, and one after the other.
final class SentCode {
    private final RemoteEngine engine;
    /// Guarded by the engine's lock.
    private final Set<CodeHash> sent = new HashSet<>();

    SentCode(RemoteEngine engine) {
        this.engine = engine;
    }

    /// The scheduler is another one, and has nothing. With the engine's lock.
    void startOver() {
        sent.clear();
    }

    /// A job was refused, maybe for its code: the next one offers that again.
    void sendAgain(List<Bundle> bundles) {
        engine.locked(() -> sent.removeAll(bundles.stream().map(Bundle::hash).toList()));
    }

    /// Sends what the scheduler of that term lacks; false if another one has taken over. Errors: as [Requests#ask]; RESOURCE if
    /// code cannot be read.
    boolean send(List<Bundle> bundles, int in) {
        List<Bundle> unknown = engine.locked(
                () -> bundles.stream().filter(bundle -> !sent.contains(bundle.hash())).toList());
        if (unknown.isEmpty()) {
            return true;
        }
        List<FromClient.CodeOffer> offers = unknown.stream()
                .map(bundle -> new FromClient.CodeOffer(bundle.hash().hex(), bundle.bytes()))
                .toList();
        Optional<ToClient> answer = engine.requests().ask(in, number -> new FromClient.OfferedCode(number, offers));
        if (answer.isEmpty()) {
            return false;
        }
        List<String> wanted = ((ToClient.WantsCode) answer.get()).hashes();
        for (Bundle bundle : unknown) {
            engine.locked(() -> {
                // One bundle at a time: others must not come between its pieces.
                if (in == engine.term() && sent.add(bundle.hash()) && wanted.contains(bundle.hash().hex())) {
                    CodePieces.of(bundle, piece -> engine.say(new FromClient.SentCode(piece)));
                }
                return true;
            });
        }
        return true;
    }
}
