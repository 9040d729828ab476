"""Facts go out as CSV and come back the same; a bad row changes nothing."""

from __future__ import annotations

import fcntl
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main

ROOT = Path(__file__).parents[3]


def run(folder: Path, *arguments: str) -> Result:
    config = folder / "config.yaml"
    environ = {"ENTENTE_CONFIG": str(config), "ENTENTE_DB": None}
    return CliRunner().invoke(main, [*arguments, "--db", str(folder / "base.db")], env=environ)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text("meaning: {encoder: none}\nlanguages: [en]\n")
    return tmp_path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "config.yaml").write_text("meaning: {encoder: none}\nlanguages: [en]\nfacts: []\n")
    return folder


def exported(folder: Path) -> bytes:
    result = run(folder, "export")
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def test_every_shipped_fact_comes_back_the_same_from_an_empty_base(base: Path, empty: Path) -> None:
    before = exported(base)
    file = base / "facts.csv"
    file.write_bytes(before)
    result = run(empty, "import", str(file))
    assert result.exit_code == 0, result.output
    assert result.stdout == "Imported: 180 new facts, 0 changed, 0 unchanged, 0 retired.\n"
    assert exported(empty) == before
    told = run(base, "import", str(file), "--replace", "--dry-run").stdout
    assert "0 new facts, 0 changed, 180 unchanged" in told and "retired" not in told


def test_one_bad_row_changes_nothing_and_names_its_row_and_column(empty: Path) -> None:
    good = "kind,id,title.fr,closes,source.title\ncall,appel-un,Appel un,2027-01-02,'=cmd\n"
    file = empty / "facts.csv"
    file.write_text(good + "call,appel-deux,Appel deux,30/02/2027,Page\n")
    result = run(empty, "import", str(file))
    assert result.exit_code == 1
    assert 'Row 3, column closes: "30/02/2027" does not exist: February 2027 has 28 days.' in result.stderr
    assert "1 row refused" in result.stderr
    assert "Nothing was imported" in result.stderr
    assert "appel-un" not in exported(empty).decode()
    assert run(empty, "import", str(file), "--skip-bad").exit_code == 0
    assert '"\'=cmd"' in exported(empty).decode("utf-8-sig") and "appel-deux" not in exported(empty).decode()


