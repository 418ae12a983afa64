"""Place names to GB/T 2260 codes and tiers."""


def find(text: str) -> list[str]:
    return []
