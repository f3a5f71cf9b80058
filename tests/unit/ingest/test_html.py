import pytest

from factcheck.ingest.html import read_webpage

PAGE = """<!doctype html><html lang="en"><head><title>Concert off | Wire</title>
<meta property="og:title" content="Concert off"><meta property="og:site_name" content="Wire">
<meta property="article:published_time" content="2018-01-30T09:00:00+09:00"><style>p { color: red }</style></head>
<body><header>Sign in</header><nav><ul><li>World</li></ul></nav>
<article><h1>Concert off</h1><p>The North <b>cancelled</b> the
concert &amp; said why.</p><script>alert("<p>no</p>")</script><aside>Related content</aside><p>It was set for Sunday.</p>
</article><footer>All rights reserved</footer></body></html>"""


def test_the_report_is_kept_and_the_furniture_left():
    document = read_webpage("a", PAGE)
    assert document.text == "Concert off\n\nThe North cancelled the concert & said why.\n\nIt was set for Sunday."


def test_metadata_are_found_in_the_head():
    document = read_webpage("a", PAGE)
    assert (document.title, document.source, document.language) == ("Concert off", "Wire", "en")
    assert document.published_at == "2018-01-30T09:00:00+09:00"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<script>var a = 1</script>", ""),
        ("<p>One.<p>Two.", "One.\n\nTwo."),
        ("just words", "just words"),
        ("<div>One.<div>Two.</div>Three.</div>", "One.\n\nTwo.\n\nThree."),
        ("<article>In.</article><p>Out.</p>", "In."),
        ("</nav></article><p>Stray ends.</p>", "Stray ends."),
        ("<p>5 &lt; 6 &eacute; &#x1F600;</p>", "5 < 6 é 😀"),
    ],
)
def test_any_html_gives_its_words(html: str, text: str):
    assert read_webpage("a", html).text == text


def test_a_date_in_a_foreign_form_counts_as_none():
    assert read_webpage("a", '<meta name="date" content="30 janvier 2018"><p>Text.').published_at is None
