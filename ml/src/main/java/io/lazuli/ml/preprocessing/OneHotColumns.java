package io.lazuli.ml.preprocessing;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.summary.Levels;
import io.lazuli.ml.preprocessing.OneHotEncoder.Drop;
import io.lazuli.ml.preprocessing.OneHotEncoder.HandleUnknown;
import java.util.ArrayList;
import java.util.List;

/// Decides which value of which feature gets which column.
final class OneHotColumns {
    private static final int MOST = 100_000;

    private final HandleUnknown handleUnknown;
    private final Drop drop;
    private final double minFrequency;
    private final List<Categories> categories = new ArrayList<>();
    private final List<int[]> columns = new ArrayList<>();
    private final List<Integer> unknown = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    OneHotColumns(HandleUnknown handleUnknown, Drop drop, double minFrequency) {
        this.handleUnknown = handleUnknown;
        this.drop = drop;
        this.minFrequency = minFrequency;
    }

    void add(String feature, Levels levels) {
        Categories known = new Categories(levels.values(), levels.missing() > 0);
        double least = minFrequency < 1 ? minFrequency * levels.weight() : minFrequency;
        int[] places = new int[known.count()];
        List<String> own = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            double weight = i < levels.weights().length ? levels.weights()[i] : levels.missing();
            places[i] = weight < least ? -1 : own.size();
            if (places[i] >= 0) {
                own.add(known.name(i));
            }
        }
        int infrequent = own.size() < places.length ? own.size() : -1;
        if (infrequent >= 0) {
            own.add("infrequent_sklearn");
        }
        int dropped = drop == Drop.FIRST || drop == Drop.IF_BINARY && own.size() == 2 ? 1 : 0;
        int start = names.size() - dropped;
        for (int i = 0; i < places.length; i++) {
            places[i] = column(places[i] < 0 ? infrequent : places[i], dropped, start);
        }
        own.subList(Math.min(dropped, own.size()), own.size()).forEach(name -> names.add(feature + "_" + name));
        if (names.size() > MOST) {
            throw MlErrors.tooManyFeatures("OneHotEncoder", MOST);
        }
        categories.add(known);
        columns.add(places);
        unknown.add(switch (handleUnknown) {
            case ERROR -> OneHotModel.REFUSED;
            case IGNORE -> OneHotModel.NONE;
            case INFREQUENT -> infrequent < 0 ? OneHotModel.NONE : column(infrequent, dropped, start);
        });
    }

    private static int column(int place, int dropped, int start) {
        return place < dropped ? OneHotModel.NONE : start + place;
    }

    OneHotModel model(Features features) {
        return new OneHotModel(
                features, categories, columns, unknown.stream().mapToInt(Integer::intValue).toArray(),
                Features.numbers(names));
    }
}
