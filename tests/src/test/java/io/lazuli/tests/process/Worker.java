package io.lazuli.tests.process;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import io.lazuli.scheduler.internal.code.BundleReceiver;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.code.CodeLease;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.code.Distribution;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A process that has Lazuli and nothing of any program: it runs the graphs that it reads, with the code that comes with them.
final class Worker {
    private final DataInputStream in = new DataInputStream(System.in);
    private final DataOutputStream out = new DataOutputStream(System.out);
    private final CodeStore store;

    private Worker(CodeStore store) {
        this.store = store;
    }

    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try (CodeStore store = CodeStore.under(folder, 64 << 20, Distribution.ofThisProcess())) {
            new Worker(store).serve();
        }
    }

    private void serve() throws IOException {
        System.setOut(System.err);
        CodeLease last = store.lease(List.of());
        try {
            while (true) {
                CodeLease lease = store.lease(hashes());
                last.close();
                last = lease;
                answer(lease);
            }
        } catch (EOFException e) {
            return; // the client has left
        } finally {
            last.close();
        }
    }

    private List<CodeHash> hashes() throws IOException {
        List<CodeHash> hashes = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            hashes.add(new CodeHash(in.readUTF()));
        }
        return hashes;
    }

    private void answer(CodeLease lease) throws IOException {
        List<CodeHash> lacking = lease.lacking();
        out.writeInt(lacking.size());
        for (CodeHash hash : lacking) {
            out.writeUTF(hash.hex());
        }
        out.flush();
        for (CodeHash hash : lacking) {
            receive(lease, hash);
        }
        byte[] graph = BlockBytes.array(in);
        try {
            run(lease, graph);
        } catch (LazuliException e) {
            out.writeInt(-1);
            out.writeUTF(e.getMessage());
        }
        out.flush();
    }

    private void receive(CodeLease lease, CodeHash hash) throws IOException {
        try (BundleReceiver receiver = lease.receive(hash, in.readLong())) {
            for (byte[] chunk = BlockBytes.array(in); chunk.length > 0; chunk = BlockBytes.array(in)) {
                receiver.accept(chunk);
            }
            receiver.complete();
        }
    }

    private void run(CodeLease lease, byte[] bytes) throws IOException {
        Thread.currentThread().setContextClassLoader(lease.loader());
        TaskGraph graph = (TaskGraph) Objects.requireNonNull(lease.codec().decode(bytes));
        try (LocalEngine engine = LocalEngine.open(EngineOptions.defaults().withThreads(2));
                Job job = engine.submit(graph, JobOptions.DEFAULTS)) {
            List<Block> blocks = new ArrayList<>();
            try {
                for (int partition = 0; partition < job.partitionCount(); partition++) {
                    blocks.add(job.take(partition));
                }
                out.writeInt(blocks.size());
                for (Block block : blocks) {
                    BlockBytes.write(block, lease.codec(), out);
                }
            } finally {
                blocks.forEach(Block::release);
            }
        } finally {
            Thread.currentThread().setContextClassLoader(Worker.class.getClassLoader());
        }
    }
}
