package io.lazuli.graph.bag;

import io.lazuli.graph.error.GraphErrors;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.zip.ZipException;

/// Lines of text files: partition `p` is split `p`.
///
/// @param withPath whether elements are [TextLine] or the texts alone
record TextOrigin(List<TextSplit> splits, boolean withPath) implements Origin {
    @Override
    public String label() {
        return "readText";
    }

    @Override
    public void emit(PartitionRun run, Receiver next) {
        TextSplit split = splits.get(run.partition());
        try (LineReader lines = LineReader.open(split, run::checkCancelled)) {
            String path = split.file().path();
            String line = lines.next();
            while (line != null && next.accept(withPath ? new TextLine(path, line) : line)) {
                line = lines.next();
            }
        } catch (ZipException | EOFException e) {
            throw GraphErrors.damagedGzip(split.file().path(), e);
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(split.file().path(), e);
        }
    }

    @Override
    public String toString() {
        return "TextOrigin[" + splits.size() + " splits]";
    }
}
