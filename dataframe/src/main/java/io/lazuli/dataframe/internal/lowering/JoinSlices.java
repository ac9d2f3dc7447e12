package io.lazuli.dataframe.internal.lowering;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How the two sides of a join come to have rows with equal keys in the same partition: which of them move, by the hash of which
/// of their key columns, into how many partitions. A side that is partitioned by some of its keys already stays, and the other
/// one follows it; where both are, alike, neither moves.
///
/// @param leftKeys  of the left side's columns
/// @param rightKeys as many, that equal them
record JoinSlices(
        List<Integer> leftKeys, List<Integer> rightKeys, boolean movesLeft, boolean movesRight, int count) {
    /// @param count of partitions if both sides move
    static JoinSlices of(
            OpenPipeline left, List<Integer> leftKeys, OpenPipeline right, List<Integer> rightKeys, int count) {
        Optional<List<Integer>> leftChoice = keysOf(left, leftKeys);
        if (leftChoice.isPresent()) {
            List<Integer> followers = pick(rightKeys, leftChoice.get());
            return new JoinSlices(
                    pick(leftKeys, leftChoice.get()), followers, false,
                    !isThere(right, followers, left.partitionCount()), left.partitionCount());
        }
        Optional<List<Integer>> rightChoice = keysOf(right, rightKeys);
        return rightChoice
                .map(chosen -> new JoinSlices(
                        pick(leftKeys, chosen), pick(rightKeys, chosen), true, false, right.partitionCount()))
                .orElseGet(() -> new JoinSlices(leftKeys, rightKeys, true, true, count));
    }

    /// The same with the sides in each other's place.
    JoinSlices swapped() {
        return new JoinSlices(rightKeys, leftKeys, movesRight, movesLeft, count);
    }

    /// Which of the keys a side is partitioned by, if by nothing else.
    private static Optional<List<Integer>> keysOf(OpenPipeline side, List<Integer> keys) {
        return side.partitioning().flatMap(known -> known.moved(keys::indexOf)).map(Partitioning::columns);
    }

    private static boolean isThere(OpenPipeline side, List<Integer> keys, int count) {
        return side.partitionCount() == count
                && side.partitioning().map(known -> known.columns().equals(keys)).orElse(false);
    }

    private static List<Integer> pick(List<Integer> keys, List<Integer> chosen) {
        return IntStream.range(0, chosen.size()).mapToObj(i -> keys.get(chosen.get(i))).toList();
    }
}
