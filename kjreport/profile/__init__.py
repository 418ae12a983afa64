"""From a panel with gaps to profiles that hold."""

from kjreport.profile.frames import DataError
from kjreport.profile.impute import Imputer
from kjreport.profile.normalise import Normaliser
from kjreport.profile.screen import FeatureScreen, Screening, availability, screen
from kjreport.profile.treat import OutlierTreatment, kurtosis, skewness

__all__ = [
    "DataError",
    "FeatureScreen",
    "Imputer",
    "Normaliser",
    "OutlierTreatment",
    "Screening",
    "availability",
    "kurtosis",
    "screen",
    "skewness",
]
