"""From a panel with gaps to profiles that hold."""

from kjreport.profile.distinctive import distinctive_features
from kjreport.profile.frames import DataError
from kjreport.profile.impute import Imputer
from kjreport.profile.innovation import InnovationProfile, NoStableClusterWarning
from kjreport.profile.normalise import Normaliser
from kjreport.profile.screen import FeatureScreen, Screening, availability, screen
from kjreport.profile.stability import Stability, cluster_stability
from kjreport.profile.treat import OutlierTreatment, kurtosis, skewness

__all__ = [
    "DataError",
    "FeatureScreen",
    "Imputer",
    "InnovationProfile",
    "NoStableClusterWarning",
    "Normaliser",
    "OutlierTreatment",
    "Screening",
    "Stability",
    "availability",
    "cluster_stability",
    "distinctive_features",
    "kurtosis",
    "screen",
    "skewness",
]
