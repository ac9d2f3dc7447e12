package io.lazuli.scheduler.simulation;

import java.util.List;

/// How bad things are until the faults stop. Rates are per second of virtual time, chances per packet or file.
///
/// @param endNanos  when all faults stop
/// @param drop      chance that a packet is lost
/// @param duplicate chance that it comes twice
/// @param delayNanos    what a packet takes at least
/// @param jitterNanos   what it takes on top, on average
/// @param outageNanos   how long a partition, a clog, a freeze or a restart takes, on average
record Weather(
        Kind kind,
        long endNanos,
        double drop,
        double duplicate,
        long delayNanos,
        long jitterNanos,
        long outageNanos,
        double crashes,
        double freezes,
        double partitions,
        double clogs,
        double diskTroubles) {
    enum Kind {
        /// Nothing ever goes wrong.
        CALM,
        /// Packets are lost, doubled and overtake one another.
        NOISY,
        /// One kind of fault, often.
        SQUALL,
        /// All kinds.
        STORM
    }

    static Weather draw(Dice dice, boolean isHasty) {
        long delay = dice.pick(List.of(Times.MICROSECOND, 200 * Times.MICROSECOND, 10 * Times.MILLISECOND));
        long outage = (isHasty ? Times.SECOND : 10 * Times.SECOND) * dice.between(1, 4);
        long end = (isHasty ? 10 : 60) * Times.SECOND;
        int roll = dice.below(100);
        if (roll < 25) {
            return new Weather(Kind.CALM, 0, 0, 0, delay, delay, outage, 0, 0, 0, 0, 0);
        }
        double drop = dice.pick(List.of(0.001, 0.02, 0.2));
        double duplicate = dice.pick(List.of(0.0, 0.02, 0.2));
        long jitter = delay * dice.pick(List.of(1, 10, 100));
        if (roll < 45) {
            return new Weather(Kind.NOISY, end, drop, duplicate, delay, jitter, outage, 0, 0, 0, 0, 0);
        }
        double[] rates = new double[5];
        for (int i = 0; roll >= 75 && i < rates.length; i++) {
            rates[i] = dice.pick(List.of(0.0, 0.03, 0.1, 0.3));
        }
        if (roll < 75) {
            rates[dice.below(rates.length)] = dice.pick(List.of(0.1, 0.3, 1.0));
        }
        double slower = isHasty ? 1 : 0.2;
        return new Weather(
                roll < 75 ? Kind.SQUALL : Kind.STORM, end, drop, duplicate, delay, jitter, outage,
                rates[0] * slower, rates[1] * slower, rates[2] * slower, rates[3] * slower, rates[4] * slower);
    }
}
