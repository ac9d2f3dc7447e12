package io.lazuli.scheduler.internal.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCodeTest {
    record Plain(int number) implements Operation {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            return Block.value(number, 16);
        }
    }

    record Holder(Object value) implements Operation {
        @Override
        public String name() {
            return "holder";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            return Block.value(value, 16);
        }
    }

    @TempDir
    Path folder;

    private static List<String> names(PortableGraph graph) {
        return graph.bundles().stream().map(Bundle::name).toList();
    }

    @Test
    void whatAGraphReachesIsSentInTheOrderOfTheClassPath() throws IOException {
        try (TestProgram program = TestProgram.compile(folder)) {
            PortableGraph graph = program.code().encode(program.graph(1));

            assertThat(names(graph)).containsExactly(program.classes().toString(), "rates.jar", "weekend.jar");
        }
    }

    @Test
    void lazuliAndTheJdkAreNotSent() {
        TaskGraph graph = TaskGraph.of(List.of(Layer.of(new Holder(Map.of("a", List.of(1))), 1, List.of(), "x")));
        Path tests = Path.of(URI.create(
                ProgramCodeTest.class.getProtectionDomain().getCodeSource().getLocation().toString()));

        assertThat(ProgramCode.of(List.of()).encode(graph).bundles())
                .allSatisfy(bundle -> assertThat(bundle.root()).isNotInstanceOf(CodeRoot.Loose.class))
                .extracting(Bundle::name)
                .contains(tests.toString())
                .noneMatch(name -> name.endsWith("graph/target/classes") || name.endsWith("scheduler/target/classes"));
    }

    @Test
    void theSameContentElsewhereHasTheSameHash() throws IOException {
        try (TestProgram here = TestProgram.compile(folder.resolve("here"));
                TestProgram there = TestProgram.compile(folder.resolve("there"))) {
            Files.setLastModifiedTime(there.classes().resolve("app/Work.class"), FileTime.fromMillis(1_000_000));
            CodeHash folderHere = here.code().encode(here.graph(1)).hashes().getFirst();

            assertThat(there.code().encode(there.graph(1)).hashes().getFirst()).isEqualTo(folderHere);
        }
    }

    @Test
    void aClassFileThatChangesHasAnotherHash() throws IOException {
        try (TestProgram before = TestProgram.compile(folder.resolve("before"));
                TestProgram after = TestProgram.compileChanged(folder.resolve("after"))) {
            ProgramCode code = before.code();
            CodeHash first = code.encode(before.graph(1)).hashes().getFirst();
            assertThat(code.encode(before.graph(2)).hashes().getFirst()).isEqualTo(first);

            Files.copy(after.classes().resolve("app/Work$Nested.class"),
                    before.classes().resolve("app/Work$Nested.class"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(code.encode(before.graph(1)).hashes().getFirst()).isNotEqualTo(first)
                    .isEqualTo(after.code().encode(after.graph(1)).hashes().getFirst());
        }
    }

    @Test
    void unchangedJarsAreNotReadAgain() throws IOException {
        try (TestProgram program = TestProgram.compile(folder)) {
            ProgramCode code = program.code();
            PortableGraph first = code.encode(program.graph(1));
            FileTime time = Files.getLastModifiedTime(program.library());
            byte[] bytes = Files.readAllBytes(program.library());
            bytes[bytes.length / 2] ^= 1;
            Files.write(program.library(), bytes);
            Files.setLastModifiedTime(program.library(), time);
            assertThat(code.encode(program.graph(1)).hashes()).as("by its stamp").isEqualTo(first.hashes());

            Files.setLastModifiedTime(program.library(), FileTime.fromMillis(time.toMillis() + 5_000));
            assertThat(code.encode(program.graph(1)).hashes()).isNotEqualTo(first.hashes());
        }
    }

    /// As the launcher of single source files does: class files that are nowhere.
    private static final class MemoryLoader extends ClassLoader {
        private final Map<String, byte[]> files = new HashMap<>();

        MemoryLoader(Path folder, ClassLoader parent) throws IOException {
            super(parent);
            try (Stream<Path> found = Files.walk(folder)) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = files.get(name.replace('.', '/') + ".class");
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        protected @Nullable URL findResource(String name) {
            byte[] bytes = files.get(name);
            try {
                return bytes == null ? null : URL.of(URI.create("memory:///" + name), new URLStreamHandler() {
                    @Override
                    protected URLConnection openConnection(URL address) {
                        return new URLConnection(address) {
                            @Override
                            public void connect() {}

                            @Override
                            public InputStream getInputStream() {
                                return new ByteArrayInputStream(bytes);
                            }
                        };
                    }
                });
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void classesThatAreInNoFileAreSentAsABundle() throws Exception {
        Path classes = Compiled.folder(folder.resolve("memory"), List.of(), Map.of("app.Loose", """
                package app;
                import io.lazuli.graph.*;
                import io.lazuli.graph.memory.Block;
                public record Loose(int x) implements Operation {
                    static final class Nested { static int twice(int x) { return 2 * x; } }
                    static final class Unreached {}
                    @Override public String name() { return "loose"; }
                    @Override public Block run(TaskContext context, TaskInputs inputs) {
                        return Block.value(Nested.twice(x), 16);
                    }
                }
                """));
        ClassLoader loader = new MemoryLoader(classes, ProgramCodeTest.class.getClassLoader());
        Operation operation =
                (Operation) loader.loadClass("app.Loose").getConstructor(int.class).newInstance(21);
        PortableGraph graph =
                ProgramCode.of(List.of()).encode(TaskGraph.of(List.of(Layer.of(operation, 1, List.of(), "loose"))));

        assertThat(names(graph)).containsExactly("classes in memory");
        try (CodeStore store = CodeStore.under(folder, 1 << 20, Distribution.of(List.of()));
                CodeLease lease = store.lease(graph.hashes())) {
            Sending.send(graph, lease);
            assertThat(Sending.run(graph, lease)).isEqualTo(42);
        }
    }

    @Test
    void aFolderThatHoldsMoreThanClassesIsRefused() throws IOException {
        try (TestProgram program = TestProgram.compile(folder)) {
            try (var large = new java.io.RandomAccessFile(program.classes().resolve("data.bin").toFile(), "rw")) {
                large.setLength(FolderContent.MOST_BYTES + 1);
            }
            assertThatThrownBy(() -> program.code().encode(program.graph(1)))
                    .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                    .hasMessageContaining("Folder " + program.classes() + " is on the class path");
        }
    }

    @Test
    void aClassThatAWorkerMissesIsExplained() throws IOException {
        try (TestProgram program = TestProgram.compile(folder)) {
            Thread.currentThread().setContextClassLoader(program.loader());
            ClassNotFoundException cause = new ClassNotFoundException("other.Unused");

            assertThat(program.code().missingClass("other.Unused", cause)).hasCause(cause)
                    .hasMessage(
                            "A worker needs class other.Unused and does not have it: it is in unused.jar here, which"
                                    + " was not sent, because no code of the graph names a class of it. Name one in a function,"
                                    + " such as by a .class constant.");
            assertThat(program.code().missingClass("no.Such", cause))
                    .hasMessageContaining("it is not on this process's class path either");
        } finally {
            Thread.currentThread().setContextClassLoader(ProgramCodeTest.class.getClassLoader());
        }
    }

    @Test
    void whatCannotBeWrittenIsRefusedWithTheWayToIt() {
        TaskGraph graph = TaskGraph.of(List.of(Layer.of(new Holder(1), 1, List.of(), "a"),
                new Layer(io.lazuli.graph.Token.random(), new Holder(List.of(new Thread())), 1, List.of(), "b")));

        assertThatThrownBy(() -> ProgramCode.of(List.of()).encode(graph))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageContaining("java.lang.Thread at .layers[1].operation.value[0]");
    }
}
