package io.lazuli.scheduler.internal.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A child of [LocalProcesses] that is neither scheduler nor worker: it lives, or dies as the file [#FATE] says.
final class DyingProcess {
    static final String FATE = "fate";
    /// A JVM may say such a thing.
    static final String WARNING = "[warning] 1 option is of no use";

    /// What becomes of it as a worker.
    enum Fate {
        LIVES,
        FILLS_ITS_HEAP,
        ENDS_AT_ONCE
    }

    private DyingProcess() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("scheduler")) {
            System.out.println(WARNING);
            System.out.println(LocalProcesses.LISTENS + 1);
        } else {
            Path folder = Path.of(System.getProperty("lazuli.spill-directory"));
            suffer(Fate.valueOf(Files.readString(folder.resolve(FATE))));
        }
        while (System.in.read() >= 0) {
            continue;
        }
    }

    private static void suffer(Fate fate) {
        switch (fate) {
            case LIVES -> {}
            case FILLS_ITS_HEAP -> {
                List<long[]> all = new ArrayList<>();
                while (all.size() < Integer.MAX_VALUE) {
                    all.add(new long[1 << 30]);
                }
            }
            case ENDS_AT_ONCE -> System.exit(7);
        }
    }
}
