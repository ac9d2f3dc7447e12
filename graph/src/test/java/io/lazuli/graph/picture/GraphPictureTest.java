package io.lazuli.graph.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency.Tree;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.pass.RandomGraphs;
import io.lazuli.graph.pass.Shapes;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class GraphPictureTest {
    private record Named(String name) implements Operation {
        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            throw new UnsupportedOperationException();
        }
    }

    private static Layer layer(int number, String label, int partitionCount, Dependency... dependencies) {
        String operation = label.split(" ")[0];
        return new Layer(
                new Token((long) number << 60, 0), new Named(operation), partitionCount, List.of(dependencies), label);
    }

    /// Every kind of dependency, a held result, annotations, links within a layer.
    private static TaskGraph everything() {
        Token held = new Token(0xabcdef01L << 32, 7);
        Layer scan = layer(1, "scan flights.parquet > filter > aggregate", 1200);
        Layer small = layer(2, "scan carriers.csv", 1);
        Layer merge = layer(3, "merge", 8, new Exchange(scan.token()))
                .withAnnotations(Annotations.NONE
                        .withPriority(5)
                        .withRetries(2)
                        .withTimeout(Duration.ofSeconds(90))
                        .withResources(Map.of("GPU", 1))
                        .withWorkers(Set.of("left", "right")));
        Layer join = layer(4, "join", 8, new OneToOne(merge.token()), new Broadcast(small.token()), new OneToOne(held));
        Token calls = new Token(5L << 60, 0);
        Explicit within = new Explicit(calls, new int[] {0, 0, 1, 3}, new int[] {0, 0, 1});
        Layer tree = new Layer(
                calls, new Named("calls"), 3,
                List.of(new Explicit(join.token(), new int[] {0, 2, 2, 2}, new int[] {0, 7}), within), "calls");
        Layer top = layer(6, "top 10", 1, new Tree(tree.token(), 16));
        return new TaskGraph(Map.of(held, 8), List.of(scan, small, merge, join, tree, top), top.token());
    }

    private static TaskGraph few() {
        Layer load = layer(1, "load", 3);
        Layer shuffle = layer(2, "shuffle", 2, new Exchange(load.token()));
        Layer out = layer(3, "sum", 1, new Tree(shuffle.token(), 4), new Broadcast(load.token()));
        return TaskGraph.of(List.of(load, shuffle, out));
    }

    private static String golden(String name) {
        try (InputStream stream = GraphPictureTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document parsed(String svg) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        } catch (Exception e) {
            throw new AssertionError("not well-formed: " + svg, e);
        }
    }

    private static List<String> texts(String svg) {
        List<String> texts = new ArrayList<>();
        NodeList all = parsed(svg).getElementsByTagName("text");
        for (int i = 0; i < all.getLength(); i++) {
            texts.add(all.item(i).getTextContent());
        }
        return texts;
    }

    @Test
    void layersAsSvg() {
        assertThat(GraphPicture.of(everything()).toSvg()).isEqualTo(golden("layers.svg"));
    }

    @Test
    void layersAsDot() {
        assertThat(GraphPicture.of(everything()).toDot()).isEqualTo(golden("layers.dot"));
    }

    @Test
    void tasksInTheirOrderAsSvg() {
        assertThat(GraphPicture.of(few()).byTask().coloredByOrder().toSvg()).isEqualTo(golden("tasks.svg"));
    }

    @Test
    void tasksInTheirOrderAsDot() {
        assertThat(GraphPicture.of(few()).byTask().coloredByOrder().toDot()).isEqualTo(golden("tasks.dot"));
    }

    @Property(tries = 100)
    void anyGraphIsAWellFormedPictureAlwaysTheSame(
            @ForAll long seed, @ForAll boolean isByTask, @ForAll boolean isColored) {
        GraphPicture picture = new GraphPicture(RandomGraphs.of(seed), isByTask, isColored);
        assertThat(parsed(picture.toSvg()).getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(new GraphPicture(RandomGraphs.of(seed), isByTask, isColored).toSvg()).isEqualTo(picture.toSvg());
        assertThat(new GraphPicture(RandomGraphs.of(seed), isByTask, isColored).toDot()).isEqualTo(picture.toDot());
    }

    @Property(tries = 300)
    void anyLabelIsWrittenSoThatReadersAcceptIt(@ForAll @StringLength(min = 1, max = 120) String label) {
        TaskGraph graph = TaskGraph.of(List.of(new Layer(new Token(1, 1), new Named(label), 1, List.of(), label)));
        parsed(GraphPicture.of(graph).toSvg());
        parsed(GraphPicture.of(graph).byTask().toSvg());
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(GraphPicture.of(graph).toDot())).isTrue();
    }

    @Test
    void markupInLabelsIsText() {
        String label = "</text><script> & \"quoted\" \\ 'x'";
        TaskGraph graph = TaskGraph.of(List.of(layer(1, label, 1)));
        assertThat(texts(GraphPicture.of(graph).toSvg())).first().isEqualTo("</text><script> & \"quoted\" \\");
        assertThat(parsed(GraphPicture.of(graph).toSvg()).getElementsByTagName("script").getLength()).isZero();
        assertThat(GraphPicture.of(graph).toDot())
                .contains("[label=\"</text><script> & \\\"quoted\\\" \\\\\\n'x'\\n1 partition\"");
    }

    @Test
    void itSaysWhatItIsToThoseWhoDoNotSeeIt() {
        Document svg = parsed(GraphPicture.of(few()).coloredByOrder().toSvg());
        Element root = svg.getDocumentElement();
        assertThat(root.getAttribute("role")).isEqualTo("img");
        assertThat(root.getAttribute("aria-labelledby")).isEqualTo("title description");
        assertThat(root.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("Task graph: 3 layers, 6 tasks");
        assertThat(root.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("Data flows from top to bottom through 3 boxes and 3 arrows. "
                        + "Dark boxes run first, bright ones last.");
    }

    @Test
    void ofManyTasks_thoseAlikeShareABox() {
        assertThat(texts(GraphPicture.of(Shapes.tree(1 << 16, 2)).byTask().toSvg()))
                .contains(
                        "tasks", "× 65,536", "65,536 links", "× 32,768", "× 2", "2 links", "tasks 131070",
                        "131,072 tasks: those with the same name and kinds of inputs share a box.");
        assertThat(texts(GraphPicture.of(Shapes.tree(16, 2)).byTask().toSvg())).contains("tasks 30")
                .doesNotContain("× 2");
        Layer load = layer(1, "load", 100);
        Layer shuffle = layer(2, "shuffle", 90, new Exchange(load.token()));
        String svg = GraphPicture.of(TaskGraph.of(List.of(load, shuffle))).byTask().coloredByOrder().toSvg();
        assertThat(texts(svg)).contains("load", "× 100", "9,000 links", "shuffle", "× 90");
    }

    /// Each task of the last layer reads its own few of the first: no two are alike.
    @Test
    void tasksThatAllDiffer_areShownOneByOne_orIfTooManyAsLayers() {
        assertThat(texts(GraphPicture.of(chains(200)).byTask().toSvg())).contains("chain 199");
        assertThat(texts(GraphPicture.of(chains(600)).byTask().toSvg())).contains(
                "chain", "600 partitions", "600 tasks are too many to be shown one by one: these are their layers.");
    }

    private static TaskGraph chains(int length) {
        Token token = new Token(1, 1);
        int[] offsets = new int[length + 1];
        Arrays.setAll(offsets, p -> Math.max(0, p - 1));
        Explicit within = new Explicit(token, offsets, IntStream.range(0, length - 1).toArray());
        return TaskGraph.of(List.of(new Layer(token, new Named("chain"), length, List.of(within), "chain")));
    }

    @Test
    void ofVeryManyLayersTheLastAreShown() {
        List<Layer> layers = new ArrayList<>(List.of(layer(1, "layer 0", 2)));
        for (int i = 1; i < 100_000; i++) {
            Token before = layers.getLast().token();
            layers.add(new Layer(new Token(9, i), new Named("next"), 2, List.of(new OneToOne(before)), "layer " + i));
        }
        GraphPicture picture = GraphPicture.of(TaskGraph.of(layers));
        assertThat(texts(picture.toSvg()))
                .contains("99,801 earlier layers", "199,602 tasks", "layer 99801", "layer 99999")
                .doesNotContain("layer 99800");
        assertThat(picture.coloredByOrder().toDot()).contains("99,801 earlier layers");
    }

    @Test
    void aMillionTasksAreDrawnAtOnce() {
        String svg = GraphPicture.of(Shapes.tree(500_000, 2)).toSvg();
        assertThat(texts(svg)).contains("1,000,007 partitions", "1,000,006 links within");
        assertThat(svg.length()).isLessThan(5_000);
    }

    @Test
    void theFormatFollowsFromTheName(@TempDir Path directory) throws IOException {
        GraphPicture picture = GraphPicture.of(few());
        picture.write(directory.resolve("plan.svg"));
        picture.write(directory.resolve("plan.DOT"));
        assertThat(Files.readString(directory.resolve("plan.svg"))).isEqualTo(picture.toSvg());
        assertThat(Files.readString(directory.resolve("plan.DOT"))).isEqualTo(picture.toDot());
    }

    @Test
    void anotherFormatIsRefused() {
        assertThatThrownBy(() -> GraphPicture.of(few()).write(Path.of("plan.png")))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessage("Cannot draw a graph to plan.png: its name must end with .svg or .dot. For another format "
                        + "write .dot and let Graphviz convert it: dot -Tpng graph.dot -o graph.png");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed(@TempDir Path directory) {
        Path file = directory.resolve("nowhere").resolve("plan.svg");
        assertThatThrownBy(() -> GraphPicture.of(few()).write(file))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                .hasMessageStartingWith("Cannot write the picture of a graph to " + file)
                .hasMessageEndingWith("Name a file in a directory that exists and can be written.");
    }
}
