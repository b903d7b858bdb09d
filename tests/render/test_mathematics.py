"""Formulas: the same on the page and on paper, with their numbers, or a box and a warning."""

import re
from html import unescape
from itertools import pairwise

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from cases import each
from nianbao.render.clean import clean
from nianbao.render.gfm import to_html
from nianbao.render.mathematics import LONGEST, Formulas, mathml
from nianbao.render.outputs import page_of
from nianbao.render.pandoc import PANDOC
from published import of, pdf, squeezed, text


def page(*cells):
    made = of(*cells)
    made.metadata["lang"] = "en"
    return page_of(made)


def seen(*cells):
    """What the page shows, and what the paper shows; letters of formulas as plain ones, without any white space."""
    made = page(*cells)
    plain = squeezed(unescape(re.sub("<[^>]*>", "", made.body)))
    return plain, text(pdf(made)).partition("—")[0]


def plain(typed):
    """The italic letters of formulas as plain ones."""
    return "".join(chr(ord(one) - 0x1D44E + ord("a")) if 0x1D44E <= ord(one) <= 0x1D467 else one for one in typed)


@each(
    ("written", "shown"),
    [
        (r"$\newcommand{\RR}{\mathbb{R}}$ $x \in \RR$", "x∈ℝ"),
        (r"$$\def\norm#1{|#1|}$$ $\norm{x}$", "|x|"),
        (r"$\DeclareMathOperator*{\argmin}{arg\,min}$ $\argmin$", "argmin"),
        (r"$\newcommand{\a}[1]{#1+\b}\newcommand{\b}{y} \a{x}$", "x+y"),
        (r"so \(a+b\)", "soa+b"),
        (r"so \\(a+b\\)", "soa+b"),
        (r"so \[a+b\]", "soa+b"),
        (r"\(2(a+b)\) \(n > 5\) \(x_i\) \(a^2\) \(\alpha\) \(x\)", "2(a+b)n>5xia2αx"),
        ("\\[\na\n+ b\n\\]", "a+b"),
        ("\\\\[\na\n+ b\n\\\\]", "a+b"),
        ("> \\[\n> a\n> + b\n> \\]", "a+b"),
        (r"$$\begin{aligned} a &= b \\ &= d \end{aligned}$$", "a=b=d"),
        (r"$$\begin{cases} x & y \\ z & \text{否则} \end{cases}$$", "xyz否则"),
        (r"$\text{总数} = a$", "总数=a"),
        (r"$a \over b$ ${\bf x}$ $\rm y$", "ab𝒙y"),
        (r"$\bbox[red]{x} \require{cancel} \style{color:red}{y}$", "xy"),
        ("$$a &= b$$", "a=b"),
        (r"so $\text{x} $ and $x^2 $", "soxandx2"),
        ("$x+ % a comment\ny$", "x+y"),
        (r"$\ket{x}$ $\unicode{x263a}$", "|x⟩☺"),
    ],
)
def test_a_formula_is_shown_as_mathjax_shows_it(written, shown):
    on_screen, on_paper = seen(new_markdown_cell(written))
    assert "not shown" not in on_screen
    assert sorted(shown.replace("{", "")) == sorted(plain(on_screen).replace("{", ""))
    # A PDF's text has no characters for stretched signs, and letters of other fonts.
    assert {one for one in shown if "a" <= one <= "z" or "\u4e00" <= one <= "\u9fff"} <= {*plain(on_paper), "y"}


@each(
    "written",
    [
        r"see \[note\] and \(or not\)",
        r"\[1\]",
        "a `\\(x\\)` b",
        "    \\[x^2\\]",
        r"选择\(是/否\)，日期\[2024/05/01\]",
        r"\[2024/05/01\]",
        r"\(C++\) \(A+B轮\) \(Ctrl+C\) \[>5\] \(\*note\*\) \[a|b\] \(file_name\) \(是_否\) see\[^1\]",
    ],
)
def test_escaped_brackets_around_words_are_brackets(written):
    assert "<math" not in page(new_markdown_cell(written)).body


