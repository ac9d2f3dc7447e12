package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.code.BundleReceiver;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.code.CodeLease;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.wire.CodePiece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Code that comes from one peer, and is kept until that peer leaves or says that it may go. Not for threads to share.
final class IncomingCode implements AutoCloseable {
    private final CodeStore store;
    /// One for each bundle.
    private final Map<CodeHash, CodeLease> leases = new LinkedHashMap<>();
    /// The bundle that is on its way; null between bundles.
    private @Nullable BundleReceiver receiver;
    /// Why bundles that came were not taken. Jobs that need them are refused for it; the rest of their pieces is dropped.
    private final Map<CodeHash, LazuliException> refused = new HashMap<>();

    IncomingCode(CodeStore store) {
        this.store = store;
    }

    /// Those of the bundles that are to be sent. All of them are kept from now on.
    List<CodeHash> lacking(List<CodeHash> bundles) {
        List<CodeHash> lacking = new ArrayList<>();
        for (CodeHash hash : bundles) {
            refused.remove(hash);
            lacking.addAll(lease(hash).lacking());
        }
        return lacking;
    }

    private CodeLease lease(CodeHash hash) {
        return leases.computeIfAbsent(hash, wanted -> store.lease(List.of(wanted)));
    }

    /// The lease of a bundle that came from this peer, or is kept for it; null if none is.
    @Nullable
    CodeLease known(CodeHash hash) {
        return leases.get(hash);
    }

    /// Takes the next piece. A bundle that is not what it was announced as, or for which there is no room, is refused as a whole,
    /// see [#checkTaken].
    void accept(CodePiece piece) {
        CodeHash hash = new CodeHash(piece.hash());
        try {
            if (!refused.containsKey(hash)) {
                take(hash, piece);
            }
        } catch (LazuliException e) {
            refused.put(hash, e);
            dropRest();
        }
    }

    private void take(CodeHash hash, CodePiece piece) {
        BundleReceiver current = receiver;
        if (current == null) {
            current = lease(hash).receive(hash, piece.length());
            receiver = current;
        }
        current.accept(piece.bytes());
        if (piece.isLast()) {
            current.complete();
            dropRest();
        }
    }

    private void dropRest() {
        if (receiver != null) {
            receiver.close();
            receiver = null;
        }
    }

    /// Errors: DATA if one of the bundles was not what it was announced as; RESOURCE if there was no room for it.
    void checkTaken(List<String> bundles) {
        for (String hash : bundles) {
            LazuliException why = refused.get(new CodeHash(hash));
            if (why != null) {
                throw new LazuliException(why.code(), String.valueOf(why.getMessage()), why);
            }
        }
    }

    /// Bundles that may go.
    void drop(List<CodeHash> bundles) {
        for (CodeHash hash : bundles) {
            refused.remove(hash);
            CodeLease lease = leases.remove(hash);
            if (lease != null) {
                lease.close();
            }
        }
    }

    List<CodeHash> bundles() {
        return List.copyOf(leases.keySet());
    }

    @Override
    public void close() {
        dropRest();
        drop(bundles());
    }
}
