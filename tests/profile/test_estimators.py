from sklearn.utils.estimator_checks import parametrize_with_checks

from kjreport.profile import FeatureScreen, Imputer, Normaliser, OutlierTreatment

ESTIMATORS = [
    Normaliser(),
    Normaliser("zscore"),
    Normaliser("prank"),
    Imputer(),
    Imputer("knn"),
    Imputer("iterative", random_state=0),
    OutlierTreatment(),
    OutlierTreatment(transformation="boxcox"),
    FeatureScreen(min_availability=0.0, min_nonzero=0.0),
]


@parametrize_with_checks(ESTIMATORS)
def test_scikit_learn_conventions(estimator, check):
    check(estimator)
