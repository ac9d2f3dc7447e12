package io.lazuli.graph.picture;

import java.util.ArrayList;
import java.util.List;

/// Something that takes place in a row of a [Layout]: a box, the text of an arrow, or the point where an arrow crosses a row.
final class Item {
    enum Kind {
        BOX,
        TEXT,
        CROSSING
    }

    final Kind kind;
    final int width;
    final int height;
    final int row;
    /// What it is linked with in the row above, once for each arrow.
    final List<Item> above = new ArrayList<>();
    /// What it is linked with in the row below.
    final List<Item> below = new ArrayList<>();
    /// Its index in its row.
    int place;
    /// Its middle.
    double x;
    /// Its upper edge.
    int y;

    Item(Kind kind, int width, int height, int row) {
        this.kind = kind;
        this.width = width;
        this.height = height;
        this.row = row;
    }

    static void link(Item upper, Item lower) {
        upper.below.add(lower);
        lower.above.add(upper);
    }

    /// The least distance between its middle and that of its right neighbour.
    double distanceTo(Item right) {
        int gap = kind == Kind.CROSSING && right.kind == Kind.CROSSING ? 12 : 24;
        return (width + right.width) / 2.0 + gap;
    }

    /// How much it wants to stand straight above or below `other`: arrows over many rows most of all.
    double pullOf(Item other) {
        return (kind == Kind.BOX ? 1 : 8) * (other.kind == Kind.BOX ? 1 : 8);
    }

    int left() {
        return (int) Math.round(x - width / 2.0);
    }
}
