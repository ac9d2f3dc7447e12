package io.lazuli.tests.process;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import io.lazuli.scheduler.internal.code.Bundle;
import io.lazuli.scheduler.internal.code.BundleChunks;
import io.lazuli.scheduler.internal.code.PortableGraph;
import io.lazuli.scheduler.internal.code.ProgramCode;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// An engine whose tasks run in a [Worker], for programs that tests start. Graphs run when they are submitted.
public final class OtherProcess implements Engine {
    private final ProgramCode code = ProgramCode.ofThisProcess();
    private final LocalEngine memory = LocalEngine.open(EngineOptions.defaults().withThreads(1));
    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final List<String> sent = new ArrayList<>();

    private OtherProcess(Process process) {
        this.process = process;
        this.in = new DataInputStream(process.getInputStream());
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /// A worker with the class path and folder of the properties `worker.class-path` and `worker.folder`.
    public static OtherProcess start() {
        try {
            return new OtherProcess(new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                    "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp",
                    System.getProperty("worker.class-path"),
                    Worker.class.getName(), System.getProperty("worker.folder"))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Names of the bundles that the worker asked for, in order.
    public List<String> sent() {
        return sent;
    }

    @Override
    public Job submit(TaskGraph graph, JobOptions options) {
        try {
            PortableGraph portable = code.encode(graph);
            send(portable);
            return new EndedJob(answer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(PortableGraph graph) throws IOException {
        out.writeInt(graph.bundles().size());
        for (Bundle bundle : graph.bundles()) {
            out.writeUTF(bundle.hash().hex());
        }
        out.flush();
        for (int lacking = in.readInt(); lacking > 0; lacking--) {
            String hash = in.readUTF();
            send(graph.bundles().stream().filter(bundle -> bundle.hash().hex().equals(hash)).findFirst().orElseThrow());
        }
        BlockBytes.array(graph.bytes(), out);
        out.flush();
    }

    private void send(Bundle bundle) throws IOException {
        sent.add(bundle.name());
        out.writeLong(bundle.bytes());
        try (BundleChunks chunks = bundle.chunks()) {
            while (chunks.hasNext()) {
                BlockBytes.array(chunks.next(), out);
            }
        }
        BlockBytes.array(new byte[0], out);
    }

    private List<Block> answer() throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new LazuliException(ErrorCode.USER, in.readUTF());
        }
        ValueCodec codec = ValueCodec.of(Thread.currentThread().getContextClassLoader(), _ -> true);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(BlockBytes.read(in, codec, memory()));
        }
        return blocks;
    }

    @Override
    public Persisted persist(TaskGraph graph, JobOptions options, Consumer<Job> started) {
        throw new UnsupportedOperationException("the worker keeps nothing");
    }

    @Override
    public MemoryAccountant memory() {
        return memory.memory();
    }

    /// The worker ends when nobody speaks to it any more.
    @Override
    public void close() {
        try {
            out.close();
            process.waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the worker did not end", e);
        } finally {
            process.destroy();
            memory.close();
        }
    }
}
