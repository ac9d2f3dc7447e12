package io.lazuli.tests.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Compares the rows of two answers, as lists where the query has an order, else as multisets. 0.0 is -0.0, NaN is NaN; rounded
/// columns are equal up to the tolerance that the expected row has behind its cells.
final class Answers {
    private static final int SHOWN = 5;

    private final List<Attribute> columns;
    private final boolean isOrdered;
    /// Where the tolerance of a column stands in expected rows, or -1.
    private final int[] tolerances;

    Answers(List<Attribute> columns, boolean isOrdered) {
        this.columns = columns;
        this.isOrdered = isOrdered;
        this.tolerances = new int[columns.size()];
        int next = columns.size();
        for (int c = 0; c < tolerances.length; c++) {
            tolerances[c] = columns.get(c).isKey() ? -1 : next++;
        }
    }

    /// What differs, with the first rows that do; empty if nothing does.
    Optional<String> difference(List<Object[]> expected, List<Object[]> actual) {
        if (expected.size() != actual.size()) {
            return Optional.of("%d rows, expected %d%n%s".formatted(
                    actual.size(), expected.size(), onlyIn(expected, actual)));
        }
        List<Object[]> these = inOrder(expected);
        List<Object[]> those = inOrder(actual);
        List<String> differences = new ArrayList<>();
        for (int row = 0; row < these.size() && differences.size() < SHOWN; row++) {
            if (!isEqual(these.get(row), those.get(row))) {
                differences.add("  row %d: %s%n  expected %s".formatted(
                        row, show(those.get(row)), show(these.get(row))));
            }
        }
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", differences));
    }

    private String onlyIn(List<Object[]> expected, List<Object[]> actual) {
        return "  expected first %s%n  found first    %s".formatted(
                inOrder(expected).stream().limit(SHOWN).map(this::show).toList(),
                inOrder(actual).stream().limit(SHOWN).map(this::show).toList());
    }

    private String show(Object[] row) {
        return Arrays.toString(Arrays.copyOf(row, row.length));
    }

    private List<Object[]> inOrder(List<Object[]> rows) {
        return isOrdered ? rows : rows.stream().sorted(byCells()).toList();
    }

    /// Exact columns first, so that rounding changes no place.
    private Comparator<Object[]> byCells() {
        int[] order = IntStream.range(0, columns.size())
                .boxed()
                .sorted(Comparator.comparing(c -> tolerances[c] >= 0))
                .mapToInt(c -> c)
                .toArray();
        return (left, right) -> {
            for (int c : order) {
                int compared = compare(left[c], right[c]);
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
    }

    private static int compare(Object left, Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        return switch (left) {
            case Boolean b -> b.compareTo((Boolean) right);
            case Long l -> l.compareTo((Long) right);
            // + 0.0 makes 0.0 of -0.0
            case Double d -> Double.compare(d + 0.0, (Double) right + 0.0);
            default -> ((String) left).compareTo((String) right);
        };
    }

    private boolean isEqual(Object[] expected, Object[] actual) {
        for (int c = 0; c < tolerances.length; c++) {
            boolean equal = tolerances[c] < 0 || expected[c] == null || actual[c] == null
                    ? compare(expected[c], actual[c]) == 0
                    : isNear((Double) expected[c], (Double) actual[c], tolerance(expected, c));
            if (!equal) {
                return false;
            }
        }
        return true;
    }

    /// Answers of Lazuli alone have none: they are bit-equal.
    private double tolerance(Object[] expected, int column) {
        int index = tolerances[column];
        return index < expected.length && expected[index] != null ? (Double) expected[index] : 0;
    }

    private static boolean isNear(double expected, double actual, double tolerance) {
        return compare(expected, actual) == 0
                || tolerance == Double.POSITIVE_INFINITY
                || Math.abs(expected - actual) <= tolerance;
    }
}
