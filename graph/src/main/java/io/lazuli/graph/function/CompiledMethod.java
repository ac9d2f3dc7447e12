package io.lazuli.graph.function;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.LineNumberInfo;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Optional;

/// What a compiler has noted about a method for people: where it is written, and what its parameters are called.
record CompiledMethod(ClassModel type, MethodModel method) {
    /// Empty if there is no such class file, or no such method in it.
    static Optional<CompiledMethod> find(ClassLoader loader, String owner, String name, String descriptor) {
        return ClassFiles.bytes(loader, owner)
                .map(bytes -> ClassFile.of().parse(bytes))
                .flatMap(type -> type.methods()
                        .stream()
                        .filter(m -> m.methodName().equalsString(name) && m.methodType().equalsString(descriptor))
                        .findFirst()
                        .map(method -> new CompiledMethod(type, method)));
    }

    boolean isStatic() {
        return method.flags().has(AccessFlag.STATIC);
    }

    boolean isSynthetic() {
        return method.flags().has(AccessFlag.SYNTHETIC);
    }

    /// Such as `Trips.java:12`; without the line, or the class's name alone, if that is all there is.
    String place() {
        Optional<String> file =
                type.findAttribute(Attributes.sourceFile()).map(source -> source.sourceFile().stringValue());
        Optional<Integer> line = code()
                .flatMap(code -> code.findAttribute(Attributes.lineNumberTable()))
                .flatMap(table -> table.lineNumbers().stream().findFirst())
                .map(LineNumberInfo::lineNumber);
        return file.map(name -> name + line.map(number -> ":" + number).orElse(""))
                .orElse(type.thisClass().asInternalName().replace('/', '.'));
    }

    private Optional<CodeAttribute> code() {
        return method.findAttribute(Attributes.code());
    }

    /// The name of a parameter, if the compiler kept it. Of lambdas it keeps none but those in the table of variables.
    Optional<String> parameterName(int index) {
        int slot = slot(index);
        return code().flatMap(code -> code.findAttribute(Attributes.localVariableTable()))
                .flatMap(table -> table.localVariables()
                        .stream()
                        .filter(variable -> variable.slot() == slot && variable.startPc() == 0)
                        .findFirst())
                .map(variable -> variable.name().stringValue());
    }

    private int slot(int index) {
        List<ClassDesc> types = method.methodTypeSymbol().parameterList();
        int slot = isStatic() ? 0 : 1;
        for (ClassDesc type : types.subList(0, index)) {
            slot += TypeKind.from(type).slotSize();
        }
        return slot;
    }
}
