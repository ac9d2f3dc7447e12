package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/// Moves times between UTC and the local time of a zone. Confined to one thread: it keeps the offset that was right for the last
/// time, and the stretch of time for which it is, so that rules are asked once a transition and not once a row.
public final class ZoneShift {
    private final ZoneRules rules;
    /// The offset that holds from `from` to before `until`, in seconds of the side that is converted.
    private long offset;
    private long from = 0;
    private long until = 0;

    public ZoneShift(String zone) {
        this.rules = ZoneId.of(zone).getRules();
    }

    /// Adds the offset of the zone at each instant. True if a row, null rows included, leaves the range.
    public boolean fromUtc(MemorySegment micros, int rowCount, MemorySegment result) {
        long overflow = 0;
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            long value = micros.get(Layouts.LONG, at);
            long second = Math.floorDiv(value, CivilDates.MICROS_PER_SECOND);
            if (second < from || second >= until) {
                enterUtc(second);
            }
            long shifted = value + offset * CivilDates.MICROS_PER_SECOND;
            overflow |= (value ^ shifted) & (offset ^ shifted);
            result.set(Layouts.LONG, at, shifted);
        }
        return overflow < 0;
    }

    /// Takes the offset of the zone at each local time away: of a time that was there twice the earlier, of one that was skipped as
    /// if the clock had not been put forward. True if a row, null rows included, leaves the range.
    public boolean toUtc(MemorySegment micros, int rowCount, MemorySegment result) {
        long overflow = 0;
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            long value = micros.get(Layouts.LONG, at);
            long second = Math.floorDiv(value, CivilDates.MICROS_PER_SECOND);
            if (second < from || second >= until) {
                enterLocal(second);
            }
            long shifted = value - offset * CivilDates.MICROS_PER_SECOND;
            overflow |= (value ^ offset) & (value ^ shifted);
            result.set(Layouts.LONG, at, shifted);
        }
        return overflow < 0;
    }

    private void enterUtc(long second) {
        Instant instant = Instant.ofEpochSecond(second);
        offset = rules.getOffset(instant).getTotalSeconds();
        ZoneOffsetTransition before = rules.previousTransition(instant.plusSeconds(1));
        ZoneOffsetTransition after = rules.nextTransition(instant);
        from = before == null ? Long.MIN_VALUE : before.toEpochSecond();
        until = after == null ? Long.MAX_VALUE : after.toEpochSecond();
    }

    private void enterLocal(long second) {
        LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        ZoneOffsetTransition here = rules.getTransition(local);
        ZoneOffset valid = here == null ? rules.getOffset(local) : here.getOffsetBefore();
        offset = valid.getTotalSeconds();
        Instant instant = Instant.ofEpochSecond(second - offset);
        ZoneOffsetTransition before = here == null
                ? rules.previousTransition(instant.plusSeconds(1))
                : rules.previousTransition(here.getInstant());
        ZoneOffsetTransition after = here == null ? rules.nextTransition(instant) : here;
        from = before == null ? Long.MIN_VALUE : lastLocal(before);
        until = after == null ? Long.MAX_VALUE : lastLocal(after);
    }

    /// The local second at which a transition is over, whether it skips time or repeats it.
    private static long lastLocal(ZoneOffsetTransition transition) {
        int before = transition.getOffsetBefore().getTotalSeconds();
        int after = transition.getOffsetAfter().getTotalSeconds();
        return transition.toEpochSecond() + Math.max(before, after);
    }
}
