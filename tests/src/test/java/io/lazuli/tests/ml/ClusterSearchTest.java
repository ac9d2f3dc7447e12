package io.lazuli.tests.ml;

import static io.lazuli.dataframe.Expressions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.Engine;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.GridSearch;
import io.lazuli.ml.SearchResult;
import io.lazuli.ml.linear.LinearModel;
import io.lazuli.ml.linear.Ridge;
import io.lazuli.ml.selection.KFold;
import io.lazuli.scheduler.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A search gives the same table on worker processes as on threads.
class ClusterSearchTest {
    @TempDir
    Path folder;

    private DataFrame frame() throws IOException {
        Path file = folder.resolve("rows.csv");
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder("a,b,c,y\n");
        for (int row = 0; row < 5000; row++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double c = random.nextGaussian();
            rows.append("%s,%s,%s,%s\n".formatted(a, b, c, 3 * a - b + a * c));
        }
        Files.writeString(file, rows);
        return DataFrame.readCsv(file.toString()).repartition(6);
    }

    private static SearchResult<LinearModel> search(DataFrame frame, Engine engine) {
        return GridSearch.of(new Ridge())
                .over(Ridge.ALPHA, 0.1, 10.0, 1000.0)
                .withSplitter(KFold.of(4).shuffled(7))
                .fit(Dataset.of(frame.withEngine(engine)).withTarget("y"));
    }

    @Test
    @Timeout(120)
    void tables_areTheSame() throws IOException {
        DataFrame frame = frame().filter(col("a").gt(-10));
        SearchResult<LinearModel> expected = search(frame, Cluster.local());
        try (Cluster cluster = Cluster.processes(2)) {
            SearchResult<LinearModel> result = search(frame, cluster);
            assertThat(result.rows()).isEqualTo(expected.rows());
            assertThat(result.model().coefficients()).containsExactly(expected.model().coefficients());
        }
    }
}
