package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.PartitionSizes;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.file.SourceFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// CSV files with the same columns, read as one table in the order of their names.
///
/// @param name        what people see: the pattern's last part
/// @param bytesPerRow of the samples, for estimates
/// @param longBytes   bytes of long texts in a row, for each column
/// @param hasQuotes   whether the samples held quotes
public record CsvSource(
        String name,
        List<CsvFile> files,
        Schema schema,
        CsvReadOptions options,
        double bytesPerRow,
        List<Integer> longBytes,
        boolean hasQuotes) implements Source {
    public CsvSource {
        files = List.copyOf(files);
        longBytes = List.copyOf(longBytes);
    }

    /// A file and where its first record starts.
    public record CsvFile(SourceFile file, long dataStart) {}

    /// Opens a file, all `.csv` files of a folder, or those that match a pattern such as `trips/*.csv`.
    ///
    /// Errors: USER if there are none, or a declared column is missing; DATA if the start of a file is not well-formed
    /// or files differ in their columns; RESOURCE if one cannot be read.
    public static CsvSource open(String pattern, CsvReadOptions options) {
        CsvDialect dialect = CsvDialect.of(options);
        List<CsvFile> files = new ArrayList<>();
        List<String> names = List.of();
        for (SourceFile file : SourceFile.find(pattern, ".csv")) {
            CsvHeader header = header(file, dialect, options);
            List<String> found = names(header, options.header());
            if (!files.isEmpty() && !found.equals(names)) {
                throw Errors.differentSchemas(
                        files.getFirst().file().path(), file.path(), names.toString(), found.toString());
            }
            names = found;
            files.add(new CsvFile(file, options.header() ? header.end() : header.start()));
        }
        checkNames(files.getFirst().file(), names, options);
        CsvSampling samples = new CsvSampling(dialect, options.sampleBytes(), names.size());
        for (int f : sampled(files.size())) {
            samples.add(files.get(f).file(), files.get(f).dataStart());
        }
        String name = pattern.substring(pattern.replaceAll("/+$", "").lastIndexOf('/') + 1);
        return new CsvSource(
                name,
                files,
                schema(names, samples, options),
                options,
                samples.bytesPerRow(),
                samples.guesses().stream().map(TypeGuess::longBytesPerRow).toList(),
                samples.hasQuotes());
    }

    private static Set<Integer> sampled(int fileCount) {
        return new TreeSet<>(List.of(0, fileCount / 2, fileCount - 1));
    }

    private static CsvHeader header(SourceFile file, CsvDialect dialect, CsvReadOptions options) {
        int length = (int) Math.min(file.byteSize(), options.sampleBytes());
        try (FileChannel channel = file.open()) {
            byte[] bytes = CsvSampling.read(channel, 0, length);
            Optional<CsvHeader> header = CsvHeader.parse(bytes, dialect, length == file.byteSize());
            CsvHeader found = header.orElseThrow(() -> Errors.longCsvHeader(file.path(), options.sampleBytes()));
            if (found.names().isEmpty()) {
                throw Errors.emptyCsv(file.path());
            }
            return found;
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(file.path(), e);
        }
    }

    /// Columns without a name are numbered from 1.
    private static List<String> names(CsvHeader header, boolean isNamed) {
        return IntStream.range(0, header.names().size())
                .mapToObj(
                        i -> isNamed && !header.names().get(i).isEmpty() ? header.names().get(i) : "column_" + (i + 1))
                .toList();
    }

    private static void checkNames(SourceFile file, List<String> names, CsvReadOptions options) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw Errors.duplicateCsvColumn(file.path(), name);
            }
        }
        for (String declared : options.types().keySet()) {
            if (!seen.contains(declared)) {
                throw Errors.noSuchCsvColumn(file.path(), declared, names);
            }
        }
    }

    private static Schema schema(List<String> names, CsvSampling samples, CsvReadOptions options) {
        List<Field> fields = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            DataType guess = samples.guesses().get(column).type();
            fields.add(new Field(names.get(column), options.types().getOrDefault(names.get(column), guess)));
        }
        return new Schema(fields);
    }

    @Override
    public Token token() {
        return Token.of(
                "csv",
                files.stream().map(CsvFile::file).toList(),
                schema.fields(),
                String.valueOf(options.delimiter()),
                options.quote().map(String::valueOf),
                options.header(),
                List.copyOf(options.nulls()));
    }

    @Override
    public Estimate estimate(ScanRequest request) {
        long bytes = files.stream().mapToLong(f -> f.file().byteSize() - f.dataStart()).sum();
        long rows = (long) (bytes / bytesPerRow);
        long decoded = 0;
        for (int column : request.columns()) {
            decoded += Kind.of(schema.field(column).type()).byteSize(rows) + rows * longBytes.get(column);
        }
        return new Estimate(rows, decoded);
    }

    @Override
    public List<Split> splits(ScanRequest request) {
        Estimate estimate = estimate(request);
        int count = PartitionSizes.count(estimate.decodedBytes(), estimate.rowCount());
        long total = files.stream().mapToLong(f -> f.file().byteSize()).sum();
        List<Split> splits = new ArrayList<>();
        for (int f = 0; f < files.size(); f++) {
            SourceFile file = files.get(f).file();
            if (files.get(f).dataStart() < file.byteSize()) {
                int share = (int) Math.max(1, Math.round((double) count * file.byteSize() / total));
                splits.addAll(cut(f, share));
            }
        }
        return List.copyOf(splits);
    }

    private List<Split> cut(int index, int count) {
        SourceFile file = files.get(index).file();
        try (FileChannel channel = file.open()) {
            boolean countQuotes = hasQuotes || options.lineBreaksInQuotes();
            CsvDialect dialect = CsvDialect.of(options);
            List<Long> starts =
                    CsvCuts.of(channel, files.get(index).dataStart(), file.byteSize(), count, dialect, countQuotes);
            return IntStream.range(1, starts.size())
                    .<Split>mapToObj(i -> new CsvSplit(index, starts.get(i - 1), starts.get(i)))
                    .toList();
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(file.path(), e);
        }
    }

    @Override
    public BatchReader open(Split split, ScanRequest request, Scratch scratch) {
        CsvSplit range = (CsvSplit) split;
        SourceFile file = files.get(range.file()).file();
        return new CsvBatchReader(file, range, schema, request.columns(), CsvDialect.of(options), scratch);
    }
}
