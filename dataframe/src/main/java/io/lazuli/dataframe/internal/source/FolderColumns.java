package io.lazuli.dataframe.internal.source;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.graph.file.SourceFile;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Columns whose values are not in files but in the names of their folders, as Hive and Spark write them: all rows of a file have
/// the same.
///
/// ```
///   trips/year=2024/zone=airport/part-0.parquet      year: LONG 2024, zone: UTF8 'airport'
///   trips/year=2024/zone=__HIVE_DEFAULT_PARTITION__  zone: null
/// ```
///
/// A column is LONG if all of its values are whole numbers, DATE if they are days such as 2024-01-31, else UTF8. What a name cannot
/// hold is escaped as in URLs.
///
/// @param fields in the order of the folders
/// @param values for each file, one for each field: Long, Integer (days since 1970), String; empty for null
public record FolderColumns(List<Field> fields, List<List<Optional<Object>>> values) {
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    public FolderColumns {
        fields = List.copyOf(fields);
        values = values.stream().map(List::copyOf).toList();
    }

    /// The columns of files that were found below `folder`; none without one. Errors: DATA if their folders name different columns.
    public static FolderColumns of(Optional<Path> folder, List<SourceFile> files) {
        Optional<Path> base = folder.map(Path::toAbsolutePath).map(Path::normalize);
        List<Map<String, Optional<String>>> texts = files.stream()
                .map(file -> base.map(path -> texts(path, Path.of(file.path()))).orElse(Map.of()))
                .toList();
        List<String> names = List.copyOf(texts.getFirst().keySet());
        for (int f = 0; f < files.size(); f++) {
            List<String> found = List.copyOf(texts.get(f).keySet());
            if (!found.equals(names)) {
                throw Errors.otherFolders(files.getFirst().path(), names, files.get(f).path(), found);
            }
        }
        List<Field> fields = names.stream().map(name -> new Field(name, typeOf(name, texts))).toList();
        return new FolderColumns(fields, texts.stream().map(of -> values(fields, of)).toList());
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    private static Map<String, Optional<String>> texts(Path base, Path file) {
        Map<String, Optional<String>> texts = new LinkedHashMap<>();
        for (Path folder = base; !folder.equals(file.getParent());) {
            folder = folder.resolve(folder.relativize(file).getName(0));
            String name = folder.getFileName().toString();
            int sign = name.indexOf('=');
            String text = name.substring(sign + 1);
            texts.put(unescaped(name.substring(0, sign)),
                    text.equals(NULL) ? Optional.empty() : Optional.of(unescaped(text)));
        }
        return texts;
    }

    /// A plus sign stands for itself, and so does a percent sign that escapes nothing.
    private static String unescaped(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private static DataType typeOf(String name, List<Map<String, Optional<String>>> texts) {
        List<String> known = texts.stream().flatMap(of -> of.getOrDefault(name, Optional.empty()).stream()).toList();
        return List.of(DataType.LONG, DataType.DATE).stream()
                .filter(type -> !known.isEmpty() && known.stream().allMatch(text -> value(type, text).isPresent()))
                .findFirst()
                .orElse(DataType.UTF8);
    }

    private static List<Optional<Object>> values(List<Field> fields, Map<String, Optional<String>> texts) {
        List<Optional<Object>> values = new ArrayList<>();
        for (Field field : fields) {
            values.add(texts.getOrDefault(field.name(), Optional.empty()).flatMap(text -> value(field.type(), text)));
        }
        return values;
    }

    /// Empty if the text is no value of the type.
    private static Optional<Object> value(DataType type, String text) {
        return switch (type) {
            case DataType.Simple.LONG -> parsed(Long::parseLong, text);
            case DataType.Simple.DATE -> parsed(day -> Math.toIntExact(LocalDate.parse(day).toEpochDay()), text);
            case DataType other -> Optional.of(text);
        };
    }

    private static Optional<Object> parsed(Function<String, Object> parser, String text) {
        try {
            return Optional.of(parser.apply(text));
        } catch (NumberFormatException | DateTimeParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /// What is known of a column in some rows of a file.
    public ColumnRange range(int file, int column, long rowCount) {
        Optional<Comparable<?>> value = values.get(file).get(column).map(FolderColumns::bound);
        return new ColumnRange(value, value, value.isEmpty() ? rowCount : 0, false);
    }

    private static Comparable<?> bound(Object value) {
        return value instanceof String text ? text : ((Number) value).longValue();
    }
}
