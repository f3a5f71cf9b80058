import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.ingest.element_trees import html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Rain fell.</p><p>Then sun.</p>", "Rain fell.\n\nThen sun."),
        ("<div>Rain fell.</div><p>Then sun.</p>", "Rain fell.\n\nThen sun."),
        ("Rain fell.<p>Then sun.", "Rain fell.\n\nThen sun."),
        ("<p>It opens on <time datetime='2019-06-03'>June 3</time> at noon.</p>", "It opens on June 3 at noon."),
        ("<p>The <abbr title='World Wide Fund'>WWF</abbr> said so.</p>", "The WWF said so."),
        ("<p>She said <q>no comment</q> twice.</p>", "She said “no comment” twice."),
        ("<p>She said <q>“no comment”</q> twice.</p>", "She said “no comment” twice."),
        ("<p>On <del>Monday</del> <ins>Tuesday</ins> it rained.</p>", "On Tuesday it rained."),
        ("<p><s>Ten</s>Six barns.</p>", "Six barns."),
        ("<p>Ten <span style='text-decoration: line-through'>nine</span> barns.</p>", "Ten barns."),
        ("<p>Seen. <span hidden>Unseen.</span><i style='display:none'>Unseen.</i></p>", "Seen."),
        ("<p>Six barns<br>burned down.</p>", "Six barns\nburned down."),
        ("One.<br><br>Two.", "One.\n\nTwo."),
        ("<p>10<sup>6</sup> m<sup>2</sup>, the 1<sup>st</sup></p>", "10⁶ m², the 1st"),
        ("<p>It fell.<sup><a href='#fn1'>1</a></sup></p>", "It fell."),
        ("<p>It fell.<sup class='reference'>[2]</sup></p>", "It fell."),
        ("<p>CO<sub>2</sub> rose.</p>", "CO2 rose."),
        ("<p>El\u00adeven ﬁres, 5\u00a0km</p>", "Eleven fires, 5 km"),
        ("<ul><li>One<ul><li>Two</li></ul></li></ul>", "One\n\nTwo"),
        ("<dl><dt>Dead</dt><dd>Nine</dd></dl>", "Dead\n\nNine"),
        (
            "<table><tr><th>Year</th><th>Fires</th></tr><tr><td>2019</td><td>12</td></tr></table>",
            "Year | Fires\n\n2019 | 12",
        ),
        (
            "<figure><img alt='x'><figcaption>The mill. <span class='credit'>Photo: A</span></figcaption></figure>",
            "The mill.",
        ),
        ("<blockquote>One.<p>Two.</p></blockquote>", "One.\n\nTwo."),
        ("<p>A &amp; B &lt; C</p>", "A & B < C"),
        ("<script>x()</script><style>p{}</style><p>Rain.</p><nav>Menu</nav>", "Rain."),
        ("", ""),
        ("<p></p>", ""),
        ("<div>" * 5_000 + "Deep." + "</div>" * 5_000, "Deep."),
        ("<p>One \ud800 half.</p>", "One ? half."),
    ],
)
def test_text_is_as_a_reader_saw_it(html: str, text: str):
    assert html_text(html) == text


@given(st.text(alphabet="<>/pdbqsdel ulitr&;\"'=a1\n\x00\ud800", max_size=200))
def test_no_markup_raises(html: str):
    assert isinstance(html_text(html), str)
