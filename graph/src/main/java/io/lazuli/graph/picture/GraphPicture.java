package io.lazuli.graph.picture;

import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.pass.Passes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/// A picture of a graph: data flows from top to bottom, the output is at the bottom.
///
/// ```
///   GraphPicture.of(graph).write(Path.of("plan.svg"));
/// ```
///
/// It shows one box for each layer, with the pattern of each dependency, which can be read whatever the number of tasks; or
/// one for each task ([#byTask]), or of many for each kind of task. The same graph always gives the same text.
///
/// @param isByTask         one box for each task or kind of task, up to [#MOST_TASKS]; above that layers all the same, with a note
/// @param isColoredByOrder boxes are coloured from dark (runs first) to bright (runs last)
public record GraphPicture(TaskGraph graph, boolean isByTask, boolean isColoredByOrder) {
    /// A picture by task shows no more tasks than this.
    public static final int MOST_TASKS = 500;

    public GraphPicture {
        Objects.requireNonNull(graph, "graph is null");
    }

    /// A picture of the graph's layers.
    public static GraphPicture of(TaskGraph graph) {
        return new GraphPicture(graph, false, false);
    }

    /// The same graph with a box for each task. Where tasks are many, those of a layer with the same name and kinds of inputs share
    /// one.
    public GraphPicture byTask() {
        return new GraphPicture(graph, true, isColoredByOrder);
    }

    /// The same picture, coloured by the order in which one worker would run what it shows
    /// ([io.lazuli.graph.pass.SerialRun]).
    public GraphPicture coloredByOrder() {
        return new GraphPicture(graph, isByTask, true);
    }

    /// The same picture of what all passes make of the graph: what a job runs ([Passes#standard]).
    public GraphPicture optimized() {
        return new GraphPicture(Passes.standard().apply(graph), isByTask, isColoredByOrder);
    }

    /// The picture in Graphviz' language.
    public String toDot() {
        return DotText.of(drawing());
    }

    /// The picture as an SVG document that needs nothing else: it brings its own layout, and colours for light and dark pages.
    public String toSvg() {
        return SvgText.of(drawing());
    }

    /// Writes the picture to a file, in the format that its name asks for: `.svg` or `.dot`. Errors: USER if it asks for
    /// another; RESOURCE if the file cannot be written.
    public void write(Path file) {
        String text = text(file);
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw GraphErrors.cannotWritePicture(file, e);
        }
    }

    private String text(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".svg")) {
            return toSvg();
        }
        if (name.endsWith(".dot")) {
            return toDot();
        }
        throw GraphErrors.pictureFormat(file);
    }

    private Drawing drawing() {
        return isByTask ? TaskDrawing.of(graph, isColoredByOrder) : LayerDrawing.of(graph, isColoredByOrder, "");
    }
}
