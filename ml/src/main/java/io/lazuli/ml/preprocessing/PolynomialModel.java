package io.lazuli.ml.preprocessing;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.model.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Multiplies features. Each product is one with a factor less, times a feature.
public record PolynomialModel(Features features, List<Product> products) implements Transform {
    private static final int MOST = 100_000;

    public PolynomialModel {
        products = List.copyOf(products);
    }

    /// @param without the place of the product of all factors but the last; below 0 if there are none
    /// @param factors indexes of features, ascending; none for the constant 1
    public record Product(int without, List<Integer> factors) {
        public Product {
            factors = List.copyOf(factors);
        }

        private String name(Features features) {
            if (factors.isEmpty()) {
                return "1";
            }
            List<String> names = new ArrayList<>();
            for (int i = 0, end; i < factors.size(); i = end) {
                end = factors.lastIndexOf(factors.get(i)) + 1;
                String name = features.get(factors.get(i)).name();
                names.add(end == i + 1 ? name : name + "^" + (end - i));
            }
            return String.join(" ", names);
        }
    }

    /// All products, those of fewer factors first. **Errors.** USER if they are too many.
    static List<Product> products(int featureCount, int degree, boolean interactionOnly, boolean includeBias) {
        List<Product> all = new ArrayList<>();
        if (includeBias) {
            all.add(new Product(-1, List.of()));
        }
        for (int feature = 0; feature < featureCount; feature++) {
            all.add(new Product(-1, List.of(feature)));
        }
        int start = all.size() - featureCount;
        for (int factors = 2; factors <= degree; factors++) {
            int end = all.size();
            for (int shorter = start; shorter < end; shorter++) {
                List<Integer> known = all.get(shorter).factors();
                for (int next = known.getLast() + (interactionOnly ? 1 : 0); next < featureCount; next++) {
                    List<Integer> longer = new ArrayList<>(known);
                    longer.add(next);
                    all.add(new Product(shorter, longer));
                }
                if (all.size() > MOST) {
                    throw MlErrors.tooManyFeatures("PolynomialFeatures", MOST);
                }
            }
            start = end;
        }
        return all;
    }

    @Override
    public Features output() {
        return Features.numbers(products.stream().map(product -> product.name(features)).toList());
    }

    @Override
    public TileTransform over(Rows rows) {
        return this::transform;
    }

    private void transform(Tile from, double[][] to) {
        for (int k = 0; k < products.size(); k++) {
            Product product = products.get(k);
            if (product.factors.isEmpty()) {
                Arrays.fill(to[k], 0, from.length(), 1);
            } else if (product.without < 0) {
                System.arraycopy(from.feature(product.factors.getLast()), 0, to[k], 0, from.length());
            } else {
                multiply(to[product.without], from.feature(product.factors.getLast()), from.length(), to[k]);
            }
        }
    }

    private static void multiply(double[] left, double[] right, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            into[row] = left[row] * right[row];
        }
    }
}
