package io.lazuli.ml.neighbors;

/// Parts rows at a place of their order by a value, without putting them in order.
///
/// **Source.** Hoare, "Algorithm 65: Find" (1961).
final class Median {
    private Median() {}

    /// Moves rows from `start` to before `end` such that none before `place` has a greater value than one from there on.
    static void part(double[] values, int[] rows, int start, int end, int place) {
        int low = start;
        int high = end - 1;
        while (low < high) {
            double pivot = ofThree(values[rows[low]], values[rows[(low + high) >>> 1]], values[rows[high]]);
            int left = low;
            int right = high;
            while (left <= right) {
                while (values[rows[left]] < pivot) {
                    left++;
                }
                while (values[rows[right]] > pivot) {
                    right--;
                }
                if (left <= right) {
                    int row = rows[left];
                    rows[left++] = rows[right];
                    rows[right--] = row;
                }
            }
            if (place <= right) {
                high = right;
            } else if (place >= left) {
                low = left;
            } else {
                return;
            }
        }
    }

    private static double ofThree(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