def test_replacing_retires_what_the_file_does_not_name(empty: Path) -> None:
    file = empty / "facts.csv"
    file.write_text("kind;id;Titre fr;source.title\ncall;appel-un;Un;Page\ncall;appel-deux;Deux;Page\n")
    assert run(empty, "import", str(file)).exit_code == 0
    file.write_text("kind;id;Titre fr;source.title\ncall;appel-un;Un bis;Page\n")
    assert "0 new facts, 1 changed, 0 unchanged, 1 retired" in run(empty, "import", str(file), "--replace").stdout


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"kind,id\nca\x00ll,x\n", "cannot be read as text"),
        (b"a," * 1000 + b"\n", "too many columns"),
        (b"kind,titel.fr\ncall,x\n", "title.fr"),
        (b"kind,id\ncall\n", "1 cells"),
        (b'kind,id\ncall,"x\n', "not closed"),
        (b"", "no fact"),
        (b"kind,id\ncall,\xe9\n", "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(empty: Path, data: bytes, complaint: str) -> None:
    file = empty / "facts.csv"
    file.write_bytes(data)
    result = run(empty, "import", str(file))
    assert result.exit_code in (1, 2) and complaint in result.output


def test_a_file_with_few_columns_leaves_the_others_as_they_are(empty: Path) -> None:
    file = empty / "facts.csv"
    file.write_text("kind,id,title.fr,Clôture,source.title\ncall,appel-un,Un,2027-01-02,Page\n", encoding="utf-8")
    assert run(empty, "import", str(file)).exit_code == 0
    file.write_text("kind,id,Clôture\ncall,appel-un,2027-03-04\n", encoding="utf-8")
    assert "1 changed" in run(empty, "import", str(file)).stdout
    text = exported(empty).decode("utf-8-sig")
    assert '"Un"' in text and '"2027-03-04"' in text and "2027-01-02" not in text


def test_while_the_bot_runs_it_says_to_stop_it_and_a_dry_run_works(empty: Path) -> None:
    file = empty / "facts.csv"
    file.write_text("kind,id,title.fr,source.title\ncall,appel-un,Un,Page\n")
    assert run(empty, "import", str(file)).exit_code == 0
    with (empty / "base.db.lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = run(empty, "import", str(file))
        assert refused.exit_code == 78 and "stop it first" in refused.stderr
        assert "1 unchanged" in run(empty, "import", str(file), "--dry-run").stdout


@pytest.mark.parametrize("form", ["csv", "xlsx", "yaml", "json"])
def test_each_format_fills_an_empty_base_with_the_same_facts(base: Path, empty: Path, form: str) -> None:
    first, again = base / f"facts.{form}", empty / f"facts.{form}"
    assert run(base, "export", "--output", str(first)).exit_code == 0
    assert run(empty, "import", str(first)).stdout == "Imported: 180 new facts, 0 changed, 0 unchanged, 0 retired.\n"
    assert run(empty, "export", "--format", form, "--output", str(again)).exit_code == 0
    assert again.read_bytes() == first.read_bytes()


def test_another_encoding_is_shown_and_taken_when_named(empty: Path) -> None:
    file = empty / "facts.csv"
    file.write_bytes("kind,id,title.fr,source.title\ncall,ete,Été à Nîmes,Page\n".encode("cp1252"))
    refused = run(empty, "import", str(file))
    assert refused.exit_code == 1 and "Été à Nîmes" in refused.stderr and "cp1252" in refused.stderr
    assert run(empty, "import", str(file), "--encoding", "cp1252").exit_code == 0
    assert "Été à Nîmes" in exported(empty).decode("utf-8-sig")


def test_a_name_without_a_known_ending_needs_the_format(empty: Path) -> None:
    file = empty / "facts.data"
    file.write_text('{"facts": [{"kind": "call", "title": "Un", "source": {"title": "Page"}}]}')
    assert "csv, xlsx, yaml, json" in run(empty, "import", str(file)).stderr
    assert run(empty, "import", str(file), "--format", "json").exit_code == 0
    assert run(empty, "export", "--output", str(file)).exit_code == 2


def test_a_dry_run_tells_in_the_language_of_the_team_what_is_new_and_what_differs(empty: Path) -> None:
    config = empty / "config.yaml"
    config.write_text(config.read_text().replace("[en]", "[fr, en]"))
    file = empty / "facts.csv"
    file.write_text("kind,id,title.fr,closes,source.title\ncall,un,Un,2027-01-02,Page\n")
    assert run(empty, "import", str(file)).exit_code == 0
    file.write_text("kind,id,title.fr,closes,source.title\ncall,un,Un,2027-03-04,Page\ncall,deux,Deux,,Page\n")
    told = " ".join(run(empty, "import", str(file), "--dry-run", "--replace").stdout.split())
    assert "1 nouvelle fiche, 1 modifiée, 0 inchangée ; 0 ligne refusée" in told
    assert "Nouvelle : Deux" in told and "Modifiée : Un" in told
    assert "Clôture : « 2 janvier 2027 » → « 4 mars 2027 »" in told


def test_a_bad_fact_of_a_document_is_placed_by_its_line_and_key(empty: Path) -> None:
    file = empty / "facts.json"
    bad = '{"facts": [\n {"kind": "call", "title": "Un, [deux]"},\n {"kind": "call", "closes": "x", "title": "T"}]}'
    file.write_text(bad)
    told = run(empty, "import", str(file)).stderr
    assert "Row 2, column source" in told and "Row 3, column closes" in told


@pytest.mark.parametrize(
    ("lang", "arguments", "told", "labels"),
    [
        ("en", ["import", "facts.csv", "--dry-run"], "400 unchanged", ["Reading facts.csv…", "Comparing"]),
        ("fr", ["import", "facts.csv", "--dry-run"], "400 inchangées", ["Lecture de facts.csv…", "Comparaison"]),
        ("en", ["export"], "appel-399", ["Writing"]),
        ("fr", ["export"], "appel-399", ["Écriture"]),
    ],
)
def test_on_a_terminal_a_bar_shows_how_far_it_has_come_in_the_language_of_the_team_and_nothing_else_goes_there(
    empty: Path, lang: str, arguments: list[str], told: str, labels: list[str]
) -> None:
    (empty / "config.yaml").write_text(f"meaning: {{encoder: none}}\nlanguages: [{lang}]\nfacts: []\n")
    rows = "".join(f"call,appel-{number},Appel {number},Page\n" for number in range(400))
    (empty / "facts.csv").write_text(f"kind,id,title.fr,source.title\n{rows}")
    assert run(empty, "import", str(empty / "facts.csv")).exit_code == 0
    environ = {**os.environ, "ENTENTE_CONFIG": str(empty / "config.yaml"), "TERM": "xterm"}
    program = [sys.executable, "-m", "bot", *arguments, "--db", str(empty / "base.db")]
    screen, terminal = pty.openpty()
    try:
        with subprocess.Popen(
            [str(empty / one) if one == "facts.csv" else one for one in program],
            cwd=ROOT,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=terminal,
        ) as process:
            os.close(terminal)
            out, _ = process.communicate(timeout=60)
            shown = drained(screen)
    finally:
        os.close(screen)
    assert process.returncode == 0
    assert all(label in shown for label in (*labels, "100%", "#"))
    assert b"#" not in out and told in out.decode("utf-8-sig").replace("\u00a0", " ")


def drained(screen: int) -> str:
    """All that was written to a terminal that is closed now."""
    shown = b""
    with suppress(OSError):
        while part := os.read(screen, 4096):
            shown += part
    return shown.decode()
