package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.scheduler.internal.code.AllowedClasses;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.code.CodeLease;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.wire.MissingClassException;
import java.util.List;
import java.util.Optional;

/// The classes of a job's program.
///
/// @param codec  knows them
/// @param loader finds them
/// @param lease  what keeps them here; empty for those that are this process's own
record JobClasses(ValueCodec codec, ClassLoader loader, Optional<CodeLease> lease) implements AutoCloseable {
    /// Those that this process has of its own.
    static JobClasses ofThisProcess() {
        ClassLoader loader = JobClasses.class.getClassLoader();
        return new JobClasses(ValueCodec.of(loader, new AllowedClasses(_ -> true)), loader, Optional.empty());
    }

    /// Those of a program that was sent here. Errors: INTERNAL if some of it has not come; DATA if a bundle is none.
    static JobClasses of(CodeStore store, List<String> bundles) {
        if (bundles.isEmpty()) {
            return ofThisProcess();
        }
        CodeLease lease = store.lease(bundles.stream().map(CodeHash::new).toList());
        try {
            return new JobClasses(lease.codec(), lease.loader(), Optional.of(lease));
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /// The failure of a task; one that names the class, if it lacked one that the program was sent without.
    Throwable explained(Throwable failure) {
        return lease.flatMap(code -> code.missingClass(failure))
                .<Throwable>map(missing -> new MissingClassException(missing, failure))
                .orElse(failure);
    }

    @Override
    public void close() {
        lease.ifPresent(CodeLease::close);
    }
}
