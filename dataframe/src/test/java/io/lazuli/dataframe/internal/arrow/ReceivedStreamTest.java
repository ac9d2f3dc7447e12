package io.lazuli.dataframe.internal.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.source.RandomRows;
import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReceivedStreamTest {
    private static byte[] stream(List<List<Object>> rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Scans.write(ArrowTableWriter.to(out, RandomRows.ALL), RandomRows.ALL, rows, 700);
        return out.toByteArray();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("lazuli-stream-")).toList();
        }
    }

    @Test
    void whatWasWrittenIsReadAsOftenAsWanted() {
        List<List<Object>> rows = RandomRows.of(RandomRows.ALL, 3000, 0.2, 1);
        ArrowSource source = ReceivedStream.receive(new ByteArrayInputStream(stream(rows)));
        assertThat(source.name()).isEqualTo("stream");
        assertThat(source.schema()).isEqualTo(RandomRows.ALL);
        assertThat(Scans.rows(source).equals(rows)).isTrue();
        assertThat(Scans.rows(source).equals(rows)).isTrue();
    }

    @Test
    void nothingIsLeftOfAStreamThatIsNone() throws IOException {
        byte[] whole = stream(RandomRows.of(RandomRows.ALL, 100, 0, 1));
        List<Path> before = files();
        for (byte[] bytes : List.of(new byte[0], "id,name".getBytes(StandardCharsets.UTF_8),
                Arrays.copyOf(whole, whole.length / 2))) {
            assertThatThrownBy(() -> ReceivedStream.receive(new ByteArrayInputStream(bytes)))
                    .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                    .hasMessageContaining("is not a readable Arrow file or stream");
        }
        assertThat(files()).isSubsetOf(before);
    }

    @Test
    void aStreamThatFailsIsAnErrorThatSaysSo() throws IOException {
        List<Path> before = files();
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the line is cut");
            }
        };
        assertThatThrownBy(() -> ReceivedStream.receive(failing))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                .hasMessage("Cannot take in an Arrow stream: the line is cut. It is kept in '"
                        + System.getProperty("java.io.tmpdir")
                        + "' while plans refer to it; make room there, or choose another folder with -Djava.io.tmpdir.");
        assertThat(files()).isSubsetOf(before);
    }
}
