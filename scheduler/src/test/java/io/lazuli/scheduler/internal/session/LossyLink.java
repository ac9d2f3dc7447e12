package io.lazuli.scheduler.internal.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Two ends of a session and a network between them that loses, doubles, delays and reorders packets.
final class LossyLink {
    static final SessionId ID = new SessionId(1, 0, 1);

    private record Flying(long nanos, boolean isToRight, Packet<Integer> packet) {}

    private final Random random;
    private final double loss;
    private final double duplication;
    private final long longestDelay;
    private final List<Flying> flying = new ArrayList<>();
    final Session<Integer, Integer> left;
    final Session<Integer, Integer> right;
    final List<Integer> heardLeft = new ArrayList<>();
    final List<Integer> heardRight = new ArrayList<>();
    long packetCount;
    long now;

    LossyLink(long seed, SessionOptions options, double loss, double duplication, long longestDelay) {
        this.random = new Random(seed);
        this.loss = loss;
        this.duplication = duplication;
        this.longestDelay = longestDelay;
        this.left = new Session<>(ID, options, 0);
        this.right = new Session<>(ID, options, 0);
    }

    /// Time goes on by `nanos`: what has arrived is heard, in any order, then both ends send what is due.
    void pass(long nanos) {
        now += nanos;
        List<Flying> arrived = new ArrayList<>(flying.stream().filter(f -> f.nanos <= now).toList());
        flying.removeAll(arrived);
        Collections.shuffle(arrived, random);
        for (Flying f : arrived) {
            if (f.isToRight) {
                right.receive(f.packet, now, heardRight::add);
            } else {
                left.receive(f.packet, now, heardLeft::add);
            }
        }
        left.transmit(now, packet -> fly(true, packet));
        right.transmit(now, packet -> fly(false, packet));
    }

    private void fly(boolean isToRight, Packet<Integer> packet) {
        packetCount++;
        for (int copies = random.nextDouble() < duplication ? 2 : 1; copies > 0; copies--) {
            if (random.nextDouble() >= loss) {
                flying.add(new Flying(now + random.nextLong(longestDelay + 1), isToRight, packet));
            }
        }
    }
}
