package io.lazuli.graph.picture;

import io.lazuli.graph.picture.Drawing.Arrow;
import io.lazuli.graph.picture.Drawing.Box;
import io.lazuli.graph.picture.Layout.Place;
import io.lazuli.graph.picture.Layout.Point;
import io.lazuli.graph.picture.Layout.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A drawing as an SVG document. Its style sheet has colours for light and for dark surroundings; all text is text, with a
/// title and a description for those who do not see it.
final class SvgText {
    private static final String DARK = "@media (prefers-color-scheme: dark)";
    private static final int LEGEND_SAMPLE = 34;

    private final Drawing drawing;
    private final Layout layout;
    private final StringBuilder svg = new StringBuilder();

    private SvgText(Drawing drawing) {
        this.drawing = drawing;
        this.layout = Layout.of(drawing);
    }

    static String of(Drawing drawing) {
        return new SvgText(drawing).text();
    }

    private String text() {
        List<Pattern> legend = legend();
        List<String> captions = captions();
        int captionWidth = captions.stream().mapToInt(Layout::textWidth).max().orElse(0);
        int legendWidth = legend.stream().mapToInt(p -> LEGEND_SAMPLE + Layout.textWidth(p.style) + 10).sum();
        int width = Math.max(layout.width(), 2 * Layout.MARGIN + Math.max(captionWidth, legendWidth));
        int lines = captions.size() + (legend.isEmpty() ? 0 : 1);
        int height = layout.height() + lines * Layout.TEXT_LINE + Layout.MARGIN;
        line("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"title description\">",
                width, height, width, height);
        line("<title id=\"title\">%s</title>", escaped(drawing.title()));
        line("<desc id=\"description\">%s</desc>", escaped(description()));
        style();
        arrowHeads();
        line("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", width, height);
        for (int a = 0; a < drawing.arrows().size(); a++) {
            arrow(drawing.arrows().get(a), layout.routes().get(a));
        }
        for (int b = 0; b < drawing.boxes().size(); b++) {
            box(drawing.boxes().get(b), layout.boxes().get(b));
        }
        int y = layout.height() + Layout.TEXT_LINE;
        for (String caption : captions) {
            line("<text class=\"caption\" x=\"%d\" y=\"%d\">%s</text>", Layout.MARGIN, y, escaped(caption));
            y += Layout.TEXT_LINE;
        }
        legend(legend, y);
        line("</svg>");
        return svg.toString();
    }

    /// Arrows without texts need one, if they differ.
    private List<Pattern> legend() {
        List<Pattern> patterns = drawing.arrows().stream()
                .filter(arrow -> arrow.text().isEmpty())
                .map(Arrow::pattern)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .toList();
        return patterns.size() > 1 ? patterns : List.of();
    }

    /// What is written below the boxes; the title first.
    private List<String> captions() {
        List<String> captions = new ArrayList<>(List.of(drawing.title()));
        if (!drawing.note().isEmpty()) {
            captions.add(drawing.note());
        }
        if (drawing.boxes().stream().anyMatch(box -> box.shade().isPresent())) {
            captions.add("Dark boxes run first, bright ones last.");
        }
        return captions;
    }

    private String description() {
        List<String> sentences = captions();
        sentences.set(0, "Data flows from top to bottom through "
                + Labels.count(drawing.boxes().size(), "box") + " and "
                + Labels.count(drawing.arrows().size(), "arrow") + ".");
        return String.join(" ", sentences);
    }

