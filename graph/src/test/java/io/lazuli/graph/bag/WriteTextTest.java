package io.lazuli.graph.bag;

import static io.lazuli.graph.bag.Engines.here;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteTextTest {
    @TempDir
    Path directory;

    private List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileForEachPartition() throws IOException {
        Path target = directory.resolve("new/folder");
        List<Path> files = here(Bag.of("a", "ä", "", "€").repartition(3)).writeText(target);

        assertThat(names(target)).containsExactly("part-000000.txt", "part-000001.txt", "part-000002.txt");
        assertThat(files).extracting(file -> file.getFileName().toString()).isEqualTo(names(target));
        assertThat(here(Bag.readText(target.toString())).compute()).containsExactly("a", "ä", "", "€");
        assertThat(files.getFirst()).hasContent("a\n");
    }

    @Test
    void anEmptyPartitionIsAnEmptyFile() {
        List<Path> files = here(Bag.of(7).repartition(2)).writeText(directory);
        assertThat(files.stream().map(file -> file.toFile().length())).containsExactly(0L, 2L);
    }

    @Test
    void earlierFilesAreNotMixedWith() {
        here(Bag.of("a")).writeText(directory);
        assertThatThrownBy(() -> here(Bag.of("b")).writeText(directory)).hasMessage(
                "Folder '%s' already has 'part-000000.txt' of an earlier writeText. Choose an empty folder, or delete its part files.",
                directory);
    }

    @Test
    void aTaskThatFailsLeavesNothingHalfWritten() throws IOException {
        Bag<String> bag = here(Bag.from(Arrays.asList("a", null), 1));
        assertThatThrownBy(() -> bag.writeText(directory)).hasMessageContaining(
                "writeText cannot write element 1 of partition 0: it is null. Map it to a text, or remove it, before.");
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeIsAnError() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> here(Bag.of("a")).writeText(file.resolve("folder")))
                .hasMessageStartingWith("Writing '%s' failed: ", file.resolve("folder"));
    }
}
