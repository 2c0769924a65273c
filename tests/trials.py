"""Random trials that come out the same on every machine."""

from hypothesis import HealthCheck, Phase, settings


def trials(examples: int) -> settings:
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
