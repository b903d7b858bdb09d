"""Formulas in the titles of figures, as plain text."""

from matplotlib.mathtext import get_unicode_index

from cases import each
from nianbao.mathtext import plain


def symbol(name):
    try:
        return chr(get_unicode_index(f"\\{name}"))
    except ValueError:
        return ""


@each(
    ("title", "said"),
    [
        (r"$\alpha$ and $\beta_{10}$", "α and β10"),
        (r"$x^2 \leq \frac{a+b}{2}$", "x² ≤ (a+b)/2"),
        (r"CO$_2$ in $\mathrm{g\,km^{-1}}$", "CO2 in g km^(-1)"),
        (r"$\sqrt[3]{x}+\sqrt{ab+1}$", "³√x+√(ab+1)"),
        (r"25 $^\circ$C, 5$\,\%$", "25 °C, 5 %"),
        (r"$x_{max}^{n+1}$", "x_max^(n+1)"),
        (r"$\left( \sum_i x_i \right)$", "( ∑_i x_i )"),
        (r"$\hat{y}$ and $\bar{a}$", "y-hat and ā"),
        (r"$\{\sin x\}$", "{sin x}"),
        (r"5 \$ and 6 \$", "5 $ and 6 $"),
        ("$5 only", "$5 only"),
        (r"$\nosuch{a}$ $}{$ $\$", r"$\nosuch{a}$ $}{$ $$"),
        (r"$\nosuch{a} }{$", "nosucha "),
    ],
)
def test_a_formula_in_a_title_is_plain_text(title, said):
    assert said == plain(title, symbol)


def test_a_symbol_that_no_font_of_the_pdf_has_stays_a_word():
    assert "crab" == plain(r"$\crab$", lambda _: "\U0001f980")
