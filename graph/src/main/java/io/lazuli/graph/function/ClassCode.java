package io.lazuli.graph.function;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.PermittedSubclassesAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ConstantDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One class file, as far as it decides what code does.
///
/// @param name       internal name
/// @param supertypes the super class, if there is one, and the interfaces
/// @param permitted  subclasses of a sealed class
/// @param methods    by name and descriptor
record ClassCode(
        String name,
        boolean isEnum,
        List<String> supertypes,
        List<String> permitted,
        List<FieldCode> fields,
        Map<String, MethodCode> methods) {
    /// @param constant value of a field that needs no code to have one
    record FieldCode(String name, String descriptor, boolean isStatic, Optional<ConstantDesc> constant) {}

    static ClassCode of(ClassModel model) {
        Map<String, MethodCode> methods = new HashMap<>();
        for (MethodModel method : model.methods()) {
            MethodCode code = new MethodCode(method);
            methods.put(code.name() + code.descriptor(), code);
        }
        return new ClassCode(
                model.thisClass().asInternalName(),
                model.flags().has(AccessFlag.ENUM),
                names(Stream.concat(model.superclass().stream(), model.interfaces().stream())),
                names(model.findAttribute(Attributes.permittedSubclasses())
                        .map(PermittedSubclassesAttribute::permittedSubclasses)
                        .stream()
                        .flatMap(List::stream)),
                model.fields().stream().map(ClassCode::field).toList(),
                methods);
    }

    private static List<String> names(Stream<ClassEntry> entries) {
        return entries.map(ClassEntry::asInternalName).toList();
    }

    private static FieldCode field(FieldModel field) {
        return new FieldCode(
                field.fieldName().stringValue(),
                field.fieldType().stringValue(),
                field.flags().has(AccessFlag.STATIC),
                field.findAttribute(Attributes.constantValue()).map(value -> value.constant().constantValue()));
    }

    Optional<MethodCode> method(String name, String descriptor) {
        return Optional.ofNullable(methods.get(name + descriptor));
    }

    Optional<FieldCode> staticField(String name) {
        return fields.stream().filter(field -> field.isStatic() && field.name().equals(name)).findFirst();
    }
}
