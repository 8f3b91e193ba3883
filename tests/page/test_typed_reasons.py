"""Reasons typed on the page, one by one or for a rule, and what becomes of them."""

from __future__ import annotations

import pickle
import re
from dataclasses import replace

import pytest

from perfgoals_xl.api import validate
from perfgoals_xl.page import typed_reasons
from perfgoals_xl.page.answers import Refusal
from perfgoals_xl.page.dropped_files import FileSets
from perfgoals_xl.resources import EXAMPLE_SOURCE, EXAMPLE_WORKBOOK, example_path

TEXT = "按区政府批复执行"


@pytest.fixture(scope="module")
def review():
    return validate(example_path(EXAMPLE_SOURCE))


@pytest.fixture
def one(tmp_path, review):
    found = FileSets(tmp_path).new()
    (found.folder / typed_reasons.REVIEW).write_bytes(pickle.dumps(review))
    typed_reasons.write_json(found.folder / typed_reasons.RESULT, {"review": {}, "report": ""})
    return found


@pytest.fixture
def rule(review):
    """A rule with several findings, and their places in the list."""
    codes = [finding.rule for finding in review.findings]
    code = max(set(codes), key=lambda one: (codes.count(one), one))
    return code, [number for number, own in enumerate(codes) if own == code]


def waivers(told):
    found = [finding["waiver"] for finding in told["review"]["findings"]]
    return {number: text for number, text in enumerate(found) if text}


def take(one, *given):
    return typed_reasons.take(one, list(given))


def test_for_one_finding(one, review):
    told = take(one, {"finding": 3, "text": f"  {TEXT} "})
    assert waivers(told) == {3: TEXT}
    assert told["review"]["counts"] == review.counts
    assert len(told["told"]) == 1
    assert TEXT in told["told"][0]


def test_for_all_of_a_rule_but_those_that_have_one(one, rule):
    code, numbers = rule
    told = take(one, {"finding": numbers[0], "text": "另有批复文件"}, {"rule": code, "text": TEXT})
    assert waivers(told) == dict.fromkeys(numbers, TEXT) | {numbers[0]: "另有批复文件"}


def test_one_for_itself_goes_before_that_of_its_rule_whenever_it_is_typed(one, rule):
    code, numbers = rule
    take(one, {"rule": code, "text": TEXT})
    told = take(one, {"finding": numbers[1], "text": "另有批复文件"})
    assert waivers(told)[numbers[1]] == "另有批复文件"
    told = take(one, {"finding": numbers[1], "text": ""})
    assert waivers(told) == dict.fromkeys(numbers, TEXT)


def test_the_last_text_counts_and_an_empty_one_takes_it_back(one):
    take(one, {"finding": 0, "text": TEXT}, {"finding": 1, "text": TEXT})
    assert waivers(take(one, {"finding": 0, "text": "改按新批复执行"}))[0] == "改按新批复执行"
    assert waivers(take(one, {"finding": 0, "text": " "})) == {1: TEXT}
    assert waivers(take(one, {"finding": 1, "text": ""}, {"finding": 1, "text": ""})) == {}


def test_a_page_that_is_loaded_anew_has_them(one):
    take(one, {"finding": 0, "text": TEXT})
    result = typed_reasons.json.loads((one.folder / typed_reasons.RESULT).read_bytes())
    assert result["review"]["findings"][0]["waiver"] == TEXT
    assert f"（已说明：{TEXT}）" in result["report"]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"finding": 0, "text": "无"}, 422),
        ({"finding": 0, "text": "/"}, 422),
        ({"finding": 0, "text": "长" * 40_000}, 422),
        ({"finding": 9999, "text": TEXT}, 404),
        ({"finding": -1, "text": TEXT}, 404),
        ({"finding": True, "text": TEXT}, 404),
        ({"rule": "X99", "text": TEXT}, 404),
        ({"text": TEXT}, 404),
        ({"finding": 0}, 400),
        ({"finding": 0, "text": 5}, 400),
        ("text", 400),
    ],
)
def test_what_is_no_reason_is_refused_and_nothing_of_the_request_kept(one, given, status):
    take(one, {"finding": 1, "text": TEXT})
    with pytest.raises(Refusal) as refused:
        take(one, {"finding": 2, "text": TEXT}, given)
    assert refused.value.status == status
    assert "--reason" not in refused.value.line
    assert waivers(take(one, {"finding": 1, "text": TEXT})) == {1: TEXT}


def test_what_the_message_itself_says_is_no_reason(one, review):
    with pytest.raises(Refusal, match="不是理由"):
        take(one, {"finding": 0, "text": review.findings[0].message})


@pytest.mark.parametrize("given", [None, {}, "text", 5])
def test_a_request_without_a_list(one, given):
    with pytest.raises(Refusal):
        typed_reasons.take(one, given)


def test_before_a_check_there_is_nothing_to_answer(tmp_path):
    with pytest.raises(Refusal, match="还没有校验"):
        typed_reasons.take(FileSets(tmp_path).new(), [])


def test_they_go_into_the_marked_copy_and_are_read_from_it_again(client, tmp_path):
    one = client.dropped(example_path(EXAMPLE_WORKBOOK))
    findings = client.checked(one)["review"]["findings"]
    code = findings[0]["rule"]
    asked = [{"finding": 2, "text": TEXT}, {"rule": code, "text": "统一说明"}]
    told = client.post(f"/api/sets/{one}/reasons", {"reasons": asked})
    name, content, _ = client.made(one, "marked_copy")
    copy = tmp_path / name
    copy.write_bytes(content)
    again = [finding.waiver for finding in validate(copy).findings]
    assert again == [finding["waiver"] for finding in told["review"]["findings"]]
    assert again[2] == TEXT
    assert client.get(f"/api/sets/{one}/result")["review"] == told["review"]
    client.checked(one)
    told = client.post(f"/api/sets/{one}/reasons", {"reasons": []})
    assert not any(finding["waiver"] for finding in told["review"]["findings"])


def test_what_was_typed_is_remembered_by_what_it_answers(one, review, rule):
    def remembered():
        return [
            (told["of"][0], told["of"][2], told["of"][5]) for told in one.to_json(None)["reasons"]
        ]

    def name(finding):
        return finding.rule, finding.cell, re.sub("[0-9.]", "", finding.message)

    code, numbers = rule
    own, first = review.findings[3], review.findings[0]
    take(one, {"finding": 3, "text": TEXT}, {"rule": code, "text": TEXT})
    # Two of them are of one cell.
    assert remembered() == [name(review.findings[number]) for number in (3, *numbers)]
    # A new check knows nothing of it, and what answers something that is gone stays.
    one.reasons = []
    reviewed = replace(review, findings=review.findings[:1])
    (one.folder / typed_reasons.REVIEW).write_bytes(pickle.dumps(reviewed))
    take(one, {"finding": 0, "text": "另有批复文件"})
    assert {name(own), name(first)} <= {*remembered()}
    # What is taken back is forgotten.
    take(one, {"finding": 0, "text": ""})
    assert name(first) not in remembered()
