// A browser may keep a whole page for "back", whatever its headers say. What is shown once leaves
// the page together with its reader.
addEventListener("pagehide", () => {
  document.querySelectorAll("[data-once]").forEach((part) => part.remove());
});
