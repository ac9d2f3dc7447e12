package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.max;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Engine;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.tests.HostileFiles.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whole queries over files with a few bytes changed or cut off: pruned by damaged statistics, filtered, grouped. They give rows, or
/// one typed error that names the file; mutation number n is the same in every run.
class MutatedFramesTest {
    private static final int MUTATIONS = 200;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void queriesAnswerOrRefuse(Format format) throws IOException {
        try (Engine engine = HostileFiles.engine(folder, 64 << 20)) {
            byte[] bytes = Files.readAllBytes(write(format, engine));
            int refused = 0;
            for (int n = 0; n < MUTATIONS; n++) {
                Path file = folder.resolve(format.file("mutated" + n));
                Files.write(file, mutated(bytes, new Random(n)));
                Optional<LazuliException> error = HostileFiles.refusal(() -> query(format.read(file, engine)));
                if (error.isPresent()) {
                    refused++;
                    // a damaged name or type is one that does not fit the query
                    boolean isOfPlan = error.get().code() == ErrorCode.USER;
                    assertThat(error.get().getMessage()).as("mutation %d", n)
                            .contains(isOfPlan ? "" : file.getFileName().toString());
                }
                HostileFiles.assertNothingHeld(engine, folder);
                Files.delete(file);
            }
            System.out.printf("%s: %d of %d mutations refused%n", format, refused, MUTATIONS);
            assertThat(refused).isBetween(MUTATIONS / 10, MUTATIONS);
        }
    }

    private Path write(Format format, Engine engine) throws IOException {
        StringBuilder csv = new StringBuilder("id,share,name,day,at\n");
        for (int i = 0; i < 500; i++) {
            csv.append(i).append(',').append(i / 8.0).append(",näme ").append(i % 20).append(",2024-02-")
                    .append(10 + i % 20).append(",2024-02-03 04:05:").append(10 + i % 50).append('\n');
        }
        Path source = Files.writeString(folder.resolve("source.txt"), csv);
        Path file = folder.resolve(format.file("good"));
        format.write(Format.CSV.read(source, engine), file);
        return file;
    }

    private static void query(DataFrame frame) {
        frame.filter(col("id").cast(DataType.FLOAT64).ge(100).and(col("name").ne("näme 7")))
                .groupBy(col("name").str().upper().as("name"))
                .agg(count(), sum("share").as("share"), max("day").as("day"), max("at").as("at"))
                .sort("name")
                .count();
        frame.filter(col("id").cast(DataType.FLOAT64).lt(50)).toArrow(OutputStream.nullOutputStream());
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        if (random.nextInt(12) == 0) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        byte[] changed = bytes.clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int near = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 1500);
            int at = random.nextBoolean() ? random.nextInt(near) : bytes.length - 1 - random.nextInt(near);
            changed[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : changed[at] ^ 1 << random.nextInt(8));
        }
        return changed;
    }
}
