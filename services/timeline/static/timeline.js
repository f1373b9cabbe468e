/* What the timeline's pages do better with a script; without it all of them work.

   1. The chart is one tab stop; arrow keys go from bar to bar, in time and from lane to lane. Nothing stops below the
      pinned lane.
   2. A link to the same page with another focus or other lanes changes the page in place.
   3. New data appears by itself: the state of the read model is asked for every second, and what has changed is said.

   Nothing here makes HTML: a new page comes from the server whole, and takes the place of the old one. */

"use strict";

(() => {
  const said = document.currentScript.dataset;
  const EVERY = 1000, SLOWEST = 30000; // milliseconds between two questions, and where nobody answers
  const AGED = 5000; // milliseconds after which a page that says how old things are is fetched anew
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  document.body.append(status);

  // 1. The keyboard

  const chart = () => document.querySelector(".chart");
  const barsOf = lane => [...lane.querySelectorAll("svg a")];
  const boxOf = bar => (bar.querySelector("path, rect:not(.frame)") || bar).getBoundingClientRect();
  const middleOf = bar => { const box = boxOf(bar); return box.left + box.width / 2; };
  const inTime = (one, other) => boxOf(one).left - boxOf(other).left || boxOf(one).top - boxOf(other).top;

  /* How high the pinned lane is, for what has to stop below it: names of lanes, and what is scrolled to. */
  const measuring = new ResizeObserver(([{ target }]) =>
    document.documentElement.style.setProperty("--pinned", `${target.offsetHeight}px`));

  function rove() {
    measuring.disconnect();
    if (!chart()) return;
    measuring.observe(document.querySelector(".pinned"));
    const bars = barsOf(chart());
    const first = bars.find(bar => bar.hasAttribute("aria-current")) || bars[0];
    for (const bar of bars) bar.setAttribute("tabindex", bar === first ? "0" : "-1");
    if (first && said.keys) chart().setAttribute("aria-label", `${chart().getAttribute("aria-label")}. ${said.keys}`);
  }

  function step(bar, key, whole) {
    const lanes = [...chart().querySelectorAll(".lane")].filter(lane => lane.querySelector("svg a"));
    const at = lanes.indexOf(bar.closest(".lane"));
    const sorted = (lane = lanes[at]) => barsOf(lane).sort(inTime);
    const near = lane => lane && barsOf(lane).reduce((best, one) =>
      Math.abs(middleOf(one) - middleOf(bar)) < Math.abs(middleOf(best) - middleOf(bar)) ? one : best);
    switch (key) {
      case "ArrowLeft": return sorted()[sorted().indexOf(bar) - 1];
      case "ArrowRight": return sorted()[sorted().indexOf(bar) + 1];
      case "ArrowUp": return near(lanes[at - 1]);
      case "ArrowDown": return near(lanes[at + 1]);
      case "Home": return sorted(whole ? lanes[0] : lanes[at])[0];
      case "End": return sorted(whole ? lanes.at(-1) : lanes[at]).at(-1);
      default: return null;
    }
  }

  function stand(bar) {
    for (const other of barsOf(chart())) other.setAttribute("tabindex", other === bar ? "0" : "-1");
  }

  function go(bar) {
    stand(bar);
    bar.focus();
    const pinned = document.querySelector(".pinned");
    const hidden = pinned.contains(bar) ? 0 : pinned.getBoundingClientRect().bottom - boxOf(bar).top + 8;
    if (hidden > 0 && getComputedStyle(pinned).position === "sticky") scrollBy(0, -hidden);
  }

  document.addEventListener("keydown", event => {
    const bar = event.target.closest?.(".chart svg a");
    if (!bar || event.altKey || event.metaKey || event.shiftKey) return;
    const next = step(bar, event.key, event.ctrlKey);
    if (next === null) return;
    event.preventDefault();
    if (next) go(next);
  });

  // The page in place of the one that is shown

  const main = () => document.getElementById("content");
  const rows = of => {
    const found = new Map();
    for (const row of of.querySelectorAll("[data-item]")) {
      found.set(row.dataset.item, (found.get(row.dataset.item) || "") + row.textContent);
    }
    return found;
  };
  let served = main().innerHTML; // as it came, before anything here changed it

  async function fetchPage(address) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (answer.status >= 500) throw new Error(`status ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("content")) throw new Error("not a page");
    return page;
  }

  /* What has the focus, so that it is found again: by its name; by where it leads, else by what it says; by its place in
     what is named. Undefined where it is gone. */
  function place(element) {
    const all = of => [...(of?.querySelectorAll(element.tagName) ?? [])];
    const same = one => one.getAttribute("href") === element.getAttribute("href")
      && (element.hasAttribute("href") || one.textContent === element.textContent);
    const { id } = element, home = element.closest("[id]");
    const number = all(main()).filter(same).indexOf(element), inside = all(home).indexOf(element);
    return () => (id && document.getElementById(id)) || all(main()).filter(same)[number]
      || all(main()).find(same) || all(document.getElementById(home.id))[inside];
  }

  const fields = () => [...main().querySelectorAll("input:not([type=hidden]), select, textarea")];
  const nameOf = field => field.id || field.name;
  const isTyped = field => field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
    : field.tagName === "SELECT" ? [...field.options].some(option => option.selected !== option.defaultSelected)
      : field.value !== field.defaultValue;
  const scrolled = () => [...main().querySelectorAll(".scroll, .pinned, .explanation")].map(one =>
    [one.ariaLabel || one.className, one]);
  const opened = () => [...main().querySelectorAll("details")];
  const named = (details, number) => details.id || `${number} ${details.querySelector("summary")?.textContent}`;

  function renew(selector, page) {
    const [old, fresh] = [document.querySelector(selector), page.querySelector(selector)];
    if (old && fresh && !old.contains(document.activeElement)) old.replaceWith(fresh);
  }

  /* Focus, where it is in sight, scroll positions, what is unfolded and what was typed stay. */
  function replace(page) {
    const active = document.activeElement, isShown = active?.matches(":focus-visible");
    const found = active && active !== main() && main().contains(active) ? place(active) : null;
    const at = scrollY, before = active?.getBoundingClientRect().top;
    const inside = new Map(scrolled().map(([name, one]) => [name, [one.scrollLeft, one.scrollTop]]));
    const open = new Map(opened().map((details, number) => [named(details, number), details.open]));
    const typed = new Map(fields().filter(isTyped).map(field => [nameOf(field), field]));
    served = page.getElementById("content").innerHTML;
    main().replaceChildren(...page.getElementById("content").childNodes);
    renew(".freshness", page);
    document.title = page.title;
    opened().forEach((details, number) => { details.open = open.get(named(details, number)) ?? details.open; });
    for (const field of fields()) {
      const old = typed.get(nameOf(field));
      if (old?.type === field.type) [field.value, field.checked] = [old.value, old.checked];
    }
    rove();
    for (const [name, one] of scrolled()) [one.scrollLeft, one.scrollTop] = inside.get(name) || [0, 0];
    scrollTo({ top: at, behavior: "instant" });
    if (!found) return; // it is elsewhere, and stays there
    const again = found();
    (again ?? main()).focus({ preventScroll: true, focusVisible: isShown });
    if (again) scrollBy({ top: again.getBoundingClientRect().top - before, behavior: "instant" });
  }

  // 2. The same page, seen otherwise

  const pathOf = address => address.pathname + address.search;
  let shown = pathOf(location);
  const isHere = address => address.origin === location.origin && address.pathname === location.pathname;

  /* Where the explanation has no room beside the chart it stands above it, out of sight of whoever chose a bar: there one is
     taken to it at once, as without a script. Beside the chart it is seen, and one stays where one is. */
  function reach(explanation) {
    if (explanation.getBoundingClientRect().bottom > chart().getBoundingClientRect().top) return;
    explanation.focus({ preventScroll: true });
    explanation.scrollIntoView({ behavior: "instant" });
  }

  /* Going back: to where one was on the page, and to the link by which one had left. */
  function comeBack(top, left) {
    const link = [...main().querySelectorAll("a[href]")].find(one => pathOf(new URL(one.getAttribute("href"), location)) === left);
    if (link?.matches(".chart svg a")) stand(link);
    link?.focus({ preventScroll: true });
    scrollTo({ top, behavior: "instant" });
  }

  /* `part`: what of the page the link leads to. `top`: how far down one was on a page that one goes back to. */
  async function visit(address, isNew, { part, top } = {}) {
    try {
      const page = await fetchPage(address), left = shown;
      if (isNew) {
        history.replaceState({ top: scrollY }, "");
        history.pushState(null, "", address);
      }
      shown = pathOf(location);
      replace(page);
      renew(".selection", page);
      renew(".language", page);
      const explanation = document.querySelector(".explanation");
      status.textContent = explanation ? `${explanation.ariaLabel}: ${explanation.querySelector("h2").textContent}` : "";
      if (explanation && part === "#focus") reach(explanation);
      if (top !== undefined) comeBack(top, left);
    } catch {
      location.assign(address);
    }
  }

  document.addEventListener("click", event => {
    const link = event.target.closest?.(".chart a, .explanation a, .lane a");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const address = new URL(link.getAttribute("href"), location.href);
    if (!isHere(address) || (address.search === location.search && address.hash)) return;
    event.preventDefault();
    const part = address.hash;
    address.hash = "";
    visit(address, true, { part });
  });
  addEventListener("popstate", event => {
    if (shown !== pathOf(location)) visit(new URL(location.href), false, { top: event.state?.top }); // else only the hash
  });

  // 3. New data

  let seen = `"${said.state}"`, wait = EVERY, timer = 0, isAsking = false;
  let quietUntil = 0; // milliseconds: so long it is said what has changed
  let fetched = Date.now(), isLost = false;

  function tell(sentence) {
    status.textContent = sentence;
    const line = document.querySelector(".freshness a");
    if (line) line.textContent = sentence;
  }

  /* Nobody answers: what the page says of how fresh it is can't be relied on any longer. */
  function lose() {
    tell(said.lost);
    const asOf = document.getElementById("as-of");
    if (asOf) asOf.textContent = said.lost;
  }

  async function ask() {
    const answer = await fetch(said.live, { headers: { "If-None-Match": seen }, cache: "no-store" });
    const isNew = answer.status !== 304, isAged = "ages" in said && Date.now() - fetched >= AGED;
    if (!isNew && !isAged && !isLost) {
      const line = document.querySelector(".freshness:not(.stale) a");
      if (line && wait === EVERY && Date.now() > quietUntil) line.textContent = said.fresh;
      return;
    }
    if (isNew && !answer.ok) throw new Error(`status ${answer.status}`);
    const page = await fetchPage(location.href);
    if (isNew) seen = answer.headers.get("ETag");
    fetched = Date.now();
    if (page.getElementById("content").innerHTML === served && !isLost) {
      renew(".freshness", page);
      return;
    }
    const [before, after] = [rows(main()), rows(page.getElementById("content"))];
    const items = [...new Set([...before.keys(), ...after.keys()])].filter(item => before.get(item) !== after.get(item));
    replace(page);
    if (!isNew) return; // it is only later than it was
    mark(items);
    const n = items.length;
    tell((n === 1 ? said.changedOne : n ? said.changedOther : said.changed).replace("{n}", n));
    quietUntil = Date.now() + 5 * EVERY;
  }

  /* What is new is marked until the next change; it fades where the reader has nothing against movement. */
  function mark(items) {
    const changed = new Set(items);
    for (const row of main().querySelectorAll("[data-item]")) {
      row.classList.toggle("changed", changed.has(row.dataset.item));
    }
  }

  async function follow() {
    clearTimeout(timer);
    if (!said.live || document.hidden || isAsking) return;
    isAsking = true;
    try {
      await ask();
      [wait, isLost] = [EVERY, false];
    } catch {
      if (!isLost) lose();
      [wait, isLost] = [Math.min(2 * wait, SLOWEST), true];
    }
    document.body.classList.toggle("lost", isLost);
    isAsking = false;
    timer = setTimeout(follow, wait);
  }

  document.addEventListener("visibilitychange", follow);
  rove();
  follow();
})();
