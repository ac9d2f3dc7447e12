package io.lazuli.graph.function;

import io.lazuli.graph.Token;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.PseudoInstruction;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the instructions of one method into a token and a list of references, such that everything that compilers and edits
/// elsewhere in the file may change falls away: line numbers, names of variables, numbers in the constant pool, short and long
/// forms of an instruction, numbers of anonymous classes. Jumps are counted in instructions.
///
/// A reference leaves only its place in the token: what it refers to may need another name, or none.
final class BodyReader {
    private final List<Object> content = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();

    /// Where each label stands, as the number of instructions before it.
    private final Map<Label, Integer> places = new HashMap<>();

    MethodCode.Body read(CodeAttribute code) {
        int count = 0;
        for (CodeElement element : code) {
            switch (element) {
                case LabelTarget target -> places.put(target.label(), count);
                case Instruction _ -> count++;
                default -> {}
            }
        }
        for (CodeElement element : code) {
            switch (element) {
                case Instruction instruction -> instruction(instruction);
                case PseudoInstruction pseudo -> pseudo(pseudo);
                default -> {}
            }
        }
        return new MethodCode.Body(Token.of(content), List.copyOf(references));
    }

    private void pseudo(PseudoInstruction element) {
        if (element instanceof ExceptionCatch handler) {
            put("catch", place(handler.tryStart()), place(handler.tryEnd()), place(handler.handler()));
            handler.catchType().ifPresent(type -> mention(type.asInternalName()));
        }
    }

    private void instruction(Instruction instruction) {
        switch (instruction) {
            case LoadInstruction load -> put("load", load.typeKind().name(), load.slot());
            case StoreInstruction store -> put("store", store.typeKind().name(), store.slot());
            case IncrementInstruction increment -> put("increment", increment.slot(), increment.constant());
            case ConstantInstruction constant -> constant(constant.constantValue());
            case BranchInstruction branch -> put(branch.opcode().name().replace("_W", ""), place(branch.target()));
            case LookupSwitchInstruction choice -> cases(choice.defaultTarget(), choice.cases());
            case TableSwitchInstruction choice -> cases(choice.defaultTarget(), choice.cases());
            case FieldInstruction field -> field(field);
            case InvokeInstruction call -> {
                put(call.opcode().name());
                call(call.owner().asInternalName(), call.name().stringValue(), call.type().stringValue());
            }
            case InvokeDynamicInstruction call -> {
                put("dynamic", call.name().stringValue());
                descriptor(call.type().stringValue());
                handle(call.bootstrapMethod());
                call.bootstrapArgs().forEach(this::constant);
            }
            case NewObjectInstruction creation -> {
                put("new");
                instance(creation.className().asInternalName());
            }
            case NewReferenceArrayInstruction creation -> {
                put("array");
                mention(creation.componentType().asInternalName());
            }
            case NewMultiArrayInstruction creation -> {
                put("arrays", creation.dimensions());
                mention(creation.arrayType().asInternalName());
            }
            case NewPrimitiveArrayInstruction creation -> put("array", creation.typeKind().name());
            case TypeCheckInstruction check -> {
                put(check.opcode().name());
                mention(check.type().asInternalName());
            }
            case DiscontinuedInstruction.JsrInstruction jump -> put("jsr", place(jump.target()));
            case DiscontinuedInstruction.RetInstruction jump -> put("ret", jump.slot());
            case ArrayLoadInstruction _,ArrayStoreInstruction _,ConvertInstruction _,MonitorInstruction _,NopInstruction _,OperatorInstruction _,ReturnInstruction _,StackInstruction _,ThrowInstruction _ ->
                put(instruction.opcode().name());
        }
    }

    private void put(Object... parts) {
        content.addAll(List.of(parts));
    }

    private int place(Label label) {
        Integer place = places.get(label);
        if (place == null) {
            throw new IllegalArgumentException("a jump leads nowhere");
        }
        return place;
    }

    private void cases(Label otherwise, List<SwitchCase> cases) {
        put("switch", cases.size(), place(otherwise));
        for (SwitchCase choice : cases) {
            put(choice.caseValue(), place(choice.target()));
        }
    }

