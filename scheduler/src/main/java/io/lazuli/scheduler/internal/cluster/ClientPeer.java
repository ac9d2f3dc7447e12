package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.session.SessionId;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.util.LinkedHashSet;
import java.util.Set;

/// A client, as the scheduler's shell sees it. Guarded by the shell's lock.
///
/// @param jobs that it has submitted and not closed
/// @param code of its program
record ClientPeer(Conversation<ToClient, FromClient> conversation, Set<Long> jobs, IncomingCode code) {
    static ClientPeer of(SessionId id, CodeStore store, long nanos) {
        return new ClientPeer(
                new Conversation<>(id, FromClient.class, nanos), new LinkedHashSet<>(), new IncomingCode(store));
    }

    int number() {
        return conversation.id().worker();
    }

    void introduce(WorkerPeer worker) {
        conversation.say(
                new ToClient.Introduced(worker.index(), worker.incarnation(), worker.facts().orElseThrow()));
    }

    void say(ToClient message) {
        conversation.say(message);
    }
}
