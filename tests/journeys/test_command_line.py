"""What is done at the command line, seen from Slack afterwards."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.journeys.test_forgetting import MARIE, NAME, at_work

CONFIG = f"meaning: {{encoder: none}}\nfacts: []\ncoordinators: [{MARIE}, U0BOSS]\n"
FACTS = "kind,id,title.fr,source.title\ncall,un,Appel un,Page\ncall,deux,Appel deux,Page\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text(CONFIG)
    (tmp_path / "facts.csv").write_text(FACTS)
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    given = [str(folder / one) if one == "facts.csv" else one for one in arguments]
    return CliRunner().invoke(main, given, env={"ENTENTE_CONFIG": str(folder / "config.yaml"), "ENTENTE_DB": None})


def test_a_coordinator_takes_back_an_import_that_was_done_in_their_name(folder: Path) -> None:
    assert run(folder, "import", "facts.csv", "--as", MARIE).exit_code == 0
    with at_work(folder, CONFIG) as desk:
        assert f"Ajoutée par la ligne de commande ({NAME})" in desk.command("historique un", MARIE)
        assert "aucun" in desk.command("annuler", "U0BOSS")
        assert "2 fiches sont comme avant" in desk.command("annuler", MARIE)
        assert desk.parts.base.records() == ()
        assert [(change.by, bool(change.undoes)) for change in desk.parts.base.history("un")] == [
            (MARIE, False),
            (MARIE, True),
        ]
        assert desk.parts.base.audit().faults == ()


def test_without_a_name_the_account_stands_in_the_history_and_takes_it_back_there(folder: Path) -> None:
    assert run(folder, "import", "facts.csv").exit_code == 0
    with at_work(folder, CONFIG) as desk:
        assert f"la ligne de commande ({getpass.getuser()})" in desk.command("historique un", MARIE)
        assert desk.command("annuler", MARIE)
        assert len(desk.parts.base.records()) == 2
    refused = run(folder, "undo", "--as", "somebody else")
    assert refused.exit_code == 1 and "aucun" in refused.stderr
    done = run(folder, "undo")
    assert (done.exit_code, "2 fiches" in done.stdout) == (0, True), done.output
    with at_work(folder, CONFIG) as desk:
        assert desk.parts.base.records() == ()
        assert [change.by_command_line for change in desk.parts.store.changes()] == [True] * 4
    assert run(folder, "undo").exit_code == 1, "once"


def test_an_import_that_somebody_has_changed_since_is_not_taken_back(folder: Path) -> None:
    assert run(folder, "import", "facts.csv", "--as", "Paul").exit_code == 0
    with at_work(folder, CONFIG) as desk:
        desk.command("retirer un", MARIE)
    refused = run(folder, "undo", "--as", "Paul")
    assert refused.exit_code == 1 and MARIE in refused.stderr


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 81])
def test_a_name_that_is_none_is_refused_before_anything_is_read(folder: Path, name: str) -> None:
    for arguments in (("import", "facts.csv"), ("undo",)):
        refused = run(folder, *arguments, "--as", name)
        assert refused.exit_code == 2 and "--as takes a name" in refused.stderr
    assert not (folder / "entente.db").exists()