@each(
    ("written", "shown"),
    [
        (r"$$a \tag{7}$$", "a(7)"),
        (r"$$a \tag*{seven}$$", "aseven"),
        ("\\begin{equation}\na\n\\end{equation}", "a(1)"),
        ("\\begin{equation*}\na\n\\end{equation*}", "a"),
        ("\\begin{equation}\na \\nonumber\n\\end{equation}", "a"),
        ("\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}", "a=b(1)c=d(2)"),
        ("\\begin{align}\na &= b \\notag \\\\\nc &= d \\tag{x}\n\\end{align}", "a=bc=d(x)"),
        ("\\begin{align}\na &= b & c &= d \\\\\ne\n\\end{align}", "a=bc=d(1)e(2)"),
        ("\\begin{gather}\na \\\\\n\\begin{matrix} b & c \\\\ d \\end{matrix}\n\\end{gather}", "a(1)bcd(2)"),
        ("\\begin{eqnarray}\na &=& b\n\\end{eqnarray}", "a=b(1)"),
        ("By \\eqref{e}, $\\eqref{e}$, \\ref{e}:\n\n\\begin{equation}\na \\label{e}\n\\end{equation}", "By(1),(1),1:a(1)"),
    ],
)
def test_equations_have_the_numbers_that_nbconvert_gives_them(written, shown):
    on_screen, on_paper = seen(new_markdown_cell(written))
    assert shown == on_screen
    assert sorted(shown) == sorted(plain(on_paper))


def test_equations_are_counted_through_the_page_and_a_reference_may_come_first():
    latex = {"text/latex": r"$$\begin{equation}b\label{b}\end{equation}$$"}
    later = new_code_cell("", outputs=[new_output("display_data", latex)])
    on_screen, _ = seen("See \\eqref{b}.", "\\begin{equation}\na\n\\end{equation}", later)
    assert "See(2).a(1)b(2)" == on_screen


NO_CHARACTERS = ("xD83D", "x110000", "9999999", "x0", "xFFFF")


@pytest.mark.parametrize(
    ("written", "box"),
    [
        (r"$\notamacro{x}$", r"[notshownhere:aformula\notamacro{x}(itisnotunderstood)]"),
        (r"$$\begin{nothing}x\end{nothing}$$", r"[notshownhere:aformula\begin{nothing}x\end{nothing}(itisnotunderstood)]"),
        *(
            (rf"$\unicode{{{one}}}$", rf"[notshownhere:aformula\unicode{{{one}}}(itisnotunderstood)]")
            for one in NO_CHARACTERS
        ),
        (r"\eqref{x}", "([notshownhere:thenumberofanequationx(noequationhasthislabel)])"),
    ],
)
def test_what_is_not_understood_is_a_box_and_a_warning(written, box, caplog):
    on_screen, on_paper = seen(new_markdown_cell(written))
    assert box == on_screen == on_paper
    assert 1 == len(caplog.records)


SYMBOLS = r"""
\cap \bigcap \sqcap \Cap \cup \otimes \bigotimes \odot \bigodot \ominus \oplus \llbracket \rrbracket
\circleddash \circledast \oslash \boxplus \boxtimes \uplus \wedge \bigvee \mid \nmid \parallel \leadsto
\rightsquigarrow \hookrightarrow \multimap \bowtie \models \nexists \varnothing \hbar \wp \aleph
\measuredangle \lozenge \clubsuit \flat \surd \complement \ulcorner \varkappa \varpi \digamma \trianglelefteq
\bigstar \therefore \maltese \gtreqless \succsim \Vvdash \divideontimes \pitchfork \circlearrowleft
\upuparrows \oiint \dddot{x} \mathring{x} \overbrace{x} \widehat{x} \xcancel{x} \mathfrak{A} \mathscr{A}
\not\in \text{sect} \imath
"""


