package io.lazuli.dashboard.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static final ObjectMapper READER = new ObjectMapper();

    @Property
    void anyText_isReadBack_andNeverClosesAnElement(@ForAll String text, @ForAll long number)
            throws JsonProcessingException {
        String json =
                new Json().object().put(text, number).array("a").add(text).add(number).endArray().end().toString();
        JsonNode read = READER.readTree(json);
        assertThat(read.path(text).asLong()).isEqualTo(number);
        assertThat(read.path("a").path(0).asText()).isEqualTo(text);
        assertThat(json).doesNotContain("<", ">", "&", "\n", "\u2028", "\u2029");
    }

    @Test
    void nestedValues_areSeparated() {
        Json json = new Json().object().array("a").object().end().object().put("b", 1.5).end().endArray()
                .object("c").put("d", true).end().put("e", Double.NaN).put("f", new Json().array().endArray()).end();
        assertThat(json).hasToString("{\"a\":[{},{\"b\":1.500}],\"c\":{\"d\":true},\"e\":null,\"f\":[]}");
    }

    @Test
    void textsWithoutEnd_areCut() {
        assertThat(new Json().add("x".repeat(1_000_000)).toString()).hasSizeLessThan(10_100).endsWith("x…\"");
    }

    @Test
    void halfASurrogate_isEscaped() {
        assertThat(new Json().add("a\ud83db \ud83d\ude80").toString()).isEqualTo("\"a\\ud83db \ud83d\ude80\"");
    }
}
