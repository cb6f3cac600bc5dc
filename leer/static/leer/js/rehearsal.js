// "Oefen je zin": the sentence stays in this browser. The field has no name and is in no form, so
// it is never sent; without this script it is scratch paper.
(() => {
  const PREFIX = "leer-zin-";

  // A browser may refuse to keep anything (a private window, a policy).
  const kept = (act) => {
    try {
      return act(window.localStorage);
    } catch {
      return undefined;
    }
  };

  const show = (part, when, shown) => {
    part.querySelectorAll(`[data-when="${when}"]`).forEach((one) => {
      one.hidden = !shown;
    });
  };

  const keep = (name, text) =>
    kept((store) => {
      if (text) store.setItem(name, text);
      else store.removeItem(name);
      return true;
    }) === true;

  const tell = (part, isKept) => {
    show(part, "kept", isKept);
    show(part, "not-kept", !isKept);
  };

  const begin = (part) => {
    const name = PREFIX + part.dataset.rehearsal;
    const field = part.querySelector("textarea");
    const said = part.querySelector("[data-said]");
    const earlier = kept((store) => store.getItem(name));
    if (earlier) field.value = earlier;
    show(part, "back", Boolean(earlier));
    tell(part, earlier !== undefined);
    field.addEventListener("input", () => {
      said.textContent = "";
      tell(part, keep(name, field.value));
    });
    part.querySelector("[data-wipe]").addEventListener("click", () => {
      keep(name, "");
      field.value = "";
      show(part, "back", false);
      said.textContent = said.dataset.wiped;
      field.focus();
    });
  };

  const look = () => {
    document.querySelectorAll("[data-rehearsal]:not([data-begun])").forEach((part) => {
      part.dataset.begun = "";
      begin(part);
    });
  };
  look();
  document.addEventListener("htmx:afterSwap", look);
})();
