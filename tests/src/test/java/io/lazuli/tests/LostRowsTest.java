package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.median;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.Engine;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import io.lazuli.scheduler.internal.local.LeakyCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A job over many exchanges in which one row gets lost, comes twice or goes astray between a producer and a consumer: whichever it
/// is, the job ends in an error that names the exchange, and never in a wrong answer.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostRowsTest {
    private static final int ROWS = 3_000;
    private static final int FAULTS_OF_A_KIND = 25;
    private static final long BUFFER_BYTES = 64 << 20;
    private static final long SEED = 20_261_122;

    @TempDir
    Path folder;

    private DataFrame left;
    private DataFrame right;

    private enum Fault {
        LOST,
        TWICE,
        ASTRAY;

        /// The cuts of the block in which it happens to a slice; empty if it cannot.
        Optional<long[]> cuts(long[] cuts, int slice) {
            if (cuts.length == 0 || cuts[slice] == cuts[slice + 1]) {
                return Optional.empty();
            }
            long[] changed = cuts.clone();
            switch (this) {
                case LOST -> {
                    for (int i = slice + 1; i < cuts.length; i++) {
                        changed[i]--;
                    }
                }
                case TWICE -> {
                    if (slice == 0 || cuts[slice - 1] == cuts[slice]) {
                        return Optional.empty();
                    }
                    changed[slice]--;
                }
                case ASTRAY -> {
                    if (slice + 2 == cuts.length) {
                        return Optional.empty();
                    }
                    changed[slice + 1]--;
                }
            }
            return Optional.of(changed);
        }
    }

    /// Lets all pass, and notes what it sees.
    private static final class Record implements LeakyCluster.Leak {
        private final List<Place> places = new ArrayList<>();

        private record Place(String consumer, int slice, long[] cuts) {}

        @Override
        public Block carry(String consumer, int slice, Block block) {
            places.add(new Place(consumer, slice, block.cuts()));
            return block;
        }
    }

    /// Changes the block that comes at a place. What goes astray does so for all who take slices of it.
    private record Change(Record.Place place, Fault fault, long[] changed) implements LeakyCluster.Leak {
        @Override
        public Block carry(String consumer, int slice, Block block) {
            boolean isIt = consumer.equals(place.consumer())
                    && Arrays.equals(block.cuts(), place.cuts())
                    && (fault == Fault.ASTRAY || slice == place.slice());
            if (!isIt) {
                return block;
            }
            Block other = Block.partitioned(changed[changed.length - 1], block.header(), block.buffers(), changed);
            block.release();
            return other;
        }
    }

    @BeforeEach
    void write() throws IOException {
        Random random = new Random(SEED);
        left = table("left", random).repartition(4);
        right = table("right", random).repartition(3);
    }

    /// As Parquet, which tells how many rows there are: a sort of so few is cut into ranges only if that is certain.
    private DataFrame table(String name, Random random) throws IOException {
        StringBuilder text = new StringBuilder("k,g,v\n");
        for (int i = 0; i < ROWS; i++) {
            text.append(random.nextInt(ROWS)).append(",g").append(random.nextInt(50)).append(',')
                    .append(random.nextInt(1_000_000)).append('\n');
        }
        String file = folder.resolve(name + ".parquet").toString();
        DataFrame.readCsv(Files.writeString(folder.resolve(name + ".csv"), text).toString()).writeParquet(file);
        return DataFrame.readParquet(file);
    }

    private DataFrame question(Engine engine) {
        DataFrame joined = left.fullJoin(right).withSuffix("_right").on("k").withEngine(engine);
        DataFrame grouped = joined.repartition(5).groupBy("g").agg(sum("v").as("sum"), median("v_right").as("middle"));
        DataFrame counted = left.withEngine(engine).groupBy("g").agg(count().as("sum"), median("k").as("middle"));
        DataFrame sorted = left.concat(right).withEngine(engine).sort("v", "k", "g")
                .withColumns(col("v").shift(1).as("before"))
                .groupBy("g").agg(sum("before").as("sum"), median("k").as("middle"));
        return grouped.concat(counted, sorted).repartition(3).sort("sum", "g", "middle");
    }

    private List<List<Object>> answer(LeakyCluster.Leak leak) {
        try (Engine engine = LeakyCluster.open(folder, BUFFER_BYTES, leak)) {
            return Rows.of(question(engine).compute());
        }
    }

    @Test
    void aRowThatIsNotWhereItBelongs_endsTheJobWithTheExchangeAndTheCounts() {
        Record record = new Record();
        List<List<Object>> expected = answer(record);
        try (LocalEngine other = LocalEngine.open(EngineOptions.defaults().withThreads(2))) {
            Rows.assertEqual(expected, Rows.of(question(other).compute()));
        }
        Set<String> exchanges = new HashSet<>();
        Random random = new Random(SEED);
        for (Fault fault : Fault.values()) {
            for (int n = 0; n < FAULTS_OF_A_KIND; n++) {
                Change change = change(record.places, fault, random);
                exchanges.add(change.place().consumer());
                assertThatThrownBy(() -> answer(change))
                        .as("%s in slice %d of '%s'", fault, change.place().slice(), change.place().consumer())
                        .isInstanceOfSatisfying(LazuliException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
                        .hasMessageContaining("Layer '" + change.place().consumer() + "' took ")
                        .hasMessageContaining("of its exchange, but its producers put");
            }
        }
        assertThat(exchanges).hasSizeGreaterThanOrEqualTo(4)
                .isEqualTo(Set.copyOf(record.places.stream().map(Record.Place::consumer).toList()));
    }

    private static Change change(List<Record.Place> places, Fault fault, Random random) {
        while (true) {
            Record.Place place = places.get(random.nextInt(places.size()));
            Optional<long[]> changed = fault.cuts(place.cuts(), place.slice());
            if (changed.isPresent()) {
                return new Change(place, fault, changed.get());
            }
        }
    }
}
