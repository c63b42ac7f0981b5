import time

import pytest

from assist.markup import plain


def test_a_mail_reads_as_it_looks() -> None:
    mail = (
        "<html><head><title>x</title></head><body><!--[if mso]><p>no</p><![endif]--><style>p {color: red}</style>"
        "<div>Hi <b>Ines</b>,<br>see <A HREF='https://example.com/a?b=1&amp;c=2'>this</A>&nbsp;&amp; "
        '<a href="https://example.com">https://example.com</a></div><ul><li>one<li>two</ul>'
        "<table><tr><th>day</th><th>parcels</th></tr><tr><td>Monday<td>3 &lt; 4</table></body></html>"
    )
    assert plain(mail) == (
        "Hi Ines,\nsee this (https://example.com/a?b=1&c=2) & https://example.com\n- one\n- two\n\n"
        "day | parcels\nMonday | 3 < 4"
    )


def test_what_is_no_html_stays_as_it_is() -> None:
    assert plain("  a < b, <3 and <not a tag>\r\nnext ") == "a < b, <3 and <not a tag>\nnext"


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<br>", "<ul><li>", "<a href='", "<nav>", "<b>", "<", "<td>"])
def test_hostile_html_takes_no_longer_than_its_length(piece: str) -> None:
    start = time.perf_counter()
    plain("<p>" + piece * (150_000 // len(piece)))
    assert time.perf_counter() - start < 2
