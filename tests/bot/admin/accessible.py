"""An automated look at a page for people who cannot see it, or use no mouse: what is wrong, in words; none is right.

After WCAG 2.2 level AA, as far as a program can tell: names of fields and links (4.1.2, 3.3.2), headings in order
(1.3.1), landmarks, one title (2.4.2), the language (3.1.1), contrast of text and of the edges of fields (1.4.3,
1.4.11), alternatives of images (1.1.1), table headings, unique ids, and every control reached by the Tab key with its
focus in sight (2.1.1, 2.4.7).
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

_MOST_TABS = 200


def faults(page: Page) -> list[str]:
    """Return what is wrong with the page as it stands."""
    static: list[str] = page.evaluate(_LOOK)
    return [*static, *_unreached(page)]


def _unreached(page: Page) -> list[str]:
    """Walk the page by the Tab key, while it stays as it is: a part that is shown anew would be counted anew."""
    page.evaluate(_HOLD)
    expect(page.locator(".htmx-request")).to_have_count(0)
    try:
        return _walked(page)
    finally:
        page.evaluate(_LET_GO)


def _walked(page: Page) -> list[str]:
    expected: int = page.evaluate(_NUMBER)
    page.evaluate("document.activeElement?.blur()")
    seen: set[int] = set()
    last: int | None = None
    found: list[str] = []
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        number, visible, name = page.evaluate(_FOCUSED)
        if number == last and number is not None:
            continue  # a date is several stops within one field
        last = number
        if number is None or number in seen:
            break
        seen.add(number)
        if not visible:
            found.append(f"focus is not seen on {name}")
    if len(seen) < min(expected, _MOST_TABS):
        found.append(f"Tab reaches {len(seen)} of {expected} controls")
    return found


_HOLD = """() => {
    window.held = event => event.preventDefault();
    document.body.addEventListener("htmx:beforeRequest", window.held);
}"""
_LET_GO = "() => document.body.removeEventListener('htmx:beforeRequest', window.held)"

# What a script needs to compare colours: `contrast` of two, the `ground` behind an element.
COLOURS = """
    const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const rgba = colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data;
    };
    const luminance = colour => {
        const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
        const [r, g, b] = [...rgba(colour)].map(v => linear(v / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one, other) => {
        const [a, b] = [luminance(one), luminance(other)].sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05);
    };
    const ground = element => {
        for (let e = element; e; e = e.parentElement) {
            const colour = getComputedStyle(e).backgroundColor;
            if (rgba(colour)[3] === 255) return colour;
        }
        return "white";
    };
"""
_NUMBER = """() => {
    // The radio buttons of a group are one stop, at the one that is chosen.
    const passed = e => e.type === "radio" && !e.checked && document.querySelector(`[name="${e.name}"]:checked`);
    const shown = e => e.checkVisibility() && !e.disabled && e.tabIndex >= 0 && !passed(e);
    const all = document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]");
    return [...all].filter(shown).map((e, i) => { e.dataset.tabNumber = i; return e; }).length;
}"""
_FOCUSED = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return [null, true, ""];
    const style = getComputedStyle(e);
    const box = e.getBoundingClientRect();
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const inSight = box.bottom > 0 && box.top < innerHeight && box.width > 0;
    return [e.dataset.tabNumber === undefined ? null : +e.dataset.tabNumber, outlined && inSight,
            e.outerHTML.slice(0, 100)];
}"""
_LOOK = (
    """() => {
    const faults = [];
    const say = (what, e) => faults.push(`${what}: ${e.outerHTML.replace(/\\s+/g, " ").slice(0, 120)}`);
    const shown = e => e.checkVisibility();
    const every = selector => [...document.querySelectorAll(selector)];
    const nameOf = e => (e.getAttribute("aria-label") || (e.getAttribute("aria-labelledby") || "").split(" ").map(
        id => document.getElementById(id)?.textContent || "").join(" ") || [...(e.labels || [])].map(
        label => label.textContent).join(" ") || e.textContent
        + [...e.querySelectorAll("img")].map(image => image.alt).join("")).trim();

    if (document.documentElement.lang !== "vi") faults.push("the language is not said");
    if (!document.title.trim()) faults.push("no title");
    if (every("main").length !== 1) faults.push("not one main landmark");
    if (every("header.bar").length !== 1) faults.push("no banner");
    if (every("h1").filter(shown).length !== 1) faults.push("not one h1");
    let level = 0;
    for (const heading of every("h1, h2, h3, h4, h5, h6").filter(shown)) {
        const here = +heading.tagName[1];
        if (here > level + 1) say(`heading skips from ${level}`, heading);
        if (!heading.textContent.trim()) say("empty heading", heading);
        level = here;
    }
    for (const e of every("input:not([type=hidden]), select, textarea"))
        if (!(e.labels?.length || e.getAttribute("aria-label"))) say("field without a label", e);
    for (const e of every("a[href], button, summary")) if (shown(e) && !nameOf(e)) say("nameless", e);
    for (const e of every("img")) if (!e.hasAttribute("alt")) say("image without alternative", e);
    for (const e of every("svg")) if (e.getAttribute("aria-hidden") !== "true" && !e.querySelector("title"))
        say("drawing without a title", e);
    for (const e of every("fieldset")) if (!e.querySelector("legend")) say("fieldset without a legend", e);
    // A table within a document is shown as it was written: which of its rows are headings, nobody said.
    for (const e of every("table")) if (!e.querySelector("th") && !e.closest(".document")) say("no headings", e);
    for (const e of every("nav")) if (shown(e) && !nameOf(e)) say("nav without a name", e);
    for (const e of every("dl > *")) if (!["DT", "DD", "DIV"].includes(e.tagName)) say("stray part of a list", e);
    for (const e of every("ul > *, ol > *")) if (e.tagName !== "LI") say("stray part of a list", e);
    for (const e of every("[style], [onclick]")) say("inline style or script", e);
    const ids = every("[id]").map(e => e.id);
    for (const id of ids.filter((one, at) => ids.indexOf(one) !== at)) faults.push(`id twice: ${id}`);
    for (const e of every("[aria-labelledby], [aria-describedby], label[for]"))
        for (const id of (e.getAttribute("aria-labelledby") || e.getAttribute("aria-describedby") || e.htmlFor)
            .split(" ")) if (!document.getElementById(id)) say("refers to nothing", e);
    for (const e of every("[tabindex]")) if (e.tabIndex > 0) say("order of its own", e);
    for (const e of every(".wide")) if (e.scrollWidth > e.clientWidth && e.tabIndex < 0) say("no keys scroll", e);

"""
    + COLOURS
    + """    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const e = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !e.checkVisibility()) continue;
        if (e.closest("title, script, template, option")) continue;
        const drawn = e.closest("svg");
        const style = getComputedStyle(e);
        const behind = drawn ? (e.previousElementSibling?.tagName === "rect"
            ? getComputedStyle(e.previousElementSibling).fill : ground(drawn)) : ground(e);
        const ratio = contrast(drawn ? style.fill : style.color, behind);
        if (ratio < 4.5) faults.push(`faint ${ratio.toFixed(2)}: ${walker.currentNode.data.trim().slice(0, 40)}`);
    }
    for (const e of every("input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea").filter(shown)) {
        const ratio = contrast(getComputedStyle(e).borderTopColor, ground(e.parentElement));
        if (ratio < 3) say(`edge of a field ${ratio.toFixed(2)}`, e);
    }
    return faults;
}"""
)
