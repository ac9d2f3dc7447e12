package io.lazuli.graph.picture;

import io.lazuli.graph.picture.Drawing.Arrow;
import io.lazuli.graph.picture.Drawing.Box;
import java.util.stream.Collectors;

/// A drawing in Graphviz' language, which lays it out itself.
final class DotText {
    private DotText() {}

    static String of(Drawing drawing) {
        StringBuilder text = new StringBuilder("digraph {\n");
        String label = drawing.note().isEmpty() ? drawing.title() : drawing.title() + "\n" + drawing.note();
        text.append("  graph [rankdir=TB, label=").append(quoted(label)).append("]\n");
        text.append("  node [shape=box, fontname=monospace, fontsize=10]\n");
        text.append("  edge [fontname=monospace, fontsize=9]\n");
        for (int b = 0; b < drawing.boxes().size(); b++) {
            text.append("  b").append(b).append(" [").append(attributes(drawing.boxes().get(b))).append("]\n");
        }
        for (Arrow arrow : drawing.arrows()) {
            text.append("  b").append(arrow.from()).append(" -> b").append(arrow.to());
            text.append(" [color=").append(quoted(arrow.pattern().lightColor));
            text.append(", style=").append(arrow.pattern().dotStyle());
            if (!arrow.text().isEmpty()) {
                text.append(", label=").append(quoted(arrow.text()));
            }
            text.append("]\n");
        }
        return text.append("}\n").toString();
    }

    private static String attributes(Box box) {
        String attributes = "label=" + quoted(String.join("\n", box.lines())) + ", tooltip=" + quoted(box.tooltip());
        String style =
                switch (box.style()) {
                    case PLAIN -> "";
                    case OUTPUT -> ", penwidth=2";
                    case GIVEN -> ", style=dashed";
                };
        if (box.shade().isEmpty()) {
            return attributes + style;
        }
        double shade = box.shade().getAsDouble();
        return attributes + style + ", style=filled, fillcolor=" + quoted(Shade.fill(shade)) + ", fontcolor="
                + quoted(Shade.ink(shade));
    }

    private static String quoted(String text) {
        return text.codePoints()
                .map(Labels::legal)
                .mapToObj(character -> switch (character) {
                    case '"' -> "\\\"";
                    case '\\' -> "\\\\";
                    case '\n' -> "\\n";
                    default -> Character.toString(character);
                })
                .collect(Collectors.joining("", "\"", "\""));
    }
}
