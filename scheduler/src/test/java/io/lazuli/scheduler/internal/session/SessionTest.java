package io.lazuli.scheduler.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final SessionId ID = LossyLink.ID;
    private static final SessionOptions OPTIONS = new SessionOptions(4, 2, 100, 400, 1000);

    private final Session<String, String> session = new Session<>(ID, OPTIONS, 0);
    private final List<String> heard = new ArrayList<>();

    private List<Packet<String>> transmit(long nanos) {
        List<Packet<String>> sent = new ArrayList<>();
        session.transmit(nanos, sent::add);
        return sent;
    }

    private boolean receive(long acknowledged, long first, String... messages) {
        return session.receive(new Packet<>(ID, acknowledged, first, List.of(messages)), 0, heard::add);
    }

    private static Packet<String> packet(long acknowledged, long first, String... messages) {
        return new Packet<>(ID, acknowledged, first, List.of(messages));
    }

    @Test
    void newMessages_goAtOnceInBatches() {
        transmit(0);
        session.send("a");
        session.send("b");
        session.send("c");
        assertThat(session.dueNanos()).isEqualTo(Long.MIN_VALUE);
        assertThat(transmit(1)).containsExactly(packet(0, 0, "a", "b"), packet(0, 2, "c"));
        assertThat(transmit(2)).isEmpty();
        assertThat(session.dueNanos()).isEqualTo(101);
    }

    @Test
    void silence_hasTheOldestSentAgainAfterTimesThatDouble() {
        session.send("a");
        transmit(0);
        assertThat(transmit(99)).isEmpty();
        assertThat(transmit(100)).containsExactly(packet(0, 0, "a"));
        assertThat(transmit(299)).isEmpty();
        assertThat(transmit(300)).containsExactly(packet(0, 0, "a"));
        assertThat(transmit(699)).isEmpty();
        assertThat(transmit(700)).containsExactly(packet(0, 0, "a"));
        assertThat(session.dueNanos()).isEqualTo(1100);
    }

    @Test
    void answer_endsTheDoublingAndHasTheRestSentAgainAtOnce() {
        IntStream.range(0, 4).forEach(i -> session.send("m" + i));
        transmit(0);
        assertThat(transmit(100)).containsExactly(packet(0, 0, "m0", "m1"));
        receive(2, 0);
        assertThat(transmit(101)).containsExactly(packet(0, 2, "m2", "m3"));
        receive(4, 0);
        assertThat(session.unacknowledgedCount()).isZero();
        assertThat(session.dueNanos()).isGreaterThan(1000);
    }

    @Test
    void fullWindow_hasNoRoomUntilTheOldestIsAcknowledged() {
        IntStream.range(0, 4).forEach(i -> session.send("m" + i));
        assertThat(session.hasRoom()).isFalse();
        assertThatThrownBy(() -> session.send("too much"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no room: 4 messages");
        transmit(0);
        receive(1, 0);
        assertThat(session.hasRoom()).isTrue();
        session.send("m4");
        assertThat(session.hasRoom()).isFalse();
    }

    @Test
    void earlyMessages_waitForThoseBefore() {
        receive(0, 2, "c");
        receive(0, 1, "b");
        assertThat(heard).isEmpty();
        receive(0, 0, "a");
        assertThat(heard).containsExactly("a", "b", "c");
    }

    @Test
    void doubledMessages_areHeardOnceAndAcknowledgedAgain() {
        receive(0, 0, "a", "b");
        assertThat(transmit(0)).containsExactly(packet(2, 0));
        receive(0, 0, "a", "b");
        receive(0, 1, "b", "c");
        assertThat(heard).containsExactly("a", "b", "c");
        assertThat(transmit(1)).containsExactly(packet(3, 0));
    }

    @Test
    void messagesBeyondTheWindow_areNotKept() {
        receive(0, 3, "d", "e");
        receive(0, 0, "a", "b", "c");
        assertThat(heard).containsExactly("a", "b", "c", "d");
    }

    @Test
    void oldAcknowledgement_takesNothingBack() {
        session.send("a");
        session.send("b");
        transmit(0);
        receive(2, 0);
        receive(1, 0);
        assertThat(session.unacknowledgedCount()).isZero();
    }

    @Test
    void acknowledgementOfWhatWasNotSent_isAnError() {
        session.send("a");
        assertThatThrownBy(() -> receive(1, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("acknowledges 1 messages, but 0 were sent");
    }

    @Test
    void otherSessions_areNotHeard() {
        SessionId older = new SessionId(1, 0, 0);
        assertThat(session.receive(new Packet<>(older, 7, 0, List.of("a")), 5, heard::add)).isFalse();
        assertThat(heard).isEmpty();
        assertThat(session.heardNanos()).isZero();
        assertThat(older.isBefore(ID)).isTrue();
        assertThat(ID.isBefore(older)).isFalse();
        assertThat(new SessionId(0, 0, 9).isBefore(ID)).isTrue();
        assertThat(new SessionId(1, 1, 0).isBefore(ID)).isFalse();
    }

    @Test
    void nothingToSay_isSaidOnceEveryHeartbeat() {
        assertThat(transmit(0)).containsExactly(packet(0, 0));
        assertThat(transmit(999)).isEmpty();
        assertThat(session.dueNanos()).isEqualTo(1000);
        assertThat(transmit(1000)).containsExactly(packet(0, 0));
    }
}
