"""How the tests look at latent days: plain averages, no model."""

SETTLED = 20 * 7


def harm(days, hard=None):
    """Harmful acts a contact day, on hard days, on the others, or on all."""
    met = [day for day in days if day.contact and (hard is None or day.hard is hard)]
    return sum(len(day.acts) for day in met) / len(met)


def before_and_after(home, wait=SETTLED):
    """Days before the onset, and days from `wait` days after it."""
    onset = home.course.onset
    return [d for d in home.days if d.index < onset], [d for d in home.days if d.index >= onset + wait]


def pooled(pairs):
    """Two lists of days from many pairs of lists."""
    first, second = zip(*pairs, strict=True)
    return [d for days in first for d in days], [d for days in second for d in days]


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def owning(days):
    return mean(day.answer in ("owned", "repaired") for day in days if day.answer)


def kept(days):
    return mean(o.outcome == "kept" for day in days for o in day.outcomes)
