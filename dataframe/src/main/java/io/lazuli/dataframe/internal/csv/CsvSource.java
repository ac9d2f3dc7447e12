package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.dataframe.internal.text.TextFile;
import io.lazuli.dataframe.internal.text.TextFiles;
import io.lazuli.dataframe.internal.text.TextReader;
import io.lazuli.dataframe.internal.text.TextScan;
import io.lazuli.dataframe.internal.text.TextSplit;
import io.lazuli.dataframe.io.BadRows;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Token;
import io.lazuli.graph.file.SourceFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// CSV files with the same columns, read as one table in the order of their names. After the columns of the files comes,
/// if asked for, the path of the file.
///
/// @param name        what people see: the pattern's last part
/// @param bytesPerRow of the samples, for estimates
/// @param longBytes   bytes of long texts in a row, for each column
/// @param hasQuotes   whether the samples held quotes
public record CsvSource(
        String name,
        List<TextFile> files,
        Schema schema,
        CsvReadOptions options,
        double bytesPerRow,
        List<Integer> longBytes,
        boolean hasQuotes) implements Source {
    /// Columns that a file may have: so few that what is kept for each of them stays within some 32 MiB.
    static final int MOST_COLUMNS = 1 << 16;

    private static final String SUFFIX = ".csv{,.gz,.zst}";

    public CsvSource {
        files = List.copyOf(files);
        longBytes = List.copyOf(longBytes);
    }

    /// Opens a file, all `.csv` files of a folder, compressed ones too, or those that match a pattern such as
    /// `trips/*.csv`.
    ///
    /// Errors: USER if there are none, or a declared column is missing; DATA if the start of a file is not well-formed
    /// or files differ in their columns; RESOURCE if one cannot be read.
    public static CsvSource open(String pattern, CsvReadOptions options) {
        List<TextFile> files = new ArrayList<>();
        List<String> names = List.of();
        for (SourceFile file : SourceFile.find(pattern, SUFFIX)) {
            TextFile text = new TextFile(file, options.isLatin1());
            byte[] head = text.head(options.sampleBytes());
            byte lineEnd = CsvHeader.lineEnd(head, options.quote());
            CsvHeader header = header(text, head, CsvDialect.of(options, lineEnd), options);
            List<String> found = names(header, options.header());
            if (!files.isEmpty() && !found.equals(names)) {
                throw Errors.differentSchemas(
                        files.getFirst().path(), file.path(), names.toString(), found.toString());
            }
            names = found;
            files.add(text.withRecords(options.header() ? header.end() : header.start(), lineEnd));
        }
        checkNames(files.getFirst().file(), names, options);
        CsvSampling samples = new CsvSampling(options, names.size());
        for (int f : sampled(files.size())) {
            samples.add(files.get(f));
        }
        return new CsvSource(
                TextFiles.name(pattern),
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

    private static CsvHeader header(TextFile file, byte[] head, CsvDialect dialect, CsvReadOptions options) {
        boolean isWhole = head.length < options.sampleBytes() || head.length == file.end();
        CsvHeader header = CsvHeader.parse(head, dialect, options.skippedLines(), isWhole)
                .orElseThrow(() -> Errors.longCsvHeader(file.path(), options.sampleBytes()));
        if (header.names().isEmpty()) {
            throw Errors.emptyCsv(file.path());
        }
        if (header.names().size() > MOST_COLUMNS) {
            throw TextErrors.tooManyColumns("CSV", file.path(), header.names().size(), MOST_COLUMNS);
        }
        TextFiles.checkText("CSV", file, head, header.end());
        return header;
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
        options.pathColumn().filter(seen::contains).ifPresent(column -> {
            throw TextErrors.pathColumnExists(file.path(), column);
        });
    }

    private static Schema schema(List<String> names, CsvSampling samples, CsvReadOptions options) {
        List<Field> fields = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            DataType guess = samples.guesses().get(column).type();
            fields.add(new Field(names.get(column), options.types().getOrDefault(names.get(column), guess)));
        }
        options.pathColumn().ifPresent(column -> fields.add(new Field(column, DataType.UTF8)));
        return new Schema(fields);
    }

    /// How many columns the files have.
    private int width() {
        return longBytes.size();
    }

    @Override
    public Token token() {
        return Token.of(
                "csv",
                files,
                schema.fields(),
                options.delimiter(),
                options.quote(),
                options.escape(),
                options.comment(),
                options.decimal(),
                List.copyOf(options.nulls()),
                options.recordBytes(),
                options.badRows(),
                options.pathColumn());
    }

    @Override
    public Estimate estimate(ScanRequest request) {
        return TextFiles.estimate(files, bytesPerRow, schema, longBytes, request);
    }

    @Override
    public List<Split> splits(ScanRequest request) {
        return TextFiles.splits(files, estimate(request), this::cuts);
    }

    /// Where the parts of a file start, and its end.
    private List<Long> cuts(TextFile file, FileChannel channel, int count) throws IOException {
        CsvDialect dialect = CsvDialect.of(options, file.lineEnd());
        boolean needsOrder = options.badRows() != BadRows.FAIL
                || options.escape().isPresent()
                || options.comment().isPresent();
        // The number of quotes says nothing where they may stand anywhere.
        if (needsOrder && CsvCuts.hasQuotes(channel, file.dataStart(), file.end(), dialect)) {
            return List.of(file.dataStart(), file.end());
        }
        boolean countQuotes = hasQuotes || options.lineBreaksInQuotes();
        return CsvCuts.of(channel, file.dataStart(), file.end(), count, dialect, countQuotes);
    }

    @Override
    public BatchReader open(Split split, ScanRequest request, Scratch scratch) {
        TextSplit part = (TextSplit) split;
        TextFile file = files.get(part.file());
        TextScan scan = TextScan.of(
                "CSV", schema, width(), request.columns(), options.badRows(), options.report(), options.recordBytes());
        CsvDialect dialect = CsvDialect.of(options, file.lineEnd());
        return new TextReader(scan, file, part.start(), part.end(), scratch,
                badRows -> new CsvScanner(dialect, width(), scan.indexes(), badRows));
    }
}
