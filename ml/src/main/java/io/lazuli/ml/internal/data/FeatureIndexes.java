package io.lazuli.ml.internal.data;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.internal.MlErrors;
import java.util.List;

/// Where features are among all.
public final class FeatureIndexes {
    private FeatureIndexes() {}

    /// **Errors.** USER if one of the names is not there.
    public static List<Integer> of(Features features, List<String> names) {
        List<String> available = features.names();
        return names.stream().map(name -> {
            int index = available.indexOf(name);
            if (index < 0) {
                throw MlErrors.featureNotFound(name, available);
            }
            return index;
        }).toList();
    }
}
