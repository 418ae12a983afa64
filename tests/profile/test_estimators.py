import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from kjreport.profile import (
    FeatureScreen,
    Imputer,
    InnovationProfile,
    Normaliser,
    OutlierTreatment,
)

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
    InnovationProfile(n_resamples=3, max_clusters=3, n_init=2),
    InnovationProfile(n_clusters=3, method="ward", n_resamples=3),
    InnovationProfile(n_clusters=2, method="average", n_resamples=3),
    InnovationProfile(n_clusters=2, method="gmm", n_resamples=2, n_init=1),
    InnovationProfile(method="hdbscan", n_resamples=3),
]


# No check is skipped by us; scikit-learn itself skips array-API input where SCIPY_ARRAY_API is
# not set, and none of these estimators claims to take such input.
@parametrize_with_checks(ESTIMATORS)
@pytest.mark.filterwarnings("ignore::kjreport.profile.NoStableClusterWarning")
def test_scikit_learn_conventions(estimator, check):
    check(estimator)
