package io.lazuli.scheduler.internal.code;

import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The classes that a class file names, by internal name: whatever the JVM may look for when its code runs, and texts that look
/// like the name of a class, which may be given to `Class.forName`.
final class ClassReferences {
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([^;<]+);");
    private static final Pattern QUALIFIED_NAME = Pattern.compile("\\p{Lower}[\\w$]*(?:\\.[\\w$]+)+");

    private final Set<String> names = new TreeSet<>();

    private ClassReferences() {}

    /// Errors: IllegalArgumentException if it is malformed.
    static Set<String> of(ClassModel type) {
        ClassReferences references = new ClassReferences();
        references.read(type);
        return references.names;
    }

    private void read(ClassModel type) {
        for (PoolEntry entry : type.constantPool()) {
            switch (entry) {
                case ClassEntry named -> type(named.asInternalName());
                case NameAndTypeEntry member -> descriptor(member.type().stringValue());
                case MethodTypeEntry method -> descriptor(method.descriptor().stringValue());
                case StringEntry text -> text(text.stringValue());
                default -> {}
            }
        }
        for (FieldModel field : type.fields()) {
            descriptor(field.fieldType().stringValue());
        }
        for (MethodModel method : type.methods()) {
            descriptor(method.methodType().stringValue());
        }
    }

    private void type(String name) {
        if (name.startsWith("[")) {
            descriptor(name);
        } else {
            names.add(name);
        }
    }

    private void descriptor(String descriptor) {
        Matcher type = IN_DESCRIPTOR.matcher(descriptor);
        while (type.find()) {
            names.add(type.group(1));
        }
    }

    private void text(String text) {
        if (QUALIFIED_NAME.matcher(text).matches()) {
            names.add(text.replace('.', '/'));
        }
    }
}
