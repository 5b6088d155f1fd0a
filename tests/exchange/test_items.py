"""What offers and needs say by category and in other languages, as the file has it."""

import pytest

HEAD = "participant,kind,topic,title,text,{},language,title_fi,text_fi\n"


@pytest.mark.parametrize(
    ("column", "row", "problem"),
    [
        (
            "category",
            "p1,offer,,Sorting,,technologie,,,",
            'items.csv:2:6: "technologie" is not a category; "technology" may be meant',
        ),
        (
            "cooperation",
            "p1,offer,,Sorting,,licence; gift,,,",
            'items.csv:2:6: "gift" is not a cooperation; it is one of supply, commercial',
        ),
        (
            "stage",
            "p1,offer,,Sorting,,,,Lajittelu,",
            "items.csv:2:7: it is not said that title is in another language than fi; give",
        ),
        (
            "stage",
            "p1,offer,,Sorting,,,en,,Tekstiä",
            "items.csv:2:8: title_fi is empty; give the title with the text",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(folder, column, row, problem):
    folder.write("items.csv", HEAD.format(column) + row)

    [found] = folder.problems()

    assert found.startswith(problem)


def test_several_are_parted_by_semicolons_and_named_once(folder):
    folder.write(
        "items.csv", HEAD.format("cooperation") + "p1,offer,,Sorting,,supply;Supply; licence,,,"
    )

    [item] = folder.read().people[0].items

    assert item.cooperation == ("supply", "licence")
