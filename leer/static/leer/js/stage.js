// Without this a failed swap would leave the reader with a button that does nothing.
(() => {
  const notice = () => document.getElementById("niet-gelukt");
  const fail = () => {
    notice().hidden = false;
    notice().scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:sendError", fail);
  document.addEventListener("htmx:responseError", fail);
  document.addEventListener("htmx:afterSwap", () => {
    notice().hidden = true;
  });
  // Signed out meanwhile: the answer is another page. Load it as a page.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status === 200 && !xhr.responseText.includes('id="stage"')) {
      event.detail.shouldSwap = false;
      window.location.reload();
    }
  });
})();
