package io.lazuli.graph.picture;

import io.lazuli.graph.Dependency;

/// How arrows of one kind of dependency look. Colour is never the only difference: dashes differ too. The colours keep apart
/// for eyes that see no red or no green (after Okabe and Ito), one shade for light pages and one for dark ones.
enum Pattern {
    ONE_TO_ONE("one-to-one", "#57606a", "#9aa4af", ""),
    BROADCAST("broadcast", "#0072b2", "#56b4e9", "2 3"),
    TREE("tree", "#00785a", "#2fbf92", ""),
    EXCHANGE("exchange", "#c04f00", "#f0803c", "8 4"),
    EXPLICIT("explicit", "#a3447e", "#dd8fbb", "8 3 2 3");

    /// Name of the style in SVG.
    final String style;
    final String lightColor;
    final String darkColor;
    /// Lengths of dashes and gaps; empty for a line without gaps.
    final String dashes;

    Pattern(String style, String lightColor, String darkColor, String dashes) {
        this.style = style;
        this.lightColor = lightColor;
        this.darkColor = darkColor;
        this.dashes = dashes;
    }

    static Pattern of(Dependency dependency) {
        return switch (dependency) {
            case Dependency.OneToOne _ -> ONE_TO_ONE;
            case Dependency.Broadcast _, Dependency.Kept _ -> BROADCAST;
            case Dependency.Tree _ -> TREE;
            case Dependency.Exchange _ -> EXCHANGE;
            case Dependency.Explicit _ -> EXPLICIT;
        };
    }

    /// What is written beside the arrow.
    static String text(Dependency dependency) {
        return switch (dependency) {
            case Dependency.OneToOne _, Dependency.Broadcast _, Dependency.Exchange _ -> of(dependency).style;
            case Dependency.Kept _ -> "kept";
            case Dependency.Tree tree -> "tree of " + tree.fanIn();
            case Dependency.Explicit links -> Labels.count(links.sources().length, "link");
        };
    }

    /// The same in Graphviz.
    String dotStyle() {
        return switch (this) {
            case ONE_TO_ONE, TREE -> "solid";
            case BROADCAST -> "dotted";
            case EXCHANGE, EXPLICIT -> "dashed";
        };
    }
}
