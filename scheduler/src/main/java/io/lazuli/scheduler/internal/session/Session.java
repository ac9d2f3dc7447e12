package io.lazuli.scheduler.internal.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One end of a reliable, ordered stream of messages, in both directions, over packets that may be lost, doubled, reordered
/// and delayed: every message arrives exactly once and in order, as long as some packets arrive.
///
/// ```
///   send    0 ... acknowledged ......... fresh ...... next        < acknowledged + window
///                 there, not known to be | not yet sent
///   receive 0 ... received ....................                   < received + window
///                 delivered | here early, one before is missing
/// ```
///
/// Lost messages are sent again after a time that doubles while nothing comes back; once something does, what follows it is
/// sent again at once, so that several losses cost one such wait. A slow or silent peer fills the window: then [#hasRoom] is
/// false, and the caller keeps what it wants to say. Memory is bounded by the window, twice.
///
/// Single-threaded, without a clock: the caller says what time it is, and calls [#transmit] at [#dueNanos] at the latest.
///
/// @param <O> what this end says
/// @param <I> what it hears
public final class Session<O, I> {
    private static final long NEVER = Long.MAX_VALUE;

    private final SessionId id;
    private final SessionOptions options;
    /// Message `n` at `n % window`, for `acknowledged <= n < next`; null elsewhere.
    private final @Nullable Object[] outgoing;
    /// Message `n` at `n % window`, for some `received < n < received + window`; null where it is missing.
    private final @Nullable Object[] early;
    /// The peer has every message below.
    private long acknowledged;
    /// Messages below have been sent at least once.
    private long fresh;
    /// Number of the next message.
    private long next;
    /// Messages below were sent before a loss was noticed: as long as some are not acknowledged, they are sent again.
    private long recovery;
    /// How long the next acknowledgement is waited for.
    private long patienceNanos;
    /// When what is not acknowledged is sent again; NEVER if nothing is.
    private long resendAt = NEVER;
    /// Every message below has been delivered.
    private long received;
    /// True if the peer does not know yet how much has arrived.
    private boolean owesAcknowledgement;
    /// When silence has lasted long enough.
    private long heartbeatAt;
    /// When the peer was last heard.
    private long heardNanos;

    public Session(SessionId id, SessionOptions options, long nanos) {
        this.id = id;
        this.options = options;
        this.outgoing = new Object[options.window()];
        this.early = new Object[options.window()];
        this.patienceNanos = options.resendNanos();
        this.heartbeatAt = nanos;
        this.heardNanos = nanos;
    }

    public SessionId id() {
        return id;
    }

    /// False if the peer is too far behind to be told more.
    public boolean hasRoom() {
        return next - acknowledged < options.window();
    }

    /// Messages of which it is not known that they have arrived.
    public int unacknowledgedCount() {
        return (int) (next - acknowledged);
    }

    /// When the last packet of the peer came, or when this session began.
    public long heardNanos() {
        return heardNanos;
    }

    /// Takes a message, to go with the next [#transmit]. Errors: IllegalStateException unless [#hasRoom].
    public void send(O message) {
        Objects.requireNonNull(message, "message is null");
        if (!hasRoom()) {
            throw new IllegalStateException(
                    "session " + id + " has no room: " + unacknowledgedCount() + " messages are not acknowledged");
        }
        outgoing[slot(next++)] = message;
    }

    /// Takes a packet, and gives `inbox` the messages whose turn it is. Packets of other sessions are not heard.
    ///
    /// @return true if the packet was of this session
    public boolean receive(Packet<? extends I> packet, long nanos, Consumer<? super I> inbox) {
        if (!packet.session().equals(id)) {
            return false;
        }
        heardNanos = nanos;
        acknowledge(packet.acknowledged(), nanos);
        if (!packet.messages().isEmpty()) {
            owesAcknowledgement = true;
            keep(packet);
            deliver(inbox);
        }
        return true;
    }

    /// Gives `network` every packet that is due: new messages, old ones again, an acknowledgement, or a sign of life.
    public void transmit(long nanos, Consumer<? super Packet<O>> network) {
        if (nanos >= resendAt) {
            recovery = fresh;
            patienceNanos = Math.min(2 * patienceNanos, options.longestResendNanos());
            resend(nanos, network);
        } else if (acknowledged < recovery && resendAt == NEVER) {
            resend(nanos, network);
        }
        while (fresh < next) {
            fresh += pack(fresh, next, nanos, network);
        }
        if (acknowledged < next && resendAt == NEVER) {
            resendAt = nanos + patienceNanos;
        }
        if (owesAcknowledgement || nanos >= heartbeatAt) {
            pack(next, next, nanos, network);
        }
    }

    /// The way to the peer is a new one: what was sent and is not acknowledged is taken for lost, and goes again with the next
    /// [#transmit].
    public void reconnected() {
        recovery = fresh;
        resendAt = NEVER;
        patienceNanos = options.resendNanos();
    }

    /// When [#transmit] has something to do at the latest.
    public long dueNanos() {
        boolean now = owesAcknowledgement || fresh < next || acknowledged < recovery && resendAt == NEVER;
        return now ? Long.MIN_VALUE : Math.min(resendAt, heartbeatAt);
    }

    private void resend(long nanos, Consumer<? super Packet<O>> network) {
        pack(acknowledged, recovery, nanos, network);
        resendAt = nanos + patienceNanos;
    }

    /// Sends messages from number `from` on, but none from `end` on; returns how many.
    private int pack(long from, long end, long nanos, Consumer<? super Packet<O>> network) {
        int count = (int) Math.min(end - from, options.batch());
        List<O> messages = new ArrayList<>(count);
        for (long n = from; n < from + count; n++) {
            messages.add(Session.<O>message(outgoing, slot(n)));
        }
        owesAcknowledgement = false;
        heartbeatAt = nanos + options.heartbeatNanos();
        network.accept(new Packet<>(id, received, from, messages));
        return count;
    }

    private void acknowledge(long count, long nanos) {
        if (count > fresh) {
            throw new IllegalStateException(
                    "session " + id + ": the peer acknowledges " + count + " messages, but " + fresh + " were sent");
        }
        if (count <= acknowledged) {
            return;
        }
        while (acknowledged < count) {
            outgoing[slot(acknowledged++)] = null;
        }
        patienceNanos = options.resendNanos();
        resendAt = acknowledged < recovery || acknowledged == fresh ? NEVER : nanos + patienceNanos;
    }

    private void keep(Packet<? extends I> packet) {
        long n = packet.first();
        for (I message : packet.messages()) {
            if (n >= received && n < received + options.window()) {
                early[slot(n)] = message;
            }
            n++;
        }
    }

    private void deliver(Consumer<? super I> inbox) {
        while (early[slot(received)] != null) {
            I message = Session.<I>message(early, slot(received));
            early[slot(received++)] = null;
            inbox.accept(message);
        }
    }

    private int slot(long number) {
        return (int) (number % options.window());
    }

    @SuppressWarnings("unchecked")
    private static <M> M message(@Nullable Object[] ring, int slot) {
        return (M) Objects.requireNonNull(ring[slot], "messages of the window are there");
    }
}
