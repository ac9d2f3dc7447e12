package io.lazuli.graph.codec;

import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes one value. A record, enum or other class is described where it first occurs and named by a number from then on.
///
/// Errors: [RefusedValue] for a part that has no form as bytes; [DeepStack.Exceeded] if the value is deeper than what there is
/// stack for.
final class ValueWriter {
    private final Output out;
    private final ClassNames names;

    /// References from the value to its innermost part. A value that refers to itself goes beyond any such number.
    private final int deepest;
    private final Map<Class<?>, Integer> records = new HashMap<>();
    private final Map<Class<?>, Integer> objects = new HashMap<>();
    private final Map<Class<?>, Integer> enums = new HashMap<>();
    private final Map<Class<?>, Integer> types = new HashMap<>();
    private final LargeValues large = new LargeValues();

    /// What is being written now, from the outside in: as many as `depth` says.
    private final List<Object> path = new ArrayList<>();

    /// Above 0 inside of set elements and map keys: whoever reads them hashes them, so they must not be larger than they look.
    private int keys;

    ValueWriter(Output out, ClassNames names, int deepest) {
        this.out = out;
        this.names = names;
        this.deepest = deepest;
    }

    void write(@Nullable Object value) {
        switch (value) {
            case null -> out.putByte(Tag.NULL);
            case Boolean flag -> out.putByte(flag ? Tag.TRUE : Tag.FALSE);
            case Integer number -> number(Tag.INT, number);
            case Long number -> number(Tag.LONG, number);
            case Double number -> {
                out.putByte(Tag.DOUBLE);
                out.putLong(Double.doubleToRawLongBits(number));
            }
            case Float number -> {
                out.putByte(Tag.FLOAT);
                out.putInt(Float.floatToRawIntBits(number));
            }
            case Short number -> number(Tag.SHORT, number);
            case Byte number -> number(Tag.BYTE, number);
            case Character character -> number(Tag.CHAR, character);
            case Enum<?> constant -> constant(constant);
            default -> shareable(value);
        }
    }

    private void number(int tag, long value) {
        out.putByte(tag);
        out.putNumber(value);
    }

