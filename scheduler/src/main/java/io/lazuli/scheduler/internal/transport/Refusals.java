package io.lazuli.scheduler.internal.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// Counts the connections that an endpoint refused, and logs each reason once for each host, and how many there are when they are ten
/// times as many. Who connects as often as it likes, from as many addresses as it likes, fills neither memory nor log.
public final class Refusals {
    private static final Logger LOGGER = System.getLogger("io.lazuli.scheduler.transport");
    static final int MOST_LOGGED = 1024;

    private record Seen(Refusal reason, String host) {}

    private final String endpoint;
    private final AtomicLongArray counts = new AtomicLongArray(Refusal.values().length);
    /// What was logged; at most [#MOST_LOGGED].
    private final Set<Seen> logged = new HashSet<>();

    /// @param endpoint how messages name where it was tried
    public Refusals(String endpoint) {
        this.endpoint = endpoint;
    }

    /// @param found what was wrong, for the log
    public void add(Refusal reason, @Nullable SocketAddress remote, String found) {
        long count = counts.incrementAndGet(reason.ordinal());
        if (isNew(new Seen(reason, Addresses.host(remote)))) {
            LOGGER.log(Level.WARNING, "Refused a connection from %s to %s (%s): %s. Others like it are only counted."
                    .formatted(Addresses.text(remote), endpoint, reason, found));
        }
        if (isRound(count)) {
            LOGGER.log(Level.WARNING, "Refused %,d connections to %s by now (%s)".formatted(count, endpoint, reason));
        }
    }

    /// 10, 100, 1000 and so on.
    private static boolean isRound(long count) {
        long rest = count;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1 && count > 1;
    }

    private synchronized boolean isNew(Seen seen) {
        return logged.size() < MOST_LOGGED && logged.add(seen);
    }

    /// Every reason, in order.
    public Map<Refusal, Long> counts() {
        Map<Refusal, Long> found = new EnumMap<>(Refusal.class);
        for (Refusal reason : Refusal.values()) {
            found.put(reason, counts.get(reason.ordinal()));
        }
        return Collections.unmodifiableMap(found);
    }
}
