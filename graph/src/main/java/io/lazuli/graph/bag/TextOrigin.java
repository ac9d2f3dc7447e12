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
    /// The files that `paths` mean, cut as `options` say. Errors: USER if there are none; RESOURCE if they cannot be looked at.
    static TextOrigin of(List<String> paths, TextOptions options, boolean withPath) {
        if (paths.isEmpty()) {
            throw GraphErrors.noPaths();
        }
        List<TextSplit> splits = paths.stream()
                .flatMap(path -> TextFile.find(path).stream())
                .flatMap(file -> TextSplit.of(file, options).stream())
                .toList();
        return new TextOrigin(splits, withPath);
    }

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