    private void style() {
        line("<style>");
        line("text{font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;font-size:12px;text-anchor:middle;fill:#1f2328}");
        line(".text{font-size:11px;stroke:#ffffff;stroke-width:4px;stroke-linejoin:round;paint-order:stroke}");
        line(".caption{font-size:11px;text-anchor:start}");
        line(".paper{fill:#ffffff}");
        line(".box rect{fill:#f6f8fa;stroke:#57606a}");
        line(".output rect{stroke-width:2.5}");
        line(".given rect{stroke-dasharray:4 3}");
        line("path{fill:none;stroke-width:1.5}");
        for (Pattern pattern : Pattern.values()) {
            String dashes = pattern.dashes.isEmpty() ? "" : ";stroke-dasharray:" + pattern.dashes;
            line(".%s{stroke:%s%s}", pattern.style, pattern.lightColor, dashes);
            line(".%s-head{fill:%s}", pattern.style, pattern.lightColor);
        }
        line("%s{", DARK);
        line("text{fill:#e6edf3}");
        line(".text{stroke:#0d1117}");
        line(".paper{fill:#0d1117}");
        line(".box rect{fill:#161b22;stroke:#8b949e}");
        for (Pattern pattern : Pattern.values()) {
            line(".%s{stroke:%s}", pattern.style, pattern.darkColor);
            line(".%s-head{fill:%s}", pattern.style, pattern.darkColor);
        }
        line("}");
        line("</style>");
    }

    private void arrowHeads() {
        line("<defs>");
        for (Pattern pattern : drawing.arrows().stream().map(Arrow::pattern).distinct().sorted().toList()) {
            line("<marker id=\"%s\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><polygon class=\"%s-head\" points=\"0,0 8,4 0,8\"/></marker>",
                    pattern.style, pattern.style);
        }
        line("</defs>");
    }

    private void arrow(Arrow arrow, Route route) {
        String style = arrow.pattern().style;
        line("<path class=\"%s\" d=\"%s\" marker-end=\"url(#%s)\"/>", style, path(route.points()), style);
        route.text().ifPresent(place -> line(
                "<text class=\"text\" x=\"%d\" y=\"%d\">%s</text>", place.middle(), place.y() + 12,
                escaped(arrow.text())));
    }

    private static String path(List<Point> points) {
        StringBuilder path = new StringBuilder();
        Point before = points.getFirst();
        path.append('M').append(before.x()).append(' ').append(before.y());
        for (int i = 1; i < points.size(); i++) {
            Point point = points.get(i);
            if (i % 2 == 0) {
                int middle = (before.y() + point.y()) / 2;
                path.append('C').append(before.x()).append(' ').append(middle);
                path.append(' ').append(point.x()).append(' ').append(middle);
                path.append(' ').append(point.x()).append(' ').append(point.y());
            } else if (point.y() != before.y()) {
                path.append('V').append(point.y());
            }
            before = point;
        }
        return path.toString();
    }

    private void box(Box box, Place place) {
        String style =
                switch (box.style()) {
                    case PLAIN -> "box";
                    case OUTPUT -> "box output";
                    case GIVEN -> "box given";
                };
        line("<g class=\"%s\"><title>%s</title>", style, escaped(box.tooltip()));
        String fill = box.shade().isEmpty() ? "" : " style=\"fill:" + Shade.fill(box.shade().getAsDouble()) + "\"";
        String ink = box.shade().isEmpty() ? "" : " style=\"fill:" + Shade.ink(box.shade().getAsDouble()) + "\"";
        line("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\"%s/>",
                place.x(), place.y(), place.width(), place.height(), fill);
        int y = place.y() + 19;
        for (String text : box.lines()) {
            line("<text x=\"%d\" y=\"%d\"%s>%s</text>", place.middle(), y, ink, escaped(text));
            y += Layout.BOX_LINE;
        }
        line("</g>");
    }

    private void legend(List<Pattern> patterns, int y) {
        int x = Layout.MARGIN;
        for (Pattern pattern : patterns) {
            line("<path class=\"%s\" d=\"M%d %dH%d\"/>", pattern.style, x, y - 4, x + LEGEND_SAMPLE - 8);
            line("<text class=\"caption\" x=\"%d\" y=\"%d\">%s</text>", x + LEGEND_SAMPLE, y, pattern.style);
            x += LEGEND_SAMPLE + Layout.textWidth(pattern.style) + 10;
        }
    }

    private void line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().map(Labels::legal).forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(character);
            }
        });
        return escaped.toString();
    }
}
