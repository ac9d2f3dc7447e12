package io.lazuli.scheduler.internal.code;

import io.lazuli.scheduler.internal.Errors;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The jars that a worker runs with, by content: whoever sends a program need not send these. Safe for use by many threads.
///
/// **Cost**: hashes all of them when it is first asked, about a second for 400 MB.
public final class Distribution {
    private final List<Path> jars;
    /// Null until somebody asks.
    private @Nullable Map<CodeHash, Path> byHash;

    private Distribution(List<Path> jars) {
        this.jars = jars;
    }

    /// The jars of this process's class path.
    public static Distribution ofThisProcess() {
        return of(Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .filter(Files::isRegularFile)
                .toList());
    }

    static Distribution of(List<Path> jars) {
        return new Distribution(List.copyOf(jars));
    }

    /// The jar of this content, if it is one of them. Errors: RESOURCE if a jar cannot be read.
    synchronized Optional<Path> find(CodeHash hash) {
        if (byHash == null) {
            byHash = hashAll();
        }
        return Optional.ofNullable(byHash.get(hash));
    }

    private Map<CodeHash, Path> hashAll() {
        Map<CodeHash, Path> hashes = new HashMap<>();
        for (Path jar : jars) {
            try (InputStream bytes = Files.newInputStream(jar)) {
                hashes.putIfAbsent(CodeHash.of(bytes), jar);
            } catch (IOException e) {
                throw Errors.unreadableCode(e);
            }
        }
        return hashes;
    }
}
