package io.lazuli.dataframe.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Reads and writes whole tables of Java values, checking on the way what every reader promises. Ends at the memory baseline.
public final class Scans {
    private static final long LIMIT = 1L << 28;

    private Scans() {}

    /// All columns of a source.
    public static List<List<Object>> rows(Source source) {
        return rows(source, IntStream.range(0, source.schema().size()).boxed().toList());
    }

    public static List<List<Object>> rows(Source source, List<Integer> columns) {
        ScanRequest request = request(columns);
        return rows(source, request, source.splits(request));
    }

    public static List<List<Object>> rows(Source source, ScanRequest request, List<? extends Split> splits) {
        List<List<Object>> rows = new ArrayList<>();
        for (Split split : splits) {
            try (MemoryAccountant accountant = MemoryAccountant.create(LIMIT);
                    Reservation memory = accountant.reserve("scan", 0)) {
                read(source, request, split, memory, rows);
            }
        }
        return rows;
    }

    private static void read(
            Source source, ScanRequest request, Split split, Reservation memory, List<List<Object>> rows) {
        Scratch scratch = new Scratch(memory);
        try (BatchReader reader = source.open(split, request, scratch)) {
            for (Optional<Batch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
                assertThat(batch.get().rowCount()).isBetween(1, Batch.ROWS);
                assertThat(batch.get().columns().stream().map(Column::type))
                        .isEqualTo(source.schema().select(request.columns()).types());
                rows.addAll(TestColumns.rows(batch.get()));
                scratch.reset();
            }
            assertThat(reader.next()).isEmpty();
        }
    }

    public static ScanRequest request(List<Integer> columns) {
        return new ScanRequest(columns, Optional.empty());
    }

    public static ScanRequest request(List<Integer> columns, BoundExpr predicate) {
        return new ScanRequest(columns, Optional.of(predicate));
    }

    /// Writes all rows in batches of `batchRows`, and commits.
    public static void write(TableWriter writer, Schema schema, List<? extends List<?>> rows, int batchRows) {
        try (writer) {
            for (int start = 0; start < rows.size(); start += batchRows) {
                writeBatch(writer, schema, rows.subList(start, Math.min(rows.size(), start + batchRows)));
            }
            writer.commit();
        }
    }

    private static void writeBatch(TableWriter writer, Schema schema, List<? extends List<?>> rows) {
        try (TestColumns columns = TestColumns.open()) {
            List<Column> batch = new ArrayList<>();
            for (int c = 0; c < schema.size(); c++) {
                List<Object> values = new ArrayList<>();
                for (List<?> row : rows) {
                    values.add(row.get(c));
                }
                batch.add(columns.of(schema.field(c).type(), values));
            }
            writer.write(columns.batch(batch.toArray(Column[]::new)));
        }
    }
}
