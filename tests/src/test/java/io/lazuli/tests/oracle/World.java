package io.lazuli.tests.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Two random tables that many cases ask about, as they are in the oracle and in files.
///
/// @param queries the tables that were opened, by name: opening one reads its footers or samples
record World(List<Integer> choices, RandomTable main, RandomTable other, Path folder,
        Map<String, Query> queries) implements AutoCloseable {
    private static final int BIG_PERCENT = 8;

    static World create(Choices choices, OracleDatabase database, Engines engines) throws SQLException, IOException {
        boolean isBig = choices.chance(BIG_PERCENT);
        RandomTable main = RandomTable.draw("m", choices, isBig);
        RandomTable other = RandomTable.draw("n", choices, isBig && choices.chance(50));
        World world = new World(
                choices.made(), main, other, Files.createTempDirectory("lazuli-oracle"), new HashMap<>());
        main.create(database, world.folder, engines.writer());
        other.create(database, world.folder, engines.writer());
        return world;
    }

    boolean isBig() {
        return main.rowCount() >= RandomTable.BIG;
    }

    RandomTable draw(Choices choices) {
        return choices.chance(30) ? other : main;
    }

    Query query(RandomTable table) {
        return queries.computeIfAbsent(table.name(), name -> table.query(folder));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Override
    public String toString() {
        return main + "\n" + other;
    }
}