def test_every_symbol_can_be_set_on_paper():
    made = page(new_markdown_cell("\n\n".join(f"$a {one} b$" for one in SYMBOLS.split())))
    assert "unshown" not in made.body
    seen = text(pdf(made))
    assert {*"∩⋂⊓⋒⊗⨂⊙⊖⟦⟧⊝"} <= {*seen}
    assert "sect" in plain(seen)


def test_a_formula_that_typst_cannot_set_is_tex_on_paper(monkeypatch, caplog):
    monkeypatch.setattr("nianbao.render.pdf._NOW", {"sect": "sect"})
    assert r"𝑥=1a\capb" in text(pdf(page(new_markdown_cell(r"$x = 1$ $a \cap b$"))))
    assert ["nianbao"] == [one.name for one in caplog.records]


@pytest.mark.parametrize("written", [r"$\unicode{x1F680}$", r"$\text{🚀}$"])
def test_a_formula_whose_characters_no_font_has_is_tex_on_paper(written):
    assert r"\text{〔rocket〕}" in text(pdf(page(new_markdown_cell(written))))


@each(
    "written",
    [
        "words\n$$\n- a\n$$\nmore",
        "<a id='e'></a>\n$$\n- a\n$$",
        "words $$ a =\n\\begin{matrix} b \\end{matrix} $$ more",
        "words\n$$\na =\n\\begin{matrix} b \\end{matrix}\n$$",
        "- item\n$$\na\n$$",
        "> words\n> $$\n> a\n> $$",
    ],
)
def test_a_formula_may_stand_right_below_a_text(written):
    body = page(new_markdown_cell(written)).body
    assert (1, False) == (body.count("<math"), "$$" in body)


BARE = ("cases", "dcases", "aligned", "split", "smallmatrix", "gathered", "displaymath", "math", "align*", "pmatrix")


@each("name", BARE)
@each("written", ["{}", "words\n{}\nmore", "words {} more", "> {}", "$a =\n{}\n$", "$$\na =\n{}\n$$"])
def test_an_environment_is_a_formula_wherever_it_stands(name, written):
    row = "a" if name in {"displaymath", "math", "gathered"} else "a &= b"
    bare = f"\\begin{{{name}}}\n{row} \n\\end{{{name}}}"
    text = written.format(bare.replace("\n", "\n> ") if written.startswith(">") else bare)
    latex = new_code_cell("x", outputs=[new_output("display_data", {"text/latex": text})])
    for cell in (new_markdown_cell(text), latex):
        body = page(cell).body
        assert (1, False, False) == (body.count("<math"), "begin" in body, "$" in body)


@each("name", ["tabular", "itemize", "nothing"])
def test_an_environment_that_is_no_formula_is_a_box(name):
    body = page(new_markdown_cell(rf"\begin{{{name}}}{{c}} a \\ b \end{{{name}}}")).body
    assert ("unshown" in body, r"a \\ b" in body) == (True, True)


def test_a_macro_of_one_page_is_unknown_on_the_next():
    page(new_markdown_cell(r"$\newcommand{\own}{x}$"))
    assert "not shown" in page(new_markdown_cell(r"$\own$")).body


@pytest.mark.slow
def test_broken_and_endless_formulas_end():
    many = ("{", "\\over ", "{\\bf ", "\\frac", "}", "\\newcommand{\\a}{", "\\def\\a#1{", "\\begin{align}", "&", "\\left(")
    scripts = [f"{'x^{' * depth}{inner}{'}' * depth}" for depth in (5, 6, 50) for inner in ("x", "\\notamacro")]
    for tex in (*(one * 400 for one in many), *(one * LONGEST for one in many), *scripts):
        Formulas("").html(tex, True)
    assert "" == mathml(r"\a", False, r"\newcommand{\a}{\a}")


def test_macros_that_grow_without_bounds_are_not_written_out():
    names = [rf"\z{one}" for one in "abcdefgh"]
    formulas = Formulas("")
    for name, inner in pairwise(names):
        formulas.html(rf"\newcommand{{{name}}}{{{inner * 10}}}", on_its_own_line=False)
    formulas.html(rf"\newcommand{{{names[-1]}}}{{x}}\newcommand{{\again}}{{\again\again}}", on_its_own_line=False)
    assert formulas.html(r"\za", on_its_own_line=False) == r'<code class="tex">\za</code>'
    assert formulas.html(r"\again", on_its_own_line=False) == r'<code class="tex">\again</code>'
    assert formulas.html(r"\zg", on_its_own_line=False).count("<mi>x</mi>") == 10


