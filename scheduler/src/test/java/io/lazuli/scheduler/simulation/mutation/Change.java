package io.lazuli.scheduler.simulation.mutation;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.stream.IntStream;

/// What is done to the code of a method to make it wrong.
sealed interface Change {
    /// The call is left out; what it would have returned is 0, false or null.
    record DropCall(String callee) implements Change {}

    /// The condition after the only use of `name` has no effect: the code goes on as if it jumped, or as if it did not.
    record Ignore(String name, boolean jumps) implements Change {}

    /// The same for the condition with this index in the method.
    record IgnoreAt(int index, boolean jumps) implements Change {}

    /// The method does nothing but return this.
    record Return(int value) implements Change {}

    /// One number in place of another.
    record Replace(long number, long by) implements Change {}

    /// A sum where there was a difference, or the other way round.
    record Invert(Opcode operation, Opcode by) implements Change {}

    /// No bug: the method first gives its argument in the local variable `slot`, an enum constant, to [TransitionTally].
    record Tell(int slot) implements Change {}

    /// Writes the changed code.
    ///
    /// Errors: IllegalArgumentException unless the place is found exactly once.
    default void apply(List<CodeElement> code, TypeKind returned, CodeBuilder builder) {
        if (this instanceof Return(int value)) {
            returnAtOnce(value, returned, builder);
            return;
        }
        if (this instanceof Tell(int slot)) {
            builder.aload(slot)
                    .invokestatic(
                            TransitionTally.class.describeConstable().orElseThrow(), "count",
                            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Enum));
            code.forEach(builder::with);
            return;
        }
        int place = place(code);
        for (int i = 0; i < code.size(); i++) {
            if (i == place) {
                replace(code.get(i), builder);
            } else {
                builder.with(code.get(i));
            }
        }
    }

    private int place(List<CodeElement> code) {
        if (this instanceof IgnoreAt(int index, boolean _)) {
            return IntStream.range(0, code.size())
                    .filter(i -> isCondition(code.get(i)))
                    .skip(index)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(this + " fits no place"));
        }
        int found = -1;
        for (int i = 0; i < code.size(); i++) {
            if (isPlace(code.get(i))) {
                if (found >= 0) {
                    throw new IllegalArgumentException(this + " fits more than one place");
                }
                found = i;
            }
        }
        if (found < 0) {
            throw new IllegalArgumentException(this + " fits no place");
        }
        while (this instanceof Ignore && !isCondition(code.get(found))) {
            found++;
        }
        return found;
    }

    private static boolean isCondition(CodeElement element) {
        return element instanceof BranchInstruction branch
                && branch.opcode() != Opcode.GOTO
                && branch.opcode() != Opcode.GOTO_W;
    }

    private boolean isPlace(CodeElement element) {
        return switch (this) {
            case DropCall(String callee) ->
                element instanceof InvokeInstruction call && call.name().equalsString(callee);
            case Ignore(String name, boolean _) -> uses(element, name);
            case Replace(long number, long _) -> element instanceof ConstantInstruction constant
                    && constant.constantValue() instanceof Number value
                    && value.longValue() == number;
            case Invert(Opcode operation, Opcode _) ->
                element instanceof OperatorInstruction operator && operator.opcode() == operation;
            case Return _, IgnoreAt _, Tell _ -> false;
        };
    }

    private static boolean uses(CodeElement element, String name) {
        return switch (element) {
            case InvokeInstruction call -> call.name().equalsString(name);
            case FieldInstruction field -> field.name().equalsString(name);
            default -> false;
        };
    }

    private void replace(CodeElement element, CodeBuilder builder) {
        switch (this) {
            case DropCall _ -> drop((InvokeInstruction) element, builder);
            case Ignore(String _, boolean jumps) -> ignore((BranchInstruction) element, jumps, builder);
            case IgnoreAt(int _, boolean jumps) -> ignore((BranchInstruction) element, jumps, builder);
            case Replace(long _, long by) -> {
                if (((ConstantInstruction) element).typeKind() == TypeKind.LONG) {
                    builder.loadConstant(by);
                } else {
                    builder.loadConstant((int) by);
                }
            }
            case Invert(Opcode _, Opcode by) -> builder.with(OperatorInstruction.of(by));
            case Return _, Tell _ -> throw new IllegalStateException(this + " replaces no instruction");
        }
    }

    private static void ignore(BranchInstruction branch, boolean jumps, CodeBuilder builder) {
        if (operands(branch.opcode()) == 2) {
            builder.pop2();
        } else {
            builder.pop();
        }
        if (jumps) {
            builder.goto_(branch.target());
        }
    }

    private static void drop(InvokeInstruction call, CodeBuilder builder) {
        List<ClassDesc> parameters = call.typeSymbol().parameterList();
        for (ClassDesc parameter : parameters.reversed()) {
            pop(TypeKind.from(parameter), builder);
        }
        if (call.opcode() != Opcode.INVOKESTATIC) {
            builder.pop();
        }
        nothing(TypeKind.from(call.typeSymbol().returnType()), builder);
    }

    private static void pop(TypeKind kind, CodeBuilder builder) {
        if (kind.slotSize() == 2) {
            builder.pop2();
        } else {
            builder.pop();
        }
    }

    /// Puts 0, false or null where a result would be.
    private static void nothing(TypeKind kind, CodeBuilder builder) {
        switch (kind) {
            case VOID -> {}
            case LONG -> builder.lconst_0();
            case DOUBLE -> builder.dconst_0();
            case FLOAT -> builder.fconst_0();
            case REFERENCE -> builder.aconst_null();
            case INT, BOOLEAN, BYTE, SHORT, CHAR -> builder.iconst_0();
        }
    }

    private static void returnAtOnce(int value, TypeKind returned, CodeBuilder builder) {
        switch (returned) {
            case VOID -> builder.return_();
            case LONG -> builder.loadConstant((long) value).lreturn();
            case INT, BOOLEAN, BYTE, SHORT, CHAR -> builder.loadConstant(value).ireturn();
            case REFERENCE -> builder.aconst_null().areturn();
            case DOUBLE, FLOAT -> throw new IllegalArgumentException("no method returns " + returned);
        }
    }

    private static int operands(Opcode branch) {
        return switch (branch) {
            case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE, IF_ACMPEQ, IF_ACMPNE -> 2;
            default -> 1;
        };
    }
}
