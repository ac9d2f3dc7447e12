package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.BoundExpr.And;
import io.lazuli.dataframe.internal.expression.BoundExpr.Or;
import io.lazuli.dataframe.internal.parquet.ParquetFile.RowGroup;
import io.lazuli.dataframe.internal.parquet.PageBounds.Page;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/// Tells from the page index which rows of a row group may satisfy a predicate.
///
/// ```
///   a > 7 and b = 'x'    pages of a   [0..5] [3..9] [8..9]        rows ▷ ....██████
///                        pages of b   ['p'..'z'] ['a'..'c']            ▷ █████.....
///                                                                 both ▷ ....█.....
/// ```
///
/// Each part of the predicate over one column rules out pages of that column; pages of different columns end at different
/// rows, so what is left are rows. The index of a column is read once, when a part asks for it.
final class PagePruning {
    private final ParquetFile file;
    private final FileChannel channel;
    private final RowGroup group;
    private final List<Integer> columns;
    private final Map<Integer, Optional<List<Page>>> pages = new HashMap<>();

    /// @param columns the requested columns, to which the predicate's inputs refer
    PagePruning(ParquetFile file, FileChannel channel, int rowGroup, List<Integer> columns) {
        this.file = file;
        this.channel = channel;
        this.group = file.rowGroups().get(rowGroup);
        this.columns = columns;
    }

    /// The rows that may satisfy the predicate.
    RowRanges rows(BoundExpr predicate) {
        return switch (predicate) {
            case And(BoundExpr left, BoundExpr right) -> rows(left).and(rows(right));
            case Or(BoundExpr left, BoundExpr right) -> rows(left).or(rows(right));
            case BoundExpr part -> rowsOfPart(part);
        };
    }

    private RowRanges rowsOfPart(BoundExpr part) {
        SortedSet<Integer> inputs = BoundExprs.inputs(part);
        boolean isOwn = inputs.size() == 1 && columns.get(inputs.first()) < file.columns().size();
        Optional<List<Page>> found = isOwn ? pages(columns.get(inputs.first())) : Optional.empty();
        if (found.isEmpty()) {
            return RowRanges.all(group.rowCount());
        }
        RowRanges rows = RowRanges.NONE;
        for (Page page : found.get()) {
            if (RowGroupPruning.mayMatch(part, input -> page.range(), page.end() - page.start())) {
                rows = rows.or(new RowRanges(new long[] {page.start(), page.end()}));
            }
        }
        return rows;
    }

    private Optional<List<Page>> pages(int column) {
        return pages.computeIfAbsent(column, c -> PageBounds.read(
                file, channel, file.columns().get(c), group.chunks().get(c), group.rowCount()));
    }
}