    private void field(FieldInstruction field) {
        put(field.opcode().name());
        String owner = field.owner().asInternalName();
        String name = field.name().stringValue();
        switch (field.opcode()) {
            case GETSTATIC -> staticField(owner, name, field.type().stringValue());
            default -> objectField(owner, name, field.type().stringValue());
        }
    }

    private void staticField(String owner, String name, String descriptor) {
        put(name);
        descriptor(descriptor);
        if (ClassName.isJdk(owner)) {
            put(owner);
        } else {
            refer(new Reference.StaticField(owner, name, descriptor));
        }
    }

    private void objectField(String owner, String name, String descriptor) {
        put(name);
        descriptor(descriptor);
        mention(owner);
    }

    /// A method of the JDK is its name; the name of another is up to who knows what it calls.
    private void call(String owner, String name, String descriptor) {
        descriptor(descriptor);
        if (owner.startsWith("[") || ClassName.isJdk(owner)) {
            put(name);
            mention(owner);
        } else {
            refer(new Reference.Call(owner, name, descriptor));
        }
    }

    private void instance(String owner) {
        if (ClassName.isJdk(owner)) {
            put(owner);
        } else {
            refer(new Reference.Instance(owner));
        }
    }

    /// Names a class, or the elements of an array class.
    private void mention(String type) {
        int dimensions = type.lastIndexOf('[') + 1;
        put(dimensions);
        if (dimensions == 0) {
            mentionClass(type);
        } else if (type.charAt(dimensions) == 'L') {
            mentionClass(type.substring(dimensions + 1, type.length() - 1));
        } else {
            put(type);
        }
    }

    private void mentionClass(String name) {
        if (ClassName.isJdk(name)) {
            put(name);
        } else {
            refer(new Reference.Mention(name));
        }
    }

    private void refer(Reference reference) {
        put("@");
        references.add(reference);
    }

    private void descriptor(String descriptor) {
        put(ClassName.withoutNumbers(descriptor));
    }

    private void constant(ConstantDesc constant) {
        put("constant");
        switch (constant) {
            case Integer number -> put(number);
            case Long number -> put(number);
            case Float number -> put("float", Float.floatToRawIntBits(number));
            case Double number -> put("double", Double.doubleToRawLongBits(number));
            case String text -> put(text);
            case ClassDesc type -> type(type);
            case MethodTypeDesc type -> descriptor(type.descriptorString());
            case MethodHandleDesc handle -> handle(handle);
            case DynamicConstantDesc<?> dynamic -> {
                put("dynamic", dynamic.constantName());
                descriptor(dynamic.constantType().descriptorString());
                handle(dynamic.bootstrapMethod());
                dynamic.bootstrapArgsList().forEach(this::constant);
            }
        }
    }

    private void type(ClassDesc type) {
        if (type.isClassOrInterface()) {
            String descriptor = type.descriptorString();
            instance(descriptor.substring(1, descriptor.length() - 1));
        } else {
            mention(type.descriptorString());
        }
    }

    private void handle(MethodHandleDesc handle) {
        if (!(handle instanceof DirectMethodHandleDesc direct)) {
            throw new IllegalArgumentException("no class file holds " + handle);
        }
        String descriptor = direct.owner().descriptorString();
        String owner = descriptor.startsWith("[") ? descriptor : descriptor.substring(1, descriptor.length() - 1);
        put(direct.kind().name());
        switch (direct.kind()) {
            case STATIC_GETTER -> staticField(owner, direct.methodName(), direct.lookupDescriptor());
            case GETTER, SETTER, STATIC_SETTER -> objectField(owner, direct.methodName(), direct.lookupDescriptor());
            case CONSTRUCTOR -> {
                instance(owner);
                call(owner, direct.methodName(), direct.lookupDescriptor());
            }
            case STATIC, INTERFACE_STATIC, VIRTUAL, INTERFACE_VIRTUAL, SPECIAL, INTERFACE_SPECIAL ->
                call(owner, direct.methodName(), direct.lookupDescriptor());
        }
    }
}
