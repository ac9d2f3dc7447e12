package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Engine;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.tests.HostileFiles.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A file that is not what it was when the frame was built is refused, also if it changes while it is read: never wrong rows, never
/// a crash.
class ChangedFilesTest {
    /// Several windows of text, row groups and record batches.
    private static final int ROWS = 120_000;

    @TempDir
    Path folder;

    private Engine engine;

    /// Ways to change a file.
    enum Change {
        DELETED,
        TRUNCATED,
        EMPTIED,
        LONGER,
        REWRITTEN,
        REPLACED;

        void make(Path file) {
            try {
                byte[] bytes = Files.readAllBytes(file);
                FileTime later = FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() + 2000);
                switch (this) {
                    case DELETED -> Files.delete(file);
                    case TRUNCATED -> Files.write(file, HostileFiles.half(bytes));
                    case EMPTIED -> Files.write(file, new byte[0]);
                    case LONGER -> Files.write(file, bytes, StandardOpenOption.APPEND);
                    case REWRITTEN -> {
                        bytes[bytes.length / 2] ^= 1;
                        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
                        Files.setLastModifiedTime(file, later);
                    }
                    case REPLACED -> {
                        Path other = Files.write(file.resolveSibling("other"), bytes);
                        Files.setLastModifiedTime(other, later);
                        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void open() {
        engine = HostileFiles.engine(folder, 128 << 20);
    }

    @AfterEach
    void close() {
        HostileFiles.assertNothingHeld(engine, folder);
        engine.close();
    }

    private Path write(Format format) throws IOException {
        StringBuilder csv = new StringBuilder("id,name\n");
        for (int i = 0; i < ROWS; i++) {
            csv.append(i).append(",name number ").append(i).append('\n');
        }
        Path source = Files.writeString(folder.resolve("source.csv"), csv);
        Path file = folder.resolve(format.file("table"));
        if (format == Format.CSV) {
            return Files.move(source, file);
        }
        format.write(Format.CSV.read(source, engine), file);
        return file;
    }

    @ParameterizedTest
    @EnumSource
    void betweenPlanAndScan(Format format) throws IOException {
        Path file = write(format);
        byte[] bytes = Files.readAllBytes(file);
        for (Change change : Change.values()) {
            Files.write(file, bytes);
            DataFrame frame =
                    format.read(file, engine).agg(sum("id").as("total"), sum(col("name").str().length()).as("n"));
            change.make(file);
            ErrorCode code = change == Change.DELETED ? ErrorCode.USER : ErrorCode.DATA;
            HostileFiles.assertRefused(code, frame::compute, file.toString(),
                    change == Change.DELETED ? "No file or folder at" : "changed after the plan was built");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whileItIsRead(Format format) throws IOException {
        Path file = write(format);
        byte[] bytes = Files.readAllBytes(file);
        for (Change change : Change.values()) {
            Files.write(file, bytes);
            AtomicBoolean isChanged = new AtomicBoolean();
            DataFrame frame = format.read(file, engine)
                    .select(col("id").cast(DataType.LONG).mapLong("change", id -> {
                        if (isChanged.compareAndSet(false, true)) {
                            change.make(file);
                        }
                        return id;
                    }).as("id"), col("name"))
                    .agg(sum("id").as("total"), sum(col("name").str().length()).as("n"));
            LazuliException error = HostileFiles.refusal(frame::compute)
                    .orElseThrow(() -> new AssertionError(change + " went unnoticed"));
            assertThat(error.getMessage()).as("%s", change).contains(file.toString());
            assertThat(error.code()).as(error.getMessage()).isIn(ErrorCode.DATA, ErrorCode.USER);
        }
    }
}
