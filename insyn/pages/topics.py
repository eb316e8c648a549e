"""Topics of pages, for search engines: the site, a förbund and its data, a plan and its data."""

from collections.abc import Mapping, Sequence

from insyn.downloads.files import FileFacts
from insyn.model import Association, Plan
from insyn.pages.files import PDF, PLAN_FILES, downloads, present
from insyn.pages.frame import DATA, Neighbour, Surroundings, Topic, absolute
from insyn.pages.structured import SWEDISH, Thing, organisation, organisation_id
from insyn.swedish import capitalised
from insyn.texts import Texts
from insyn.vocabulary import licence_address, status_word


def site_topic(description: str, surroundings: Surroundings) -> Topic:
    """Describe the site."""
    home = absolute(surroundings, "", "")
    site: Thing = {
        "@type": "WebSite",
        "@id": home,
        "url": home,
        "name": surroundings.site_name,
        "description": description,
        "inLanguage": SWEDISH,
    }
    return Topic((site,))


def association_topic(
    association: Association, files: Sequence[FileFacts], surroundings: Surroundings, texts: Texts, *, retold: bool
) -> Topic:
    """Describe a förbund, and its data if there is any. `retold` means that others have published its plans."""
    home = absolute(surroundings, f"{association.id}/", f"{association.id}/")
    owner = organisation(home, association.name, association.organisation_number)
    data: Thing = {
        "@type": "Dataset",
        "@id": f"{home}{DATA}",
        "name": texts.say("dataset-of-association", association=association.name),
        "description": texts.say("dataset-of-association-text", association=association.name),
        **_whose(home, surroundings, retold=retold),
        "license": licence_address(surroundings.licence),
        "inLanguage": SWEDISH,
        "isAccessibleForFree": True,
        "distribution": downloads(files, f"{home}{DATA}"),
    }
    return Topic((owner, data) if files else (owner,), Neighbour(association.name, f"{association.id}/"))


def plan_topic(
    plan: Plan,
    association: Association,
    lead: str,
    files: Mapping[str, FileFacts],
    path: str,
    surroundings: Surroundings,
    texts: Texts,
) -> Topic:
    """Describe a plan, its förbund, and its data."""
    here, home = absolute(surroundings, path, path), absolute(surroundings, path, f"{association.id}/")
    years = [column.year for column in plan.budget.columns] or [plan.year]
    owner = organisation(home, association.name, association.organisation_number)
    common = {
        **_whose(home, surroundings, retold=plan.retold),
        "inLanguage": SWEDISH,
        "creativeWorkStatus": status_word(plan.status),
        "temporalCoverage": f"{min(years)}-01-01/{max(years)}-12-31",
        "isAccessibleForFree": True,
    }
    printed = {**downloads([files[PDF]], here)[0], "@type": "MediaObject"} if PDF in files else None
    report: Thing = {
        "@type": "Report",
        "@id": here,
        "url": here,
        "name": plan.title,
        "description": lead,
        "identifier": plan.registration,
        **_origin(plan, home, surroundings),
        "encoding": printed,
        **common,
    }
    data: Thing = {
        "@type": "Dataset",
        "@id": f"{here}#data",
        "name": texts.say("plan-dataset", title=plan.title, association=association.name),
        "description": texts.say("plan-dataset-text", title=plan.title, association=association.name),
        "license": licence_address(surroundings.licence),
        "isBasedOn": {"@id": here},
        "distribution": downloads(present(files, PLAN_FILES), here),
        **common,
    }
    return Topic((owner, report, data), Neighbour(association.name, f"{association.id}/"))


def _whose(home: str, surroundings: Surroundings, *, retold: bool) -> Thing:
    """Describe who published something of a förbund's, which is the subject of a retelling."""
    owner = {"@id": organisation_id(home)}
    return {"about": owner, "publisher": _reteller(surroundings)} if retold else {"publisher": owner}


def _reteller(surroundings: Surroundings) -> Thing | None:
    name = surroundings.reteller
    return {"@type": "Organization", "name": capitalised(name)} if name else None


def _origin(plan: Plan, home: str, surroundings: Surroundings) -> Thing:
    """Describe the author of a plan. The words of a retelling aren't the förbund's: it wrote their source."""
    creator = {"@id": organisation_id(home)}
    if not plan.retold:
        return {"creator": creator}
    link = plan.source.link if plan.source else None
    own = {"@type": "Report", "name": plan.title, "creator": creator, **({"url": link} if link else {})}
    return {"creator": _reteller(surroundings), "isBasedOn": own}
