/* <language-switcher article="…">: the languages of an article, on any page. How to use it is told in docs/switcher.md.
   It enhances the list of links inside it, which stays where scripts do not run; where it is empty it asks the service
   that this file came from. No dependency, no build step, no style attribute, no markup from strings. */

const CHOSEN = "language-switcher";
const DISMISSED = "language-switcher-dismissed";
const SERVICE = new URL(import.meta.url).href.replace(/\/assets\/.*/, "");

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { display: block; color: var(--language-switcher-color, inherit); }
  :host([hidden]), [hidden] { display: none !important; }
  nav { line-height: 1.25; }
  ul { display: flex; flex-wrap: wrap; column-gap: var(--language-switcher-gap, 1.25em);
    margin: 0; padding: 0; list-style: none; }
  li > *, button, [part~=offer] a { display: inline-flex; flex-wrap: wrap; align-items: center; column-gap: .4em;
    box-sizing: border-box; min-block-size: 44px; min-inline-size: 44px;
    color: inherit; font: inherit; text-decoration: none; }
  li > a { text-decoration: underline 1px color-mix(in srgb, currentColor 45%, transparent);
    text-underline-offset: .35em; }
  [part=disclosure] a { text-decoration-line: none; }
  a:hover { text-decoration: underline; }
  :focus-visible { outline: 3px solid var(--language-switcher-accent, currentColor); outline-offset: 2px;
    border-radius: 2px; }
  [aria-current], [part=value] { font-weight: 600; }
  li > [aria-current] { text-decoration: underline 2px var(--language-switcher-accent, currentColor); }
  [part=note] { font-size: .875em; font-style: italic; font-weight: 400; }
  button { flex-wrap: nowrap; padding: .4em .75em; background: none; text-align: start; cursor: pointer;
    border: 1px solid var(--language-switcher-border, currentColor);
    border-radius: var(--language-switcher-radius, 4px); }
  [part=label]::after { content: ":"; }
  [part=label]:last-child::after { content: none; }
  [part=button]::after { content: ""; inline-size: .4em; block-size: .4em; flex: none; margin-inline-start: .25em;
    border: solid; border-width: 0 2px 2px 0; transform: translateY(-25%) rotate(45deg); }
  [aria-expanded=true]::after { transform: translateY(25%) rotate(225deg); }
  [part=disclosure] { display: inline-block; position: relative; }
  [part=disclosure] ul { display: block; position: absolute; z-index: 10; padding-block: .25em;
    inset-block-start: calc(100% + 4px); inset-inline-start: 0;
    box-sizing: border-box; inline-size: max-content; min-inline-size: 100%; max-inline-size: min(22rem, 55vw);
    background: var(--language-switcher-background, Canvas); color: var(--language-switcher-ink, CanvasText);
    border: 1px solid var(--language-switcher-border, currentColor);
    border-radius: var(--language-switcher-radius, 4px);
    box-shadow: 0 4px 16px rgb(0 0 0 / .2); }
  [part=disclosure] ul.end { inset-inline: auto 0; }
  [part=disclosure] li > * { display: flex; padding: .5em 1em; }
  [part=disclosure] :focus-visible { outline-offset: -3px; }
  [part=offer] { display: flex; align-items: center; justify-content: space-between; column-gap: 1em; margin: 0 0 .5em;
    padding-inline-start: 1em; border-inline-start: 3px solid var(--language-switcher-accent, currentColor); }
  [part=offer] a { text-decoration: underline; text-underline-offset: .2em; }
  [part=dismiss] { justify-content: center; border: 0; padding: 0; font-size: 1.25em; }
  @media print { :host { display: none; } }
