package io.lazuli.graph.picture;

import java.util.List;
import java.util.OptionalDouble;

/// What is to be seen: boxes and arrows, without places.
///
/// @param title  one line that says what it is
/// @param note   one more line, shown below the boxes; may be empty
/// @param boxes  each after those that have arrows to it
/// @param arrows may be several between two boxes
record Drawing(String title, String note, List<Box> boxes, List<Arrow> arrows) {
    Drawing {
        boxes = List.copyOf(boxes);
        arrows = List.copyOf(arrows);
    }

    /// @param lines   its text
    /// @param tooltip all there is to say, for a reader that shows it on demand
    /// @param shade   from 0 (runs first) to 1 (runs last), if boxes are coloured
    record Box(List<String> lines, String tooltip, Style style, OptionalDouble shade) {
        Box {
            lines = List.copyOf(lines);
        }
    }

    enum Style {
        PLAIN,
        /// What the user wants.
        OUTPUT,
        /// Not computed here: held by the engine, or left out of the picture.
        GIVEN
    }

    /// @param from index of a box
    /// @param to   index of a box after it
    /// @param text what is written beside it; may be empty
    record Arrow(int from, int to, Pattern pattern, String text) {}
}
