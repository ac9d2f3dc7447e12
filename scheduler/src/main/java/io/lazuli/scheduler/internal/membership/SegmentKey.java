package io.lazuli.scheduler.internal.membership;

import java.util.Comparator;

/// Names a value of the journal: `epoch.number.kind@job`. Hazelcast spreads keys by what stands behind the `@`, so a job's
/// journal lives, and is lost, as a whole.
///
/// @param epoch  of the leader who wrote it: two who both think that they lead write beside each other
/// @param number of the values that this leader wrote for this job, from 0
record SegmentKey(int epoch, long number, Kind kind, String job) implements Comparable<SegmentKey> {
    enum Kind {
        /// Goes on in the next value.
        PART('p'),
        /// The end of a batch of facts.
        FACTS('f'),
        /// The end of a checkpoint: what is before it no longer counts.
        CHECKPOINT('c');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        private static Kind of(char letter) {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind of segment is called " + letter);
        }
    }

    private static final Comparator<SegmentKey> ORDER = Comparator.comparing(SegmentKey::job)
            .thenComparingInt(SegmentKey::epoch)
            .thenComparingLong(SegmentKey::number);

    static SegmentKey parse(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        return new SegmentKey(Integer.parseInt(text, 0, first, 10), Long.parseLong(text, first + 1, second, 10),
                Kind.of(text.charAt(second + 1)), text.substring(text.indexOf('@') + 1));
    }

    boolean isComplete() {
        return kind != Kind.PART;
    }

    /// Whether it is what `before` goes on in, or comes right after it.
    boolean follows(SegmentKey before) {
        return epoch == before.epoch && number == before.number + 1;
    }

    /// As messages call it.
    String segment() {
        return epoch + "." + number;
    }

    @Override
    public int compareTo(SegmentKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return epoch + "." + number + "." + kind.letter + "@" + job;
    }
}
