package io.lazuli.graph.error;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What somebody may have meant who wrote a name that does not exist.
public final class Suggestions {
    private static final int SHOWN = 20;

    private Suggestions() {}

    /// The available name with the fewest edits, if they are at most a third of its length.
    public static Optional<String> closest(String name, List<String> available) {
        return available.stream()
                .min(Comparator.comparingInt(other -> distance(name, other)))
                .filter(other -> distance(name, other) <= Math.max(1, Math.max(name.length(), other.length()) / 3));
    }

    /// Names for people: the first twenty, and how many more.
    public static String list(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.size() <= SHOWN ? first : first + " and %d more".formatted(names.size() - SHOWN);
    }

    /// Edits (insert, remove, replace, swap neighbours) between two names, ignoring case: Damerau's distance in its restricted
    /// form, https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance.
    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[][] edits = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cell(edits, left, right, i, j);
            }
        }
        return edits[left.length()][right.length()];
    }

    private static int cell(int[][] edits, String left, String right, int i, int j) {
        int replaced = edits[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
