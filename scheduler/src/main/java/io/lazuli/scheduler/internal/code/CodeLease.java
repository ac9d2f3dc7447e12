package io.lazuli.scheduler.internal.code;

import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The right of a job, or of a client, to a program's code in a [CodeStore]. Safe for use by many threads.
public final class CodeLease implements AutoCloseable {
    /// Causes may form a cycle.
    private static final int MOST_CAUSES = 100;
    private static final Pattern CLASS_NAME = Pattern.compile("[\\w$]+(?:\\.[\\w$]+)*");

    private final CodeStore store;
    private final List<CodeHash> bundles;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    CodeLease(CodeStore store, List<CodeHash> bundles) {
        this.store = store;
        this.bundles = bundles;
    }

    /// Bundles that are to be sent, because neither the store nor the worker's own distribution has them.
    public List<CodeHash> lacking() {
        return store.lacking(bundles);
    }

    /// Takes a bundle of this program, of so many bytes.
    ///
    /// Ownership: the caller closes it. **Errors**: USER if the program has no such bundle; RESOURCE if it is too large for the
    /// store, or the disk takes no more.
    public BundleReceiver receive(CodeHash hash, long bytes) {
        if (!bundles.contains(hash)) {
            throw Errors.codeUnwanted(hash.hex());
        }
        try {
            return store.receive(hash, bytes);
        } catch (IOException e) {
            throw Errors.unreadableCode(e);
        }
    }

    /// The bundle's file, if it has arrived here; empty if it is a jar of the distribution.
    public Optional<Path> file(CodeHash hash) {
        return store.arrivedFile(hash);
    }

    /// The classes and resources of the program, above Lazuli's own. Of no use after the last lease of the program is closed.
    ///
    /// **Errors**: USER if bundles are lacking; DATA if one is no jar.
    public ClassLoader loader() {
        return store.loader(bundles);
    }

    /// For bytes that the program sends: they may name classes of the program, of Lazuli and a few of the JDK.
    ///
    /// **Errors**: as [#loader].
    public ValueCodec codec() {
        BundleLoader loader = store.loader(bundles);
        return ValueCodec.of(loader, new AllowedClasses(loader::holds));
    }

    /// The binary name of the class that a task failed for the lack of, if that is why and the program was sent without it. What to
    /// tell the user, [ProgramCode#missingClass] in the client's process knows.
    public Optional<String> missingClass(Throwable failure) {
        BundleLoader loader = store.loader(bundles);
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(cause -> cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError)
                .flatMap(cause -> Stream.ofNullable(cause.getMessage()))
                .map(name -> name.replace('/', '.'))
                .filter(name -> CLASS_NAME.matcher(name).matches() && !loader.holds(name))
                .findFirst();
    }

    /// Closes the loader and removes the bundles, unless others hold a lease too. Does nothing the second time.
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            store.release(bundles);
        }
    }
}
