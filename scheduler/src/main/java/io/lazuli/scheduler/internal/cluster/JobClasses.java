package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.scheduler.internal.code.AllowedClasses;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.code.CodeLease;
import io.lazuli.scheduler.internal.code.CodeStore;
import java.util.List;

/// The classes of a job's program.
///
/// @param codec  knows them
/// @param loader finds them
/// @param lease  what keeps them here
record JobClasses(ValueCodec codec, ClassLoader loader, AutoCloseable lease) implements AutoCloseable {
    /// Those that this process has of its own.
    static JobClasses ofThisProcess() {
        ClassLoader loader = JobClasses.class.getClassLoader();
        return new JobClasses(ValueCodec.of(loader, new AllowedClasses(_ -> true)), loader, () -> {
        });
    }

    /// Those of a program that was sent here. Errors: INTERNAL if some of it has not come; DATA if a bundle is none.
    static JobClasses of(CodeStore store, List<String> bundles) {
        if (bundles.isEmpty()) {
            return ofThisProcess();
        }
        CodeLease lease = store.lease(bundles.stream().map(CodeHash::new).toList());
        try {
            return new JobClasses(lease.codec(), lease.loader(), lease);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            lease.close();
        } catch (Exception e) {
            throw new IllegalStateException("a lease of code cannot be closed", e);
        }
    }
}