def latex(written):
    return page_of(of(new_code_cell("x", outputs=[new_output("display_data", {"text/latex": written})])))


@each(
    "written", [r"f(x)=\begin{cases}1 & x>0\\0 & x<0\end{cases}", r"\alpha^2", r"\operatorname{rank}(A) \text{ is the rank}"]
)
def test_an_output_that_is_tex_without_dollars_is_a_formula(written):
    seen = re.sub("<math.*?</math>", "", latex(written).body, flags=re.S)
    assert "" == re.sub("<[^>]*>", "", seen).strip()


def test_an_output_that_is_tex_and_no_formula_is_a_box_and_one_without_tex_is_text():
    made = latex(r"So \textbf{bold} words are not shown here")
    assert ["W503"] == [one.code for one in made.findings]
    assert 'class="unshown"' in made.body
    assert "<p>Words alone.</p>" in latex("Words alone.").body


@pytest.mark.parametrize(
    "written",
    [
        "\\begin{align}\n" + "a &= b \\\\\n" * 250 + "c &= d\n\\end{align}",
        "\\begin{align}\n" + "\\alpha_{12345} &= \\beta_{12345} \\\\\n" * 1_500 + "c &= d\n\\end{align}",
        "\\[\n" + "a = b \\\\\n" * 250 + "\\]",
        "so \\begin{cases}" + "x & y \\\\ " * 1_200 + "\\end{cases} it is",
    ],
)
def test_a_formula_of_many_lines_is_no_source(written):
    body = page_of(of(new_markdown_cell(written))).body
    assert "<math" in body
    assert "\\" not in re.sub("<[^>]*>", "", body)


@pytest.mark.slow
def test_environments_without_end_take_no_time():
    source = (
        "\\begin{align}\n" * 20_000
        + "\n\n"
        + "".join(f"\\begin{{a{chr(97 + n % 26)}{'b' * (n // 26)}}} " for n in range(400))
    )
    (_, made), *_ = to_html(source, Formulas(""), set(), str)
    assert "<math" not in Formulas("").resolved(made, str)


def test_the_number_of_an_equation_may_be_a_formula():
    made = page_of(of("$$x \\tag{$\\star$}\\label{a}$$ By \\eqref{a}, $y \\eqref{a}$."))
    assert "$" not in made.body
    assert 4 == len(re.findall("[⋆∗*]|⭑", re.sub("<[^>]*>", "", made.body))) + 1


UNFENCED = ("matrix", "smallmatrix", "vmatrix", "Vmatrix", "array", "pmatrix", "left.")


@each("name", UNFENCED)
@each("around", ["{}", "x = {} y", r"\begin{{align}}a &= {}\end{{align}}"])
def test_the_columns_of_a_matrix_stand_apart_on_paper(name, around):
    made = {"array": r"\begin{array}{lr}1&2\\3&4\end{array}", "left.": r"\left.\begin{array}{ll}1&2\\3&4\end{array}\right\}"}
    tex = around.format(made.get(name, rf"\begin{{{name}}}1&2\\3&4\end{{{name}}}"))
    markup = typst(tex)
    (matrix,) = re.findall(r"mat\((?:delim: [^,]*(?:, \"[^\"]*\"\))?,)? ?(?:align: #\w+, )?1, 2; 3, 4\)", markup)
    delim = {"vmatrix": '"|"', "Vmatrix": '"‖"', "pmatrix": '"("', "left.": '#(none, "}")'}.get(name, "#none")
    assert f"delim: {delim}" in matrix
    assert "not shown" not in text(pdf(page(new_markdown_cell(f"$${tex}$$"))))


