package io.lazuli.scheduler.internal.membership;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Lets a message of each kind pass once a minute, and says with the next one how many did not. Messages are of one kind if they differ
/// in numbers and ids alone. Kinds that come when there are many already are one.
final class LogLimit {
    static final int MOST_KINDS = 200;
    private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int LONGEST_KIND = 200;
    private static final String OTHER = "other";
    private static final Pattern CHANGING =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-[-\\p{XDigit}]{22}|[\\p{XDigit}]*\\d[\\p{XDigit}]*");

    private static final class Passed {
        long nanos;
        /// Since then.
        long heldBack;

        Passed(long nanos) {
            this.nanos = nanos;
        }
    }

    private final Map<String, Passed> kinds = new HashMap<>();

    /// The message as it is to be logged; empty if it is not.
    synchronized Optional<String> pass(String message, long nanos) {
        String kind = CHANGING.matcher(message.substring(0, Math.min(message.length(), LONGEST_KIND))).replaceAll("#");
        String known = kinds.containsKey(kind) || kinds.size() < MOST_KINDS ? kind : OTHER;
        Passed last = kinds.get(known);
        if (last == null) {
            kinds.put(known, new Passed(nanos));
            return Optional.of(message);
        }
        if (nanos - last.nanos < PERIOD_NANOS) {
            last.heldBack++;
            return Optional.empty();
        }
        String more = last.heldBack == 0 ? "" : " (and %,d like it since the last one)".formatted(last.heldBack);
        last.nanos = nanos;
        last.heldBack = 0;
        return Optional.of(message + more);
    }
}
