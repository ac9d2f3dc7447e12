package io.lazuli.dataframe.internal.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ViewsTest {
    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    @Property(tries = 100)
    void equalAndCompare_agreeWithTheBytes(@ForAll("shapes") Shape shape) {
        List<Object> left = shape.values(DataType.UTF8, 0).stream().map(v -> v == null ? "" : v).toList();
        List<Object> right =
                shape.values(DataType.UTF8, 1).stream().map(v -> v == null ? "abcdefghijklmn" : v).toList();
        try (TestColumns columns = TestColumns.open()) {
            Column x = shape.column(columns, DataType.UTF8, left);
            Column y = columns.of(DataType.UTF8, right);
            for (int row = 0; row < shape.length(); row++) {
                int expected = Arrays.compareUnsigned(bytes(left.get(row)), bytes(right.get(row)));
                int order = Views.compare(x.values(), row, x.data(), y.values(), row, y.data());
                boolean equal = Views.equal(x.values(), row, x.data(), y.values(), row, y.data());
                assertThat(Integer.signum(order)).isEqualTo(Integer.signum(expected));
                assertThat(equal).isEqualTo(expected == 0);
            }
        }
    }

    @Test
    void view_hasArrowsLayout() {
        try (TestColumns columns = TestColumns.open()) {
            Column column = columns.of(DataType.UTF8, "abcdefghijkl", "xx", "first long text", "second long text");

            assertThat(Views.length(column.values(), 0)).isEqualTo(12);
            assertThat(Views.head(column.values(), 1)).isEqualTo(2L | 0x7878L << 32);
            assertThat(Views.tail(column.values(), 1)).isZero();
            assertThat(Views.head(column.values(), 3) >>> 32).isEqualTo('s' | 'e' << 8 | 'c' << 16 | 'o' << 24);
            assertThat(Views.offset(Views.tail(column.values(), 3))).isEqualTo("first long text".length());
            assertThat(TestColumns.values(column)).containsExactly("abcdefghijkl", "xx", "first long text",
                    "second long text");
        }
    }

    private static byte[] bytes(Object text) {
        return ((String) text).getBytes(StandardCharsets.UTF_8);
    }
}
