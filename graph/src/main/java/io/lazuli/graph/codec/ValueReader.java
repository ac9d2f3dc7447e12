package io.lazuli.graph.codec;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Array;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads what [ValueWriter] wrote. Whatever the bytes are, it ends after work in proportion to their number, and allocates no
/// more than they can fill.
///
/// Errors: [CorruptValue], or another RuntimeException from a constructor of the JDK that refuses what it is given;
/// [DeepStack.Exceeded] if the value is deeper than what there is stack for.
final class ValueReader {
    private static final int LAMBDA_TEXTS = 7;

    private final Input in;
    private final ClassNames names;

    /// As in [ValueWriter].
    private final int deepest;
    private final List<RecordShape> records = new ArrayList<>();
    private final List<ObjectShape> objects = new ArrayList<>();
    private final List<Object[]> enums = new ArrayList<>();
    private final List<Class<?>> types = new ArrayList<>();

    /// As in [LargeValues], by number.
    private final List<Object> large = new ArrayList<>();

    /// How many values are being read now, each inside of the one before.
    private int depth;

    /// As in [ValueWriter].
    private int keys;

    ValueReader(Input in, ClassNames names, int deepest) {
        this.in = in;
        this.names = names;
        this.deepest = deepest;
    }

    @Nullable
    Object read() {
        long start = in.position();
        int tag = in.nextByte();
        if (tag <= Tag.LAST_SMALL) {
            return small(tag);
        }
        if (depth == deepest) {
            throw deepest < DeepStack.DEEPEST
                    ? new DeepStack.Exceeded()
                    : new CorruptValue("values lie more than %,d levels deep".formatted(deepest));
        }
        depth++;
        Object value = body(tag);
        depth--;
        if (in.position() - start >= LargeValues.LEAST_BYTES) {
            large.add(value);
        }
        return value;
    }

    private @Nullable Object small(int tag) {
        return switch (tag) {
            case Tag.NULL -> null;
            case Tag.FALSE -> false;
            case Tag.TRUE -> true;
            case Tag.BYTE -> (byte) in.nextNumber();
            case Tag.SHORT -> (short) in.nextNumber();
            case Tag.CHAR -> (char) in.nextNumber();
            case Tag.INT -> (int) in.nextNumber();
            case Tag.LONG -> in.nextNumber();
            case Tag.FLOAT -> Float.intBitsToFloat(in.nextInt());
            case Tag.DOUBLE -> Double.longBitsToDouble(in.nextLong());
            case Tag.ENUM -> constant();
            case Tag.REFERENCE -> reference();
            default -> throw unknown(tag);
        };
    }

    private static CorruptValue unknown(int tag) {
        return new CorruptValue("no value begins with " + tag);
    }

    private Object reference() {
        Object value = large.get(in.nextIndex(large.size(), "large value"));
        if (keys > 0 && !(value instanceof String)) {
            throw new CorruptValue("a key refers to another value");
        }
        return value;
    }

    private Object constant() {
        int index = in.nextIndex(enums.size() + 1, "enum");
        if (index == enums.size()) {
            enums.add(constants());
        }
        Object[] constants = enums.get(index);
        return constants[in.nextIndex(constants.length, "constant")];
    }

    private Object[] constants() {
        Class<?> type = names.find(in.nextText());
        List<String> written = texts();
        if (!type.isEnum()) {
            throw new CorruptValue(type.getName() + " is no enum");
        }
        Object[] constants = initialised(type);
        List<String> found = Arrays.stream(constants).map(c -> ((Enum<?>) c).name()).toList();
        checkShape(type, written, found);
        return constants;
    }

    private static Object[] initialised(Class<?> type) {
        try {
            return type.getEnumConstants();
        } catch (LinkageError e) {
            throw new CorruptValue("enum " + type.getName() + " cannot be initialised: " + e);
        }
    }

    private List<String> texts() {
        return IntStream.range(0, in.nextCount(1)).mapToObj(_ -> in.nextText()).toList();
    }

    private static void checkShape(Class<?> type, List<String> written, List<String> found) {
        if (!written.equals(found)) {
            throw new CorruptValue("%s was written with %s, but has %s".formatted(type.getName(), written, found));
        }
    }

    private Object body(int tag) {
        return switch (tag) {
            case Tag.STRING -> in.nextText();
            case Tag.RECORD -> record();
            case Tag.OPTIONAL -> Optional.ofNullable(read());
            case Tag.ENTRY -> new AbstractMap.SimpleImmutableEntry<@Nullable Object, @Nullable Object>(read(), read());
            case Tag.BOOLEANS -> booleans();
            case Tag.OBJECTS -> objects();
            case Tag.CLASS -> type();
            case Tag.LAMBDA -> lambda();
            case Tag.FORM -> form();
            case Tag.OBJECT -> object();
            default -> numbered(tag);
        };
    }

