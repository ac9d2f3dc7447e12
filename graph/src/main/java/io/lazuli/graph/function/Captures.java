package io.lazuli.graph.function;

import io.lazuli.graph.codec.Unencodable;
import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.error.GraphErrors;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a function could be sent to another process: whether the values that it captures can be. An engine that runs in the
/// user's process never asks.
///
/// A captured value can travel if a [ValueCodec] encodes it, or if it is a function that can travel itself. What passes here is
/// encoded by it.
public final class Captures {
    private final ValueCodec codec = ValueCodec.create();

    /// Functions that are checked or being checked: they may capture each other.
    private final Set<UserFunction> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private Captures() {}

    /// Returns if `function` can travel. **Cost**: walks all captured values.
    ///
    /// **Errors**: USER if it cannot, naming the function, the variable (by name if compiled with `javac -g`, as build tools
    /// do), its type and what to do.
    public static void check(UserFunction function) {
        Captures captures = new Captures();
        captures.checkFunction(function);
        captures.codec.findUnencodable(function).ifPresent(refused -> {
            throw GraphErrors.cannotEncode(refused.toString());
        });
    }

    private void checkFunction(UserFunction function) {
        if (!seen.add(function) || function instanceof Enum) {
            return; // an enum constant travels by name
        }
        Optional<FunctionParts> parts = FunctionParts.of(function);
        if (parts.isEmpty()) {
            throw GraphErrors.functionCannotTravel(function.getClass().getName());
        }
        List<@Nullable Object> captures = parts.get().captures();
        for (int i = 0; i < captures.size(); i++) {
            if (captures.get(i) instanceof UserFunction inner) {
                checkFunction(inner);
            } else {
                checkValue(parts.get(), i, captures.get(i));
            }
        }
    }

    private void checkValue(FunctionParts parts, int index, @Nullable Object value) {
        Optional<Unencodable> refused = codec.findUnencodable(value);
        if (refused.isPresent() && value != null) {
            throw GraphErrors.captureCannotTravel(parts.describe(), parts.describeCapture(index),
                    value.getClass().getTypeName(), refused.get().path(), refused.get().type(), refused.get().reason());
        }
    }
}
