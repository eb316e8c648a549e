"""The facts cache: every plan's `PlanFacts`, in the store as one bundle per förbund.

1,500 entries take several times as long to fetch as 75 bundles. A bundle maps plan keys to facts, so a stale bundle is
incomplete but never wrong.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from insyn.disk.store import Store
from insyn.reading.sources import SourceFile
from insyn.site.facts import PlanFacts

Facts = Mapping[str, PlanFacts]
"""Facts by plan key."""
KeyedPlans = Sequence[tuple[SourceFile, str]]
"""Plan files with their keys."""


def key_of(plan: str) -> str:
    """Return the store's key for the facts of a plan, given the plan's key."""
    return f"facts:{plan}"


def fetch_facts(plans: KeyedPlans, store: Store, known: Facts) -> Facts:
    """Return the cached facts. Facts stored singly, such as after a file was restored, are added to their bundle.

    Of förbund whose plans are all `known` nothing is fetched.
    """
    bundled, names = dict(known), {file.name for file, key in plans if key not in known}
    for bundle in store.get_many(map(_bundle_key, names)).values():
        bundled |= bundle if isinstance(bundle, dict) else {}
    missing = {key_of(key): key for _, key in plans if key not in bundled}
    alone = {missing[name]: facts for name, facts in store.get_many(missing).items()}
    store_facts(plans, bundled | alone, alone, store)
    return {key: found for _, key in plans if (found := bundled.get(key) or alone.get(key))}


def store_facts(plans: KeyedPlans, facts: Facts, new: Facts, store: Store) -> None:
    """Rewrite the bundle of each förbund that has new facts."""
    for name, keys in _by_association(plans).items() if new else ():
        if not new.keys().isdisjoint(keys):
            store.put(_bundle_key(name), {key: facts[key] for key in keys if key in facts})


def _by_association(plans: KeyedPlans) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for file, key in plans:
        found[file.name].append(key)
    return found


def _bundle_key(association: str) -> str:
    return f"facts of {association}"
