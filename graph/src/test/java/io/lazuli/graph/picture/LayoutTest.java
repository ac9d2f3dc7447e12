package io.lazuli.graph.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.pass.RandomGraphs;
import io.lazuli.graph.pass.Shapes;
import io.lazuli.graph.picture.Drawing.Arrow;
import io.lazuli.graph.picture.Drawing.Box;
import io.lazuli.graph.picture.Layout.Place;
import io.lazuli.graph.picture.Layout.Point;
import io.lazuli.graph.picture.Layout.Route;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What can be said of a picture without looking at it.
class LayoutTest {
    @Provide
    Arbitrary<Drawing> drawings() {
        Arbitrary<TaskGraph> graphs = Combinators.combine(Arbitraries.longs(), Arbitraries.of(true, false))
                .as((seed, random) -> random ? RandomGraphs.of(seed) : Shapes.random(seed));
        return Combinators.combine(graphs, Arbitraries.of(true, false))
                .as((graph, isByTask) -> isByTask ? TaskDrawing.of(graph, false) : LayerDrawing.of(graph, false, ""));
    }

    @Property(tries = 300)
    void boxesAndTextsDoNotOverlap(@ForAll("drawings") Drawing drawing) {
        Layout layout = Layout.of(drawing);
        List<Place> places = new ArrayList<>(layout.boxes());
        layout.routes().forEach(route -> route.text().ifPresent(places::add));
        for (int i = 0; i < places.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(overlap(places.get(i), places.get(j))).isFalse();
            }
        }
    }

    private static boolean overlap(Place one, Place other) {
        return one.x() < other.x() + other.width()
                && other.x() < one.x() + one.width()
                && one.y() < other.y() + other.height()
                && other.y() < one.y() + one.height();
    }

    @Property(tries = 300)
    void everythingIsInThePicture(@ForAll("drawings") Drawing drawing) {
        Layout layout = Layout.of(drawing);
        for (Place place : layout.boxes()) {
            assertThat(place.x()).isGreaterThanOrEqualTo(Layout.MARGIN);
            assertThat(place.y()).isGreaterThanOrEqualTo(Layout.MARGIN);
            assertThat(place.x() + place.width()).isLessThanOrEqualTo(layout.width() - Layout.MARGIN);
            assertThat(place.y() + place.height()).isLessThanOrEqualTo(layout.height() - Layout.MARGIN);
        }
        layout.routes().forEach(route -> route.points()
                .forEach(point -> assertThat(point.x()).isBetween(0, layout.width())));
    }

    @Property(tries = 300)
    void arrowsLeadDownFromBoxToBox(@ForAll("drawings") Drawing drawing) {
        Layout layout = Layout.of(drawing);
        for (int a = 0; a < drawing.arrows().size(); a++) {
            Arrow arrow = drawing.arrows().get(a);
            List<Point> points = layout.routes().get(a).points();
            Place from = layout.boxes().get(arrow.from());
            Place to = layout.boxes().get(arrow.to());
            assertThat(points.getFirst().y()).isEqualTo(from.y() + from.height());
            assertThat(points.getFirst().x()).isBetween(from.x(), from.x() + from.width());
            assertThat(points.getLast().y()).isEqualTo(to.y());
            assertThat(points.getLast().x()).isBetween(to.x(), to.x() + to.width());
            for (int i = 1; i < points.size(); i++) {
                assertThat(points.get(i).y()).isGreaterThanOrEqualTo(points.get(i - 1).y());
            }
        }
    }

    /// Curves are between rows; within a row an arrow goes straight down, beside all boxes.
    @Property(tries = 300)
    void noArrowCrossesABox(@ForAll("drawings") Drawing drawing) {
        Layout layout = Layout.of(drawing);
        for (Route route : layout.routes()) {
            List<Point> points = route.points();
            for (int i = 1; i < points.size(); i++) {
                for (Place box : layout.boxes()) {
                    assertThat(crosses(points.get(i - 1), points.get(i), i % 2 == 0, box)).isFalse();
                }
            }
        }
    }

    private static boolean crosses(Point start, Point end, boolean isCurve, Place box) {
        boolean sameHeight = start.y() < box.y() + box.height() && end.y() > box.y();
        int left = Math.min(start.x(), end.x());
        int right = Math.max(start.x(), end.x());
        return sameHeight && (isCurve || left < box.x() + box.width() && right > box.x());
    }

    @Property(tries = 300)
    void textFitsItsBox(@ForAll("drawings") Drawing drawing) {
        Layout layout = Layout.of(drawing);
        for (int b = 0; b < drawing.boxes().size(); b++) {
            Box box = drawing.boxes().get(b);
            Place place = layout.boxes().get(b);
            for (String line : box.lines()) {
                // 0.62 em a column: the widest of the fonts that are asked for
                assertThat(0.62 * 12 * Labels.columns(line)).isLessThan(place.width() - 8);
            }
            assertThat(box.lines().size() * Layout.BOX_LINE).isLessThan(place.height());
        }
    }

    @Property(tries = 100)
    void fewerArrowsCrossThanInTheGivenOrder(@ForAll("drawings") Drawing drawing) {
        Rows given = Rows.of(drawing);
        long before = Crossings.count(given.rows);
        Crossings.reduce(given.rows);
        assertThat(Crossings.count(given.rows)).isLessThanOrEqualTo(before);
    }
}
