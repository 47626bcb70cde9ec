"""What the layers of a configuration mean: which rules run, with which options, and the words of the project."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from acu_lint.document.vocabulary import EMPTY, Vocabulary, read_approvals
from acu_lint.engine.engine import OWN_RULES, Settings
from acu_lint.project.config import Config, Layer
from acu_lint.project.paths import shown
from acu_lint.rules.card import Card
from acu_lint.rules.finding import Severity
from acu_lint.rules.options import SHARED
from acu_lint.system.errors import UsageError, did_you_mean


class Chosen(NamedTuple):
    """Whether a rule runs, and the layer that decided."""

    runs: bool
    origin: str


def choose(card: Card, layers: Sequence[Layer]) -> Chosen:
    """Decide whether a rule runs: the highest layer that names it or its family.

    Within a layer the longer name wins, and ``ignore`` wins over an equal ``select``. A rule that is off
    by default runs only where its own id is selected.
    """
    chosen = Chosen(card.default, "default")
    for layer in layers:
        select, ignore = layer.values.get("select"), layer.values.get("ignore", ())
        on = _rank(card, select or (), needs_id=not card.default)
        off = _rank(card, ignore)
        if on or off:
            chosen = Chosen(on > off, layer.origin)
        elif select is not None and layer.replaces:
            chosen = Chosen(runs=False, origin=layer.origin)
    return chosen


def _rank(card: Card, names: Collection[str], *, needs_id: bool = False) -> int:
    """How closely a list of names fits a rule: 3 its id, 2 its family, 1 ``all``, 0 not at all."""
    if card.id in names:
        return 3
    if needs_id:
        return 0
    return 2 if card.family in names else 1 if "all" in names else 0


def rule_values(layers: Iterable[Layer]) -> Iterator[tuple[str, str, object, str]]:
    """Every rule setting in rising order: rule, key, value, origin."""
    for layer in layers:
        for rule, values in layer.values.get("rules", {}).items():
            for key, value in values.items():
                yield rule, key, value, layer.origin


def settings_of(cards: Iterable[Card], layers: Sequence[Layer]) -> Settings:
    """What the layers mean for the engine."""
    options: dict[str, dict[str, object]] = {}
    severities: dict[str, Severity] = {}
    for rule, key, value, _ in rule_values(layers):
        if key == "severity":
            severities[rule] = Severity[str(value).upper()]
        else:
            options.setdefault(rule, {})[key] = value
    rules = {card.id for card in cards if choose(card, layers).runs}
    adding = [layer._replace(replaces=False) for layer in layers]
    own = {rule for rule in OWN_RULES if choose(_own_card(rule), adding).runs}
    reasons = tuple(name for layer in layers for name in layer.values.get("require-reason", ()))
    return Settings(frozenset(rules | own), options, severities, reasons, shared_of(layers))


def shared_of(layers: Iterable[Layer]) -> dict[str, object]:
    """The options that are said once for all rules that have them; the highest layer wins."""
    return {key: layer.values[key] for layer in layers for key in SHARED if key in layer.values}


def vocabulary_of(layers: Iterable[Layer]) -> Vocabulary:
    """The words of the project: the lists of all layers added up; a higher layer's better wording or keyphrase wins.

    Raises ``UsageError`` for a file of approved claims that cannot be used.
    """
    tables = [(layer, table) for layer in layers if (table := layer.values.get("vocabulary"))]
    if not tables:
        return EMPTY

    def merged(key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term for _, table in tables for term in table.get(key, ())))

    reject: dict[str, str] = {}
    for _, table in tables:
        terms = table.get("reject", {})
        reject.update(terms if isinstance(terms, dict) else dict.fromkeys(terms, ""))
    keyphrase = next((table["keyphrase"] for _, table in reversed(tables) if "keyphrase" in table), ())
    files = dict.fromkeys(layer.folder / name for layer, table in tables if (name := table.get("approved-claims")))
    return Vocabulary(
        accept=merged("accept"),
        reject=tuple(reject.items()),
        interventions=merged("interventions"),
        conditions=merged("conditions"),
        brands=merged("brands"),
        approved=tuple(approval for file in files for approval in read_approvals(file, shown(file))),
        keyphrases=(keyphrase,) if isinstance(keyphrase, str) else tuple(keyphrase),
    )


def _own_card(rule: str) -> Card:
    """A stand-in: the engine's own rules are chosen like all others, but only ``ignore`` turns them off."""
    return Card(rule, "", Severity.WARNING, {}, {}, "", (), "python", "", frozenset(), (), True, (), (), "")  # noqa: FBT003


def check_names(config: Config, cards: Mapping[str, Card]) -> None:
    """Raise ``UsageError`` for a rule or family that does not exist, with the nearest that does."""
    families = {card.family for card in cards.values()} | {"acu"}
    known = {*cards, *families, *OWN_RULES, "all"}
    for layer in config.layers:
        for values in (layer.values, *layer.values.get("overrides", ())):
            for key in ("select", "ignore", "require-reason"):
                for name in values.get(key, ()):
                    if name not in known:
                        raise UsageError(
                            f"{layer.origin}: {key}: no rule or family '{name}'{did_you_mean(name, known)}"
                        )
            for rule, settings in values.get("rules", {}).items():
                if rule not in cards and rule not in OWN_RULES:
                    near = did_you_mean(rule, (*cards, *OWN_RULES))
                    raise UsageError(f"{layer.origin}: rules: no rule '{rule}'{near}")
                if rule in OWN_RULES and (wrong := next((key for key in settings if key != "severity"), "")):
                    raise UsageError(f"{layer.origin}: {rule} has no option '{wrong}'; only its severity can be set")