    private void constant(Enum<?> constant) {
        Class<?> type = constant.getDeclaringClass();
        out.putByte(Tag.ENUM);
        if (isNew(type, enums)) {
            out.putText(names.nameOf(type));
            texts(Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name()).toList());
        }
        out.putCount(constant.ordinal());
    }

    /// Writes the class's number, which is the next free one if it is new.
    private boolean isNew(Class<?> type, Map<Class<?>, Integer> table) {
        int next = table.size();
        int number = table.computeIfAbsent(type, _ -> next);
        out.putCount(number);
        return number == next;
    }

    private void texts(List<String> texts) {
        out.putCount(texts.size());
        texts.forEach(out::putText);
    }

    private void shareable(Object value) {
        int number = keys == 0 || value instanceof String ? large.numberOf(value) : -1;
        if (number >= 0) {
            out.putByte(Tag.REFERENCE);
            out.putCount(number);
            return;
        }
        long start = out.position();
        enter(value);
        body(value);
        path.removeLast();
        if (out.position() - start >= LargeValues.LEAST_BYTES) {
            large.add(value);
        }
    }

    private void enter(Object value) {
        if (path.size() == deepest) {
            if (path.stream().anyMatch(outer -> outer == value)) {
                throw new RefusedValue(value.getClass(),
                        "it contains itself; break the cycle, for example by an index into a list");
            }
            throw tooDeep(value);
        }
        path.add(value);
    }

    private RuntimeException tooDeep(Object value) {
        return deepest < DeepStack.DEEPEST
                ? new DeepStack.Exceeded()
                : new RefusedValue(value.getClass(), "it lies more than %,d levels deep; use a list instead of a chain"
                        .formatted(deepest));
    }

    private void body(Object value) {
        switch (value) {
            case String text -> {
                out.putByte(Tag.STRING);
                out.putText(text);
            }
            case Portable portable -> form(portable);
            case Record record -> record(record);
            case Collection<?> values -> collection(values);
            case Map<?, ?> map -> map(map);
            case Object[] values -> objects(values);
            case Optional<?> optional -> {
                out.putByte(Tag.OPTIONAL);
                part(optional.orElse(null), ".get()");
            }
            case Map.Entry<?, ?> entry -> entry(entry);
            default -> other(value);
        }
    }

    private void part(@Nullable Object value, String step) {
        try {
            write(value);
        } catch (RefusedValue e) {
            throw e.under(step);
        }
    }

    private void record(Record record) {
        RecordShape shape = RecordShape.of(record.getClass());
        out.putByte(Tag.RECORD);
        if (isNew(shape.type(), records)) {
            out.putText(names.nameOf(shape.type()));
            texts(shape.components());
        }
        int i = 0;
        try {
            for (; i < shape.readers().size(); i++) {
                write(shape.component(record, i));
            }
        } catch (RefusedValue e) {
            throw e.under("." + shape.type().getRecordComponents()[i].getName());
        }
    }

    private void collection(Collection<?> values) {
        CollectionKind kind = CollectionKind.of(values);
        out.putByte(Tag.COLLECTIONS + kind.ordinal());
        int announced = values.size();
        out.putCount(announced);
        keys += kind.isSet() ? 1 : 0;
        int count = 0;
        try {
            for (Object value : values) {
                write(value);
                count++;
            }
        } catch (RefusedValue e) {
            throw e.under("[" + count + "]");
        }
        keys -= kind.isSet() ? 1 : 0;
        checkUnchanged(values, announced, count);
    }

    private void map(Map<?, ?> map) {
        out.putByte(Tag.MAPS + MapKind.of(map).ordinal());
        int announced = map.size();
        out.putCount(announced);
        int count = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            keys++;
            part(entry.getKey(), ".keys[" + count + "]");
            keys--;
            part(entry.getValue(), ".values[" + count + "]");
            count++;
        }
        checkUnchanged(map, announced, count);
    }

    private static void checkUnchanged(Object value, int announced, int count) {
        if (count != announced) {
            throw new RefusedValue(value.getClass(), "it was changed while it was written");
        }
    }

    private void entry(Map.Entry<?, ?> entry) {
        if (entry.getClass().getModule() != Object.class.getModule()) {
            throw new RefusedValue(entry.getClass(), "use a record or Map.entry");
        }
        out.putByte(Tag.ENTRY);
        part(entry.getKey(), ".getKey()");
        part(entry.getValue(), ".getValue()");
    }

    private void objects(Object[] values) {
        out.putByte(Tag.OBJECTS);
        type(values.getClass().getComponentType());
        out.putCount(values.length);
        int i = 0;
        try {
            for (; i < values.length; i++) {
                write(values[i]);
            }
        } catch (RefusedValue e) {
            throw e.under("[" + i + "]");
        }
    }

    /// Dimensions, then what the elements are: a known class by position, another by its name.
    private void type(Class<?> type) {
        int dimensions = 0;
        Class<?> base = type;
        for (; base.isArray(); base = base.getComponentType()) {
            dimensions++;
        }
        out.putByte(dimensions);
        int known = ElementTypes.KNOWN.indexOf(base);
        out.putCount(known + 1);
        if (known < 0 && isNew(base, types)) {
            out.putText(names.nameOf(base));
        }
    }

    private void other(Object value) {
        int leaf = Leaf.positionOf(value);
        if (leaf >= 0) {
            out.putByte(Tag.LEAVES + leaf);
            Leaf.ALL.get(leaf).write(value, out);
        } else if (value instanceof boolean[] flags) {
            booleans(flags);
        } else if (value.getClass().isArray()) {
            PrimitiveArray kind = PrimitiveArray.of(value.getClass().getComponentType());
            out.putByte(Tag.PRIMITIVES + kind.ordinal());
            kind.write(value, out);
        } else if (value instanceof Class<?> type) {
            out.putByte(Tag.CLASS);
            type(type);
        } else {
            try {
                Lambdas.parts(value).ifPresentOrElse(parts -> lambda(value, parts), () -> object(value));
            } catch (RefusedValue e) {
                throw e.within(value);
            }
        }
    }

    private void object(Object value) {
        ObjectShape shape = ObjectShape.of(value.getClass());
        out.putByte(Tag.OBJECT);
        if (isNew(shape.type(), objects)) {
            out.putText(names.nameOf(shape.type()));
            texts(shape.names());
        }
        for (int i = 0; i < shape.fields().size(); i++) {
            part(shape.field(value, i), "." + shape.fields().get(i).getName());
        }
    }

    private void form(Portable portable) {
        if (!(portable.form() instanceof Record form)) {
            throw new RefusedValue(portable.getClass(), "its form is no record");
        }
        out.putByte(Tag.FORM);
        part(form, ".form()");
    }

    private void lambda(Object value, SerializedLambda parts) {
        out.putByte(Tag.LAMBDA);
        type(home(value, parts));
        texts(List.of(
                parts.getFunctionalInterfaceClass(), parts.getFunctionalInterfaceMethodName(),
                parts.getFunctionalInterfaceMethodSignature(), parts.getImplClass(), parts.getImplMethodName(),
                parts.getImplMethodSignature(), parts.getInstantiatedMethodType()));
        out.putCount(parts.getImplMethodKind());
        out.putCount(parts.getCapturedArgCount());
        for (int i = 0; i < parts.getCapturedArgCount(); i++) {
            part(parts.getCapturedArg(i), ".captures[" + i + "]");
        }
    }

    /// The class that a lambda is written in.
    private static Class<?> home(Object value, SerializedLambda parts) {
        try {
            return Class.forName(
                    parts.getCapturingClass().replace('/', '.'), false, value.getClass().getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new RefusedValue(value.getClass(),
                    "it is written in a hidden class, which has no name to find it by");
        }
    }

    private void booleans(boolean[] flags) {
        out.putByte(Tag.BOOLEANS);
        out.putCount(flags.length);
        for (boolean flag : flags) {
            out.putByte(flag ? 1 : 0);
        }
    }
}