    private Object numbered(int tag) {
        if (tag >= Tag.LEAVES && tag < Tag.LEAVES + Leaf.ALL.size()) {
            return Leaf.ALL.get(tag - Tag.LEAVES).reader().apply(in);
        }
        if (tag >= Tag.MAPS && tag < Tag.MAPS + MapKind.count()) {
            return map(MapKind.of(tag - Tag.MAPS));
        }
        if (tag >= Tag.COLLECTIONS && tag < Tag.COLLECTIONS + CollectionKind.count()) {
            return collection(CollectionKind.of(tag - Tag.COLLECTIONS));
        }
        if (tag >= Tag.PRIMITIVES && tag < Tag.PRIMITIVES + PrimitiveArray.count()) {
            return PrimitiveArray.of(tag - Tag.PRIMITIVES).read(in);
        }
        throw unknown(tag);
    }

    private Object record() {
        int index = in.nextIndex(records.size() + 1, "record class");
        if (index == records.size()) {
            records.add(shape());
        }
        RecordShape shape = records.get(index);
        @Nullable Object[] values = new Object[shape.components().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read();
        }
        return shape.create(values);
    }

    private RecordShape shape() {
        Class<?> type = names.find(in.nextText());
        List<String> written = texts();
        if (!type.isRecord()) {
            throw new CorruptValue(type.getName() + " is no record");
        }
        RecordShape shape = RecordShape.of(type);
        checkShape(type, written, shape.components());
        return shape;
    }

    private Object object() {
        int index = in.nextIndex(objects.size() + 1, "class");
        if (index == objects.size()) {
            objects.add(objectShape());
        }
        ObjectShape shape = objects.get(index);
        @Nullable Object[] values = new Object[shape.fields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read();
        }
        return shape.create(values);
    }

    private ObjectShape objectShape() {
        Class<?> type = names.find(in.nextText());
        List<String> written = texts();
        ObjectShape shape = ObjectShape.of(type);
        checkShape(type, written, shape.names());
        return shape;
    }

    private Object collection(CollectionKind kind) {
        int count = in.nextCount(1);
        Collection<@Nullable Object> values = kind.create(count);
        keys += kind.isSet() ? 1 : 0;
        for (int i = 0; i < count; i++) {
            values.add(read());
        }
        keys -= kind.isSet() ? 1 : 0;
        checkDistinct(values.size(), count);
        return kind.finish(values);
    }

    private Object map(MapKind kind) {
        int count = in.nextCount(2);
        Map<@Nullable Object, @Nullable Object> map = kind.create(count);
        for (int i = 0; i < count; i++) {
            keys++;
            Object key = read();
            keys--;
            map.put(key, read());
        }
        checkDistinct(map.size(), count);
        return kind.finish(map);
    }

    private static void checkDistinct(int found, int announced) {
        if (found != announced) {
            throw new CorruptValue("%,d distinct elements were written, but %,d are found".formatted(announced, found));
        }
    }

    private boolean[] booleans() {
        boolean[] flags = new boolean[in.nextCount(1)];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = in.nextByte() != 0;
        }
        return flags;
    }

    private Object[] objects() {
        Class<?> type = type();
        if (type.isPrimitive()) {
            throw new CorruptValue("an array of objects has elements of type " + type);
        }
        @Nullable Object[] values = (Object[]) Array.newInstance(type, in.nextCount(1));
        for (int i = 0; i < values.length; i++) {
            values[i] = read();
        }
        return values;
    }

    private Class<?> type() {
        int dimensions = in.nextByte();
        int known = in.nextIndex(ElementTypes.KNOWN.size() + 1, "class");
        Class<?> type = known > 0 ? ElementTypes.KNOWN.get(known - 1) : namedType();
        for (int i = 0; i < dimensions; i++) {
            type = type.arrayType();
        }
        return type;
    }

    private Class<?> namedType() {
        int index = in.nextIndex(types.size() + 1, "named class");
        if (index == types.size()) {
            types.add(names.find(in.nextText()));
        }
        return types.get(index);
    }

    private Object lambda() {
        Class<?> home = type();
        List<String> texts = texts();
        if (texts.size() != LAMBDA_TEXTS) {
            throw new CorruptValue("a lambda of %,d texts, expected %d".formatted(texts.size(), LAMBDA_TEXTS));
        }
        int kind = in.nextCount(0);
        @Nullable Object[] captures = new Object[in.nextCount(1)];
        for (int i = 0; i < captures.length; i++) {
            captures[i] = read();
        }
        return Lambdas.make(home, new SerializedLambda(
                home, texts.get(0), texts.get(1), texts.get(2), kind, texts.get(3), texts.get(4), texts.get(5),
                texts.get(6), captures));
    }

    private Object form() {
        if (!(read() instanceof Portable.Form form)) {
            throw new CorruptValue("a form is of no class that makes an object");
        }
        try {
            return form.restore();
        } catch (RuntimeException e) {
            throw new CorruptValue("no object can be made of " + form.getClass().getName() + ": " + e);
        }
    }
}
