package io.lazuli.scheduler.internal.code;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.file.ProcessDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The code of users' programs in a worker: bundles by content, in a private directory `lazuli-code-PID-N`, and a class loader for
/// each program that is in use.
///
/// ```
///   lease(hashes) --> lacking() --> receive(hash, bytes) ... --> loader() ... --> close()
/// ```
///
/// A bundle is kept as long as a lease names it, and a loader as long as a lease of its list is open; equal lists share one. So
/// who wants a client's next job to find its code holds a lease until that client leaves, besides one for each job.
///
/// Whoever runs tasks of a program sets the loader as the thread's context class loader meanwhile: `ServiceLoader` and many
/// libraries look there.
///
/// Safe for use by many threads.
public final class CodeStore implements AutoCloseable {
    /// A bundle that somebody has a lease of.
    private static final class Held {
        private int leases;
        /// Null until it has arrived.
        private @Nullable Path file;
        private long bytes;
    }

    /// A list of bundles that somebody has a lease of.
    private static final class Program {
        private int leases;
        /// Null until somebody asks.
        private @Nullable BundleLoader loader;
    }

    private final ProcessDirectory directory;
    private final long limitBytes;
    private final Distribution distribution;
    private final ClassLoader parent;
    private final Map<CodeHash, Held> held = new HashMap<>();
    private final Map<List<CodeHash>, Program> programs = new HashMap<>();
    /// Of files in the directory, also those on their way: at most `limitBytes`.
    private long usedBytes;
    private long fileCount;
    private boolean isClosed;

    private CodeStore(ProcessDirectory directory, long limitBytes, Distribution distribution, ClassLoader parent) {
        this.directory = directory;
        this.limitBytes = limitBytes;
        this.distribution = distribution;
        this.parent = parent;
    }

    /// A store that keeps at most `limitBytes` of bundles in a directory under `parent`, made with the first of them. Removes what
    /// dead processes left there.
    ///
    /// Ownership: the caller closes it.
    public static CodeStore under(Path parent, long limitBytes, Distribution distribution) {
        return new CodeStore(ProcessDirectory.under(parent, "lazuli-code"), limitBytes, distribution,
                CodeStore.class.getClassLoader());
    }

    /// A right to the program of these bundles, in the order in which classes are looked for.
    ///
    /// Ownership: the caller closes it. Errors: USER if the store is closed.
    public synchronized CodeLease lease(List<CodeHash> hashes) {
        if (isClosed) {
            throw Errors.codeStoreClosed();
        }
        List<CodeHash> bundles = hashes.stream().distinct().toList();
        programs.computeIfAbsent(bundles, _ -> new Program()).leases++;
        bundles.forEach(hash -> held.computeIfAbsent(hash, _ -> new Held()).leases++);
        return new CodeLease(this, bundles);
    }

    /// Bytes of the files that it keeps.
    public synchronized long usedBytes() {
        return usedBytes;
    }

    synchronized List<CodeHash> lacking(List<CodeHash> bundles) {
        return bundles.stream().filter(hash -> file(hash).isEmpty()).toList();
    }

    private Optional<Path> file(CodeHash hash) {
        return Optional.ofNullable(held.get(hash)).map(bundle -> bundle.file).or(() -> distribution.find(hash));
    }

    /// Where a bundle lies that has arrived here; empty if it is a jar of the distribution, or has not come.
    synchronized Optional<Path> arrivedFile(CodeHash hash) {
        return Optional.ofNullable(held.get(hash)).map(bundle -> bundle.file);
    }

    /// Errors: RESOURCE if there is no room for so much.
    synchronized BundleReceiver receive(CodeHash hash, long bytes) throws IOException {
        if (bytes < 0 || bytes > limitBytes - usedBytes) {
            throw Errors.noRoomForCode(directory.path(), bytes, usedBytes, limitBytes);
        }
        directory.create();
        Path file = directory.path().resolve(hash.hex() + "-" + fileCount++ + ".part");
        BundleReceiver receiver = new BundleReceiver(this, hash, bytes, file);
        usedBytes += bytes;
        return receiver;
    }

    /// A bundle of the right content lies in `part`. It is dropped if nobody wants it any more, or it came twice.
    synchronized void arrived(CodeHash hash, long bytes, Path part) throws IOException {
        Held bundle = held.get(hash);
        if (bundle == null || bundle.file != null || isClosed) {
            drop(part, bytes);
            return;
        }
        Path file = directory.path().resolve(hash.hex() + ".jar");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        bundle.file = file;
        bundle.bytes = bytes;
    }

    /// A file that is of no use, and its room.
    synchronized void drop(Path file, long bytes) {
        usedBytes -= bytes;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit(); // and with the directory
        }
    }

    synchronized BundleLoader loader(List<CodeHash> bundles) {
        Program program = programs.get(bundles);
        if (program == null || isClosed) {
            throw Errors.codeStoreClosed();
        }
        if (program.loader == null) {
            program.loader = open(bundles);
        }
        return program.loader;
    }

    private BundleLoader open(List<CodeHash> bundles) {
        List<Path> files = new ArrayList<>();
        for (CodeHash hash : bundles) {
            files.add(file(hash).orElseThrow(() -> Errors.codeLacking(lacking(bundles))));
        }
        try {
            return BundleLoader.open(files, parent);
        } catch (IOException e) {
            throw Errors.unreadableCode(e);
        }
    }

    synchronized void release(List<CodeHash> bundles) {
        Program program = programs.get(bundles);
        if (program == null) {
            return; // the store was closed before
        }
        if (--program.leases == 0) {
            programs.remove(bundles);
            close(program);
        }
        bundles.forEach(this::release);
    }

    private void release(CodeHash hash) {
        Held bundle = held.get(hash);
        if (bundle != null && --bundle.leases == 0) {
            held.remove(hash);
            if (bundle.file != null) {
                drop(bundle.file, bundle.bytes);
            }
        }
    }

    private static void close(Program program) {
        if (program.loader != null) {
            program.loader.close();
        }
    }

    /// Closes all loaders and removes all files. Leases are of no use from then on.
    @Override
    public synchronized void close() {
        isClosed = true;
        programs.values().forEach(CodeStore::close);
        programs.clear();
        held.clear();
        directory.close();
    }
}