`);

/** An element; an attribute that is null, undefined or false is left out. */
function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value || value === "") node.setAttribute(name, value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

const primary = (tag) => tag.split("-")[0].toLowerCase();

class LanguageSwitcher extends HTMLElement {
  static observedAttributes = ["article", "service", "locale", "form", "open"];

  #root = this.attachShadow({ mode: "open" });
  #turn = 0; // counts refreshes, so that a slow answer does not replace a later one
  #model = null;
  #button = null;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(document.createElement("slot"));
    this.#root.addEventListener("keydown", (event) => this.#pressed(event));
    this.#root.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !this.#root.contains(relatedTarget)) this.open = false;
    });
  }

  connectedCallback() {
    if (document.readyState !== "loading") this.refresh();
    else document.addEventListener("DOMContentLoaded", () => this.refresh(), { once: true });
  }

  disconnectedCallback() {
    document.removeEventListener("pointerdown", this.#outside);
  }

  attributeChangedCallback(name, before, now) {
    if (!this.#turn || before === now) return; // what is there at first is read by refresh()
    if (name === "open") this.#toggled();
    else if (name === "form") this.#render();
    else this.refresh();
  }

  get open() {
    return this.hasAttribute("open");
  }

  set open(value) {
    this.toggleAttribute("open", value);
  }

  /** Read the list inside, or ask the service, and show what there is. Call it after changing the list. */
  async refresh() {
    const turn = ++this.#turn;
    let model = this.#listed();
    try {
      if (!model) model = await this.#asked();
    } catch (error) {
      this.#tell("error", { message: String(error) });
    }
    if (!model || turn !== this.#turn || !this.isConnected) return;
    this.#model = model;
    this.#render();
    this.#tell("ready", { languages: model.items.map((item) => item.hreflang) });
  }

  // --- what there is to choose from ---

  /** The list that the page brings: our own fragment, or any list of links with `lang` or `hreflang`. */
  #listed() {
    const nav = this.querySelector("nav");
    const items = [...this.querySelectorAll("a[href], span[data-state]")].map((node) => {
      const note = node.querySelector("small");
      const name = [...node.childNodes].filter((child) => child !== note);
      return {
        name: name.map((child) => child.textContent).join("").trim(),
        lang: node.lang || node.hreflang,
        hreflang: node.hreflang || node.lang,
        url: node.href,
        current: node.hasAttribute("aria-current"),
        state: node.dataset.state,
        note: note?.textContent.trim().replace(/^\(|\)$/g, ""),
        offer: node.dataset.offer,
      };
    });
    if (!items.length) return null;
    return { label: nav?.getAttribute("aria-label"), lang: nav?.lang, close: nav?.dataset.close, items };
  }

  async #asked() {
    const article = this.getAttribute("article");
    if (!article) return null;
    const locale = this.getAttribute("locale") || (this.closest("[lang]") ?? document.documentElement).lang;
    const query = locale ? `?locale=${encodeURIComponent(locale)}` : "";
    const service = (this.getAttribute("service") || SERVICE).replace(/\/$/, "");
    const answer = await fetch(`${service}/v1/articles/${encodeURIComponent(article)}/switcher${query}`, {
      headers: { Accept: "application/json" },
      credentials: "omit",
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) throw new Error(`${answer.status} from ${answer.url}`);
    return answer.json();
  }

  // --- what is shown ---

  #render() {
    const { label, lang, items } = this.#model ?? { items: [] };
    this.#button = null;
    if (items.length < 2) {
      this.#root.replaceChildren(make("slot", {})); // nothing to choose: the page's own, or nothing
      return;
    }
    const entries = items.map((item) => make("li", { part: "item" }, this.#entry(item)));
    const list = make("ul", { part: "list", id: "list" }, ...entries);
    const nav = make("nav", { part: "nav", "aria-label": this.getAttribute("label") || label, lang }, this.#offer());
    if (this.getAttribute("form") === "disclosure") {
      const current = items.find((item) => item.current);
      this.#button = make(
        "button",
        { part: "button", type: "button", "aria-controls": "list" },
        label && make("span", { part: "label" }, label),
        current && make("bdi", { part: "value", lang: current.lang }, current.name),
      );
      this.#button.addEventListener("click", () => (this.open = !this.open));
      nav.append(make("div", { part: "disclosure" }, this.#button, list));
    } else nav.append(list);
    this.#root.replaceChildren(nav);
    this.#place();
  }

  /** A link, or the bare name of what cannot be read yet. */
  #entry(item) {
    const note = item.note && make("bdi", { part: "note" }, `(${item.note})`);
    const words = [make("bdi", { part: "name", lang: item.lang }, item.name), note && " ", note];
    if (!item.url) return make("span", { part: "pending" }, ...words);
    const part = `link${item.current ? " current" : ""}${item.state === "stale" ? " stale" : ""}`;
    return this.#link(item, { part, "aria-current": item.current && "page" }, ...words);
  }

  #link(item, attributes, ...words) {
    const link = make("a", { href: item.url, hreflang: item.hreflang, ...attributes }, ...words);
    link.addEventListener("click", (event) => {
      const from = this.#model.items.find((one) => one.current)?.hreflang;
      this.#keep(CHOSEN, item.hreflang);
      this.#keep(DISMISSED, null);
      const { hreflang: language, url, state } = item;
      if (!this.#tell("choose", { language, from, url, state })) event.preventDefault();
      this.open = false;
    });
    return link;
  }

  /** The line that invites a reader to the language chosen before; a page never leads there by itself. */
  #offer() {
    const { items, close } = this.#model;
    const wanted = this.getAttribute("preferred") || this.#kept(CHOSEN);
    if (!wanted || !close || wanted === this.#kept(DISMISSED)) return null;
    const alike = items.filter((item) => primary(item.hreflang || "") === primary(wanted));
    const item = alike.find((one) => one.hreflang === wanted) || alike.find((one) => one.current) || alike[0];
    if (!item?.url || item.current || !items.some((one) => one.current)) return null;
    const note = item.note && make("bdi", { part: "note" }, `(${item.note})`);
    const words = make("bdi", { lang: item.hreflang }, item.offer || item.name);
    const dismiss = make("button", { part: "dismiss", type: "button", "aria-label": close }, "×");
    const link = this.#link(item, { part: "offer-link" }, words, note && " ", note);
    const line = make("div", { part: "offer" }, link, dismiss);
    dismiss.addEventListener("click", () => {
      line.remove();
      this.#keep(DISMISSED, wanted);
      this.#root.querySelector("button, a").focus();
      this.#tell("dismiss", { language: item.hreflang });
    });
    this.#tell("offer", { language: item.hreflang });
    return line;
  }

  // --- the disclosure (WAI-ARIA practices: disclosure navigation) ---

  #toggled() {
    if (!this.#button) return;
    this.#place();
    this.#tell(this.open ? "open" : "close");
  }

  /** Make the list, the button and the document's listener agree with `open`. */
  #place() {
    document.removeEventListener("pointerdown", this.#outside);
    if (!this.#button) return;
    const list = this.#root.getElementById("list");
    list.hidden = !this.open;
    this.#button.setAttribute("aria-expanded", this.open);
    if (!this.open) return;
    document.addEventListener("pointerdown", this.#outside);
    list.classList.remove("end");
    const { left, right } = list.getBoundingClientRect();
    list.classList.toggle("end", left < 0 || right > document.documentElement.clientWidth); // to the side that has room
  }

  #outside = (event) => {
    if (!event.composedPath().includes(this)) this.open = false;
  };

  #pressed(event) {
    if (!this.#button || !this.open) return;
    const links = [...this.#root.querySelectorAll("#list a")];
    const at = links.indexOf(this.#root.activeElement);
    const last = links.length - 1;
    const to = { ArrowDown: Math.min(at + 1, last), ArrowUp: Math.max(at - 1, 0), Home: 0, End: last }[event.key];
    if (event.key === "Escape") {
      this.open = false;
      this.#button.focus();
    } else if (to === undefined) return;
    else links[to]?.focus();
    event.preventDefault();
    event.stopPropagation();
  }

  // --- what is remembered and told ---

  /** What this page's own storage has; a browser may refuse it. `remember="off"` asks for nothing to be kept. */
  #kept(key) {
    try {
      return this.getAttribute("remember") === "off" ? null : localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  #keep(key, value) {
    try {
      if (this.getAttribute("remember") === "off") return;
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // refused or full: then the choice holds for this page only
    }
  }

  /** Tell the page; false where it cancelled what was about to happen. */
  #tell(name, detail = {}) {
    const article = this.getAttribute("article");
    return this.dispatchEvent(
      new CustomEvent(`language-switcher:${name}`, {
        detail: { article, ...detail },
        bubbles: true,
        composed: true,
        cancelable: name === "choose",
      }),
    );
  }
}

if (!customElements.get("language-switcher")) customElements.define("language-switcher", LanguageSwitcher);
