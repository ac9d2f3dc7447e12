package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A row group in its final form, wherever in a file it will stand: its chunks follow one another, as do the pages in them.
record EncodedGroup(long rowCount, List<EncodedChunk> chunks) {
    EncodedGroup {
        chunks = List.copyOf(chunks);
    }

    long byteSize() {
        return chunks.stream().mapToLong(EncodedChunk::byteSize).sum();
    }

    /// @param dictionarySize bytes of the dictionary page in front, header and all; 0 if there is none
    /// @param byteSize       of all pages and their headers
    /// @param plainBytes     likewise, when decompressed
    record EncodedChunk(int dictionarySize, long byteSize, long plainBytes, List<EncodedPage> pages) {
        EncodedChunk {
            pages = List.copyOf(pages);
        }

        PageValueBounds bounds(Kind kind) {
            return pages.stream()
                    .map(EncodedPage::bounds)
                    .reduce(PageValueBounds.NONE, (one, other) -> ValueBounds.join(kind, one, other));
        }
    }

    /// @param byteSize of the page and its header
    record EncodedPage(int byteSize, int rowCount, PageValueBounds bounds) {}

    /// Least and greatest value as Parquet writes them; empty where there are none, or none short enough.
    record PageValueBounds(int valueCount, long nullCount, long nanCount, Optional<byte[]> least,
            Optional<byte[]> greatest) {
        static final PageValueBounds NONE = new PageValueBounds(0, 0, 0, Optional.empty(), Optional.empty());
    }

    /// Groups as bytes, for the way from a task to the writer.
    static byte[] toBytes(List<EncodedGroup> groups) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(groups.size());
            for (EncodedGroup group : groups) {
                out.writeLong(group.rowCount());
                out.writeInt(group.chunks().size());
                for (EncodedChunk chunk : group.chunks()) {
                    write(out, chunk);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, EncodedChunk chunk) throws IOException {
        out.writeInt(chunk.dictionarySize());
        out.writeLong(chunk.byteSize());
        out.writeLong(chunk.plainBytes());
        out.writeInt(chunk.pages().size());
        for (EncodedPage page : chunk.pages()) {
            out.writeInt(page.byteSize());
            out.writeInt(page.rowCount());
            out.writeInt(page.bounds().valueCount());
            out.writeLong(page.bounds().nullCount());
            out.writeLong(page.bounds().nanCount());
            write(out, page.bounds().least());
            write(out, page.bounds().greatest());
        }
    }

    private static void write(DataOutputStream out, Optional<byte[]> value) throws IOException {
        out.writeInt(value.map(bytes -> bytes.length).orElse(-1));
        out.write(value.orElse(new byte[0]));
    }

    /// What [#toBytes] wrote.
    static List<EncodedGroup> of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            List<EncodedGroup> groups = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                long rowCount = in.readLong();
                List<EncodedChunk> chunks = new ArrayList<>();
                for (int chunksLeft = in.readInt(); chunksLeft > 0; chunksLeft--) {
                    chunks.add(readChunk(in));
                }
                groups.add(new EncodedGroup(rowCount, chunks));
            }
            return groups;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EncodedChunk readChunk(DataInputStream in) throws IOException {
        int dictionarySize = in.readInt();
        long byteSize = in.readLong();
        long plainBytes = in.readLong();
        List<EncodedPage> pages = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            int pageSize = in.readInt();
            int rowCount = in.readInt();
            pages.add(new EncodedPage(pageSize, rowCount, new PageValueBounds(
                    in.readInt(), in.readLong(), in.readLong(), readValue(in), readValue(in))));
        }
        return new EncodedChunk(dictionarySize, byteSize, plainBytes, pages);
    }

    private static Optional<byte[]> readValue(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? Optional.empty() : Optional.of(in.readNBytes(length));
    }
}
