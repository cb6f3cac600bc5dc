// The form of a story in Wagtail's admin: names instead of block ids, problems at their scene,
// and the way from the map to a scene. Wagtail's forms need script; this adds to what it draws.
(() => {
  "use strict";

  const panel = document.querySelector("[data-story-state]");
  if (!panel) return;
  const words = panel.dataset;
  const KINDS = ["scene", "reaction", "ending"];

  // The streams of the form, by Wagtail's own interface.
  const stream = (name) => window.wagtail?.editHandler?.getPanelByName(name)?.getBoundWidget();
  const living = (name) => (stream(name)?.children ?? []).filter((child) => !child.deleted);

  const firstWords = (child) => {
    const fields = child.element?.[0] ?? child.element;
    const text = fields?.querySelector?.("textarea")?.value.trim() ?? "";
    return text ? `${text.split(/\s+/).slice(0, 6).join(" ")} …` : words.wordsUnnamed;
  };

  const nameOf = (child) => child.block.childBlocks.name.getValue()?.trim() || firstWords(child);

  // References ---------------------------------------------------------------------------------
  const option = (value, text, selected) => new Option(text, value, false, value === selected);

  const group = (label, options) => {
    const made = document.createElement("optgroup");
    made.label = label;
    made.append(...options);
    return made;
  };

  const sceneGroups = (selected) => {
    const children = living("scenes");
    return KINDS.map((kind) => {
      const known = children
        .filter((child) => child.type === kind)
        .map((child) => option(child.id, nameOf(child), selected));
      const label = kind[0].toUpperCase() + kind.slice(1);
      return group(words[`words${label}`], [...known, option(`new:${kind}`, words[`wordsNew${label}`])]);
    });
  };

  const counterGroups = (selected) =>
    living("counters").map((child) => option(child.id, nameOf(child), selected));

  const drawingOptions = (input) =>
    input.dataset.oneOf.split("|").map((pair) => {
      const [name, label] = pair.split("=");
      return option(name, label, input.value);
    });

  const fill = (select, input) => {
    const { pointsAt } = input.dataset;
    const empty = pointsAt ? words.wordsChoose : words.wordsNone;
    let offered = drawingOptions;
    if (pointsAt === "scenes") offered = () => sceneGroups(input.value);
    if (pointsAt === "counters") offered = () => counterGroups(input.value);
    select.replaceChildren(option("", empty, input.value), ...offered(input));
    if (input.value && select.value !== input.value) {
      const missing = pointsAt ? words.wordsGone : input.value;
      select.append(option(input.value, missing, input.value));
    }
  };

  const uuid = () =>
    crypto.randomUUID?.() ??
    "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
      (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16),
    );

  // A choice may lead to what is still to be written: it is put at the end, empty.
  const addPassage = (kind) => {
    const scenes = stream("scenes");
    const id = uuid();
    const value = scenes.blockDef.initialChildStates[kind];
    scenes.insert({ type: kind, value, id }, scenes.children.length, { animate: true });
    return id;
  };

  const changed = (input, value) => {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const upgrade = (input) => {
    input.dataset.upgraded = "";
    const select = document.createElement("select");
    select.id = `${input.id}-keuze`;
    select.className = "story-pointer";
    document.querySelectorAll(`label[for="${input.id}"]`).forEach((label) => {
      label.htmlFor = select.id;
    });
    input.hidden = true;
    input.after(select);
    fill(select, input);
    select.addEventListener("focus", () => fill(select, input));
    select.addEventListener("mousedown", () => fill(select, input));
    select.addEventListener("change", () => {
      const [, kind] = select.value.split("new:");
      changed(input, kind ? addPassage(kind) : select.value);
      fill(select, input);
    });
  };

  const upgradeAll = () =>
    document
      .querySelectorAll("input:is([data-points-at], [data-one-of]):not([data-upgraded])")
      .forEach(upgrade);

  const refill = () =>
    document.querySelectorAll("input[data-upgraded]").forEach((input) => {
      const select = input.nextElementSibling;
      if (select && document.activeElement !== select) fill(select, input);
    });

  // Problems at their scene --------------------------------------------------------------------
  const placeOf = (id) => document.querySelector(`[data-contentpath="${CSS.escape(id)}"]`);

  const message = ({ message: text, is_error: isError }) => {
    const item = document.createElement("li");
    item.className = `story-problem${isError ? " story-problem--error" : ""}`;
    item.textContent = text;
    return item;
  };

  const tellAt = (id, problems, playUrl) => {
    const place = placeOf(id);
    const content = place?.querySelector(".w-panel__content");
    if (!content) return;
    content.querySelector(":scope > .story-told")?.remove();
    const told = document.createElement("div");
    told.className = "story-told";
    if (problems.length) {
      const list = document.createElement("ul");
      list.className = "story-problems__list";
      list.append(...problems.map(message));
      told.append(list);
    }
    const play = document.createElement("a");
    play.href = `${playUrl}&scene=${encodeURIComponent(id)}`;
    play.target = "_blank";
    play.textContent = words.wordsPlay;
    told.append(play);
    content.prepend(told);
    place.toggleAttribute("data-story-wrong", problems.some((one) => one.is_error));
  };

  // Leer made a name for what had none: show it, unless one was typed meanwhile.
  const showName = (child, name) => {
    const input = document.querySelector(`[name="${child.prefix}-value-name"]`);
    if (input && name && !input.value && document.activeElement !== input) changed(input, name);
  };

  const stateUrl = () => {
    const here = window.location.pathname.match(/\/pages\/(\d+)\/edit\//);
    return here ? words.storyStateOfAny.replace("/0/", `/${here[1]}/`) : words.storyState;
  };

  let asked = 0;
  const refresh = async () => {
    const url = stateUrl();
    if (!url) return;
    const mine = ++asked;
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const state = await answer.json();
    panel.querySelector("[data-story-panel]").innerHTML = state.panel;
    living("scenes").forEach((child) => {
      tellAt(child.id, state.blocks[child.id] ?? [], state.play_url);
      showName(child, state.names[child.id]);
    });
    refill();
  };

  // From the map, the problems and the address to a scene --------------------------------------
  const goTo = (place) => {
    if (!place) return;
    const tab = place.closest('[role="tabpanel"]');
    document.querySelector(`[role="tab"][href="#${tab?.id}"]`)?.click();
    place.querySelector("[data-panel-toggle][aria-expanded=false]")?.click();
    place.scrollIntoView({ block: "start" });
    const field = "input:not([type=hidden]):not([hidden]), textarea, select";
    const first = place.matches(field) ? place : place.querySelector(field);
    // After the click that led here has done its own focusing, in the frame of the map.
    setTimeout(() => (first ?? place.querySelector("button"))?.focus({ preventScroll: true }), 100);
  };

  const followAddress = () => {
    const [, kind, name] = window.location.hash.match(/^#(scene|field)-(.+)$/) ?? [];
    if (kind === "scene") goTo(placeOf(decodeURIComponent(name)));
    if (kind === "field") goTo(document.getElementById(`id_${name}`) ?? placeOf(name));
  };

  const begin = () => {
    upgradeAll();
    const form = panel.closest("form");
    new MutationObserver(upgradeAll).observe(form, { childList: true, subtree: true });
    form.addEventListener("change", refill);
    document.addEventListener("w-autosave:success", refresh);
    window.addEventListener("hashchange", followAddress);
    // The same link twice changes no address, and still leads there.
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.('a[href*="#scene-"], a[href*="#field-"]');
      if (link && link.pathname === window.location.pathname) setTimeout(followAddress);
    });
    refresh().then(followAddress);
  };

  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
})();
