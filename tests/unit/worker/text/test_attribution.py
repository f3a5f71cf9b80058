import pytest

from worker.text.attribution import is_attributed, is_contrast


@pytest.mark.parametrize(
    ("text", "account", "contrast"),
    [
        ("Nine people died in the fire.", False, False),
        ("Nine people died but the mill was saved.", False, False),
        ("Police said nine people died.", True, False),
        ("Police said nine people died, while others hoped.", True, True),
        ("Police counted 4,000; the number may grow.", True, True),
        ("Police said nine died, the union said eleven.", True, True),
        ("According to the mayor, nine died.", True, False),
    ],
)
def test_an_account_has_a_teller_and_a_contrast_has_two_sides(text: str, account: bool, contrast: bool):
    assert (is_attributed(text), is_contrast(text)) == (account, contrast)
