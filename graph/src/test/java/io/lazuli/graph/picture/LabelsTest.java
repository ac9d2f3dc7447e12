package io.lazuli.graph.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LabelsTest {
    @Test
    void numbersOfThings() {
        assertThat(Labels.count(1, "link")).isEqualTo("1 link");
        assertThat(Labels.count(0, "link")).isEqualTo("0 links");
        assertThat(Labels.count(1_234, "box")).isEqualTo("1,234 boxes");
    }

    @Test
    void linesBreakAtBlanks() {
        assertThat(Labels.wrap("scan flights.parquet > filter > aggregate", 24, 3))
                .containsExactly("scan flights.parquet >", "filter > aggregate");
        assertThat(Labels.wrap("short", 24, 3)).containsExactly("short");
        assertThat(Labels.wrap("a\n\tb", 24, 3)).containsExactly("a b");
    }

    @Test
    void whatHasNoBlanksBreaksAnywhere() {
        assertThat(Labels.wrap("abcdefghijklmnop", 6, 2)).containsExactly("abcdef", "ghijk…");
        assertThat(Labels.wrap("abcdefghijkl", 6, 2)).containsExactly("abcdef", "ghijkl");
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        assertThat(Labels.columns("航班")).isEqualTo(4);
        assertThat(Labels.columns("🚀")).isEqualTo(2);
        assertThat(Labels.columns("Zürich → ½")).isEqualTo(10);
        assertThat(Labels.columns("e\u0301")).isEqualTo(1);
        assertThat(Labels.cut("航班航班", 5)).isEqualTo("航班…");
    }

    @Property
    void linesNeverTakeMoreThanTheyMay(@ForAll String text, @ForAll @IntRange(min = 3, max = 40) int columns) {
        List<String> lines = Labels.wrap(text, columns, 3);
        assertThat(lines).hasSizeBetween(1, 3)
                .allSatisfy(line -> assertThat(Labels.columns(line)).isLessThanOrEqualTo(columns));
    }

    @Test
    void shadesGoFromDarkToBright() {
        assertThat(Shade.fill(0)).isEqualTo("#00224e");
        assertThat(Shade.fill(0.5)).isEqualTo("#7c7b78");
        assertThat(Shade.fill(1)).isEqualTo("#fee838");
        assertThat(List.of(Shade.ink(0), Shade.ink(1))).containsExactly("#ffffff", "#000000");
    }
}