def typst(tex):
    return PANDOC.convert(clean(f"<p>{Formulas('').html(tex, True)}</p>"))


@each(
    "tex",
    [r"\begin{gather}a\\b\end{gather}", r"\begin{align}a&=b\\c&=d\end{align}", r"\begin{eqnarray*}a&=&b\end{eqnarray*}"],
)
def test_the_lines_of_equations_are_no_matrix_on_paper(tex):
    assert not re.search(r"mat\(|vec\(", typst(tex))


def test_one_column_beside_something_is_a_vector_on_paper():
    assert 'vec(delim: #("{", none), align: #left, a, b)' in typst(r"f = \left\{\begin{array}{l}a\\b\end{array}\right.")


@each(
    ("tex", "set_as"),
    [
        (r"\begin{cases}x&x>0\\-x&x\le 0\end{cases}", "x & quad x > 0, - x & quad x lt.eq 0"),
        (r"\begin{dcases}x&\text{若}\&x\\y&z\end{dcases}", "y & quad z"),
        (r"\begin{aligned}x&=1&y&=2\\a&=3&b&=4\end{aligned}", "x & = 1 & quad y & = 2"),
        (r"\begin{align}x&=1&y&=2\end{align}", "x & = 1 & quad y & = 2"),
        (r"\begin{aligned}x&=\begin{cases}1&2\end{cases}&y&=2\end{aligned}", "1 & quad 2) & quad y & = 2"),
        (r"\begin{array}{rcl}x&=&1\\y&=&22\end{array}", "x & = 1"),
    ],
)
def test_a_column_stands_apart_from_the_one_before_on_paper(tex, set_as):
    assert set_as in typst(tex)


@each(
    ("tex", "set_as"),
    [
        (r"a=\begin{aligned}x&=1\\y&=2\end{aligned}+1", "a = vec(delim: #none, x & = 1, y & = 2) + 1"),
        (r"\left\{\begin{aligned}x&=1\\y&=2\end{aligned}\right.", 'vec(delim: #("{", none), x & = 1, y & = 2)'),
        (r"\left\{\begin{aligned}x&=1&a&=3\\y&=2&b&=4\end{aligned}\right.", "x & = 1, a & = 3; y & = 2, b & = 4"),
        (r"\left\{\begin{array}{rcl}x&=&1\\y&=&2\end{array}\right.", "x & = 1, y & = 2"),
    ],
)
def test_equations_beside_something_stay_together_on_paper(tex, set_as):
    assert set_as in typst(tex)
    assert "not shown" not in text(pdf(page(new_markdown_cell(f"$${tex}$$"))))


def test_upright_letters_are_upright_on_paper():
    markup = typst(r"\mathrm{d}t + \mathrm{Var}(X)")
    assert "$ upright(d) t + upright(V) upright(a) upright(r) " in markup
    assert r'"\\mathrm{d}t + {\\mathrm{V}' in markup


def test_a_declared_operator_is_upright_and_has_below_it_what_belongs_there():
    tex = r"\DeclareMathOperator*{\argmin}{arg\,min} \argmin_x f"
    assert "<munder><mtext>arg min</mtext><mi>x</mi></munder>" in Formulas("").html(tex, True)
    assert 'op("arg min", limits: #true)_x' in typst(tex)


@pytest.mark.parametrize("tex", [r"\begin{array}{c|c}1&2\end{array}", r"\begin{array}{cc}1&2\\\hline 3&4\end{array}"])
def test_the_rules_of_an_array_are_missing_with_a_warning(tex):
    assert ["W503"] == [one.code for one in page(new_markdown_cell(f"$${tex}$$ and $$|x|$$")).findings]


@each("written", ["$$a$$ $$b$$", "so:\n$$a$$ and $$b$$", "> $$a$$, $$b$$", "$$a$$ $b$", "- $$a$$ $$b$$ more"])
def test_two_formulas_may_stand_in_one_line(written):
    body = page(new_markdown_cell(written)).body
    assert (2, False, False) == (body.count("<math"), "unshown" in body, "$" in body)
