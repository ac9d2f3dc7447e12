package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.io.JsonReadOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Engine;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;

/// The reader of [HostileTextTest], in a process of its own with little memory.
final class HostileText {
    private HostileText() {}

    /// Arguments: files to read. Prints for each, in one line, its error or how many rows it has.
    public static void main(String[] paths) {
        EngineOptions options = EngineOptions.defaults().withThreads(1).withBufferBytes(64 << 20);
        try (Engine engine = LocalEngine.open(options)) {
            for (String path : paths) {
                System.out.println(outcome(engine, path));
            }
        }
    }

    private static String outcome(Engine engine, String path) {
        try {
            DataFrame frame = path.contains(".json")
                    ? DataFrame.readJson(path, JsonReadOptions.DEFAULTS.withType("a", DataType.UTF8))
                    : DataFrame.readCsv(path, CsvReadOptions.DEFAULTS.withType("a", DataType.UTF8));
            return "%d rows".formatted(frame.withEngine(engine).filter(
                    col("a").isNotNull()).count());
        } catch (LazuliException e) {
            return e.code() + " " + e.getMessage().lines().findFirst().orElse("");
        }
    }
}
