package io.lazuli.ml.neighbors;

/// How much each of the nearest rows counts.
public enum NeighborWeights {
    /// All alike.
    UNIFORM,
    /// The inverse of its distance. Where there are rows without distance, these alone count.
    DISTANCE;

    /// Of rows that are there, the nearest first.
    void write(double[] distances, int count, double[] into) {
        boolean isHit = count > 0 && distances[0] == 0;
        for (int i = 0; i < count; i++) {
            into[i] = switch (this) {
                case UNIFORM -> 1;
                case DISTANCE -> isHit ? hit(distances[i]) : distances[0] / distances[i];
            };
        }
    }

    private static double hit(double distance) {
        return distance == 0 ? 1 : 0;
    }
}
