package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.graph.Engine;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.tests.HostileFiles.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files of one pattern that do not go together: the error names both, the column, and what each has.
class MixedSchemasTest {
    @TempDir
    Path folder;

    private Engine engine;

    @BeforeEach
    void open() {
        engine = HostileFiles.engine(folder, 64 << 20);
    }

    @AfterEach
    void close() {
        HostileFiles.assertNothingHeld(engine, folder);
        engine.close();
    }

    private Path write(Format format, String name, String csv) throws IOException {
        Path source = Files.writeString(folder.resolve("source.txt"), csv);
        Path file = folder.resolve(format.file(name));
        if (format == Format.CSV) {
            return Files.move(source, file);
        }
        format.write(Format.CSV.read(source, engine), file);
        return file;
    }

    private DataFrame readAll(Format format) {
        return format.read(folder.resolve(format.file("part-*")), engine);
    }

    @ParameterizedTest
    @EnumSource
    void missingColumn(Format format) throws IOException {
        Path first = write(format, "part-1", "id,name,age\n1,one,10\n");
        Path other = write(format, "part-2", "id,name,size\n2,two,20\n");
        HostileFiles.assertRefused(ErrorCode.DATA, () -> readAll(format).count(), first.toString(), other.toString(),
                "age",
                "same columns");
    }

    @ParameterizedTest
    @EnumSource
    void otherOrderOfColumns(Format format) throws IOException {
        Path first = write(format, "part-1", "id,name\n1,one\n");
        Path other = write(format, "part-2", "name,id\ntwo,2\n");
        if (format == Format.JSON || format == Format.PARQUET) {
            assertThat(readAll(format).sort("id").compute().stringColumn("name").asList()).containsExactly("one",
                    "two");
        } else {
            HostileFiles.assertRefused(ErrorCode.DATA, () -> readAll(format).compute(), first.toString(),
                    other.toString(), "name");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARQUET", "ARROW"})
    void otherType(Format format) throws IOException {
        Path first = write(format, "part-1", "id,size\n1,10\n");
        Path other = write(format, "part-2", "id,size\n2,large\n");
        HostileFiles.assertRefused(ErrorCode.DATA, () -> readAll(format).compute(), first.toString(), other.toString(),
                "size", "INT", "UTF8");
    }

    /// Texts have no types: the widest of the samples is taken, and a file that nobody looked at is refused where it does not fit.
    @Test
    void otherTypeInATextThatWasNotSampled() throws IOException {
        for (int part = 0; part < 9; part++) {
            write(Format.CSV, "part-" + part, "id,size\n1,10\n2,%s\n".formatted(part == 6 ? "large" : "20"));
        }
        HostileFiles.assertRefused(ErrorCode.DATA, () -> readAll(Format.CSV).compute(),
                "Line 3 of CSV file '" + folder.resolve("part-6.csv")
                        + "' has 'large' in column 'size', which is not INT");
    }

    @ParameterizedTest
    @EnumSource
    void emptyFile(Format format) throws IOException {
        write(format, "part-1", "id,name\n1,one\n");
        Path empty = Files.write(folder.resolve(format.file("part-2")), new byte[0]);
        if (format == Format.JSON) {
            assertThat(readAll(format).count()).isEqualTo(1);
        } else {
            HostileFiles.assertRefused(ErrorCode.DATA, () -> readAll(format).compute(), empty.toString());
        }
    }

    @Test
    void aFolderAndABrokenLinkAmongTheFiles() throws IOException {
        write(Format.CSV, "part-1", "id,name\n1,one\n");
        Files.createDirectory(folder.resolve("part-2.csv"));
        Files.createSymbolicLink(folder.resolve("part-3.csv"), folder.resolve("nowhere.csv"));
        assertThat(readAll(Format.CSV).count()).isEqualTo(1);
        HostileFiles.assertRefused(ErrorCode.USER, () -> DataFrame.readCsv(folder.resolve("part-3.csv").toString()),
                "part-3.csv", "No file or folder");
    }

    @Test
    void aFileAmongOthersWhoseLinesDiffer() throws IOException {
        Files.writeString(folder.resolve("part-1.csv"), "id,name\n1,one\n2,two\n");
        Files.writeString(folder.resolve("part-2.csv"), "id,name\n3,three\n4,four,5\n");
        CsvReadOptions options = CsvReadOptions.DEFAULTS.withPathColumn("file");
        HostileFiles.assertRefused(ErrorCode.DATA,
                () -> DataFrame.readCsv(folder + "/part-*.csv", options).withEngine(engine).compute(),
                "Line 3 of CSV file '" + folder.resolve("part-2.csv") + "' has more than 2 fields");
    }
}
