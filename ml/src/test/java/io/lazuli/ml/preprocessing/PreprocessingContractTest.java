package io.lazuli.ml.preprocessing;

import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.TestRows;
import io.lazuli.ml.impute.ImputerModel;
import io.lazuli.ml.impute.SimpleImputer;
import io.lazuli.ml.model.Model;
import org.junit.jupiter.api.Nested;

/// What every estimator does, done by each of this family.
class PreprocessingContractTest {
    abstract static class OnNumbers<M extends Model> extends EstimatorContract<M> {
        @Override
        protected TestRows rows() {
            return TestRows.random(80, 4, 1);
        }

        @Override
        protected boolean takesMissing() {
            return true;
        }
    }

    /// Numbers with few values, each of which is also in rows that count nothing.
    abstract static class OnLevels<M extends Model> extends OnNumbers<M> {
        @Override
        protected TestRows rows() {
            TestRows rows = TestRows.random(80, 3, 1);
            for (int j = 0; j < 3; j++) {
                double[] levels = new double[80];
                for (int row = 0; row < levels.length; row++) {
                    levels[row] = (row * (j + 1) / 4) % (j + 3);
                }
                rows = rows.with("f" + j, levels);
            }
            return rows;
        }
    }

    @Nested
    class StandardScalerKeeps extends OnNumbers<ScalerModel> {
        @Override
        protected Estimator<ScalerModel> estimator() {
            return new StandardScaler();
        }
    }

    @Nested
    class MinMaxScalerKeeps extends OnNumbers<MinMaxModel> {
        @Override
        protected Estimator<MinMaxModel> estimator() {
            return new MinMaxScaler();
        }
    }

    @Nested
    class RobustScalerKeeps extends OnNumbers<ScalerModel> {
        @Override
        protected Estimator<ScalerModel> estimator() {
            return new RobustScaler();
        }
    }

    @Nested
    class QuantileTransformerKeeps extends OnNumbers<QuantileModel> {
        @Override
        protected Estimator<QuantileModel> estimator() {
            return new QuantileTransformer();
        }
    }

    @Nested
    class MeanImputerKeeps extends OnNumbers<ImputerModel> {
        @Override
        protected Estimator<ImputerModel> estimator() {
            return SimpleImputer.mean();
        }
    }

    @Nested
    class MedianImputerKeeps extends OnNumbers<ImputerModel> {
        @Override
        protected Estimator<ImputerModel> estimator() {
            return SimpleImputer.median();
        }
    }

    @Nested
    class MostFrequentImputerKeeps extends OnNumbers<ImputerModel> {
        @Override
        protected Estimator<ImputerModel> estimator() {
            return SimpleImputer.mostFrequent();
        }
    }

    @Nested
    class ConstantImputerKeeps extends OnNumbers<ImputerModel> {
        @Override
        protected Estimator<ImputerModel> estimator() {
            return SimpleImputer.constant(3);
        }
    }

    @Nested
    class OneHotEncoderKeeps extends OnLevels<OneHotModel> {
        @Override
        protected Estimator<OneHotModel> estimator() {
            return new OneHotEncoder();
        }
    }

    @Nested
    class OrdinalEncoderKeeps extends OnLevels<OrdinalModel> {
        @Override
        protected Estimator<OrdinalModel> estimator() {
            return new OrdinalEncoder();
        }
    }

    @Nested
    class PolynomialFeaturesKeep extends OnNumbers<PolynomialModel> {
        @Override
        protected Estimator<PolynomialModel> estimator() {
            return new PolynomialFeatures();
        }
    }
}
