package io.lazuli.dataframe.internal.plan;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows of cells in columns: the first to the left, the others to the right.
public final class AlignedText {
    private static final String GAP = "  ";

    private AlignedText() {}

    /// One line a row, without spaces at its end and with a line feed. All rows have as many cells.
    public static String of(List<List<String>> rows) {
        int columns = rows.isEmpty() ? 0 : rows.getFirst().size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths) + "\n").collect(Collectors.joining());
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder(row.getFirst());
        line.append(" ".repeat(widths[0] - row.getFirst().length()));
        for (int column = 1; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(GAP).append(" ".repeat(widths[column] - cell.length())).append(cell);
        }
        return line.toString().stripTrailing();
    }
}
