/* Dragging over a picture fills in the first place that is still empty. Without it, people type. */

(() => {
  const picture = document.querySelector("[data-faces]");
  const places = [...document.querySelectorAll(".faces-form__place")];
  if (!picture) return;

  const svg = picture.querySelector(".faces__boxes");
  const [wide, high] = ["width", "height"].map((side) => svg.viewBox.baseVal[side]);
  const inputs = (place) => [...place.querySelectorAll("input")];

  const rectangle = () => {
    const rect = document.createElementNS(svg.namespaceURI, "rect");
    rect.setAttribute("class", "faces__box");
    return svg.appendChild(rect);
  };

  const draw = (rect, [left, top, width, height]) => {
    rect.setAttribute("x", (left * wide) / 100);
    rect.setAttribute("y", (top * high) / 100);
    rect.setAttribute("width", (width * wide) / 100);
    rect.setAttribute("height", (height * high) / 100);
  };

  for (const choice of document.querySelectorAll("input[name=cover]")) {
    const show = () =>
      svg
        .querySelector(`[data-box="${choice.value}"]`)
        .classList.toggle("faces__box--stays", !choice.checked);
    choice.addEventListener("change", show);
    show();
  }

  for (const place of places) {
    let rect = null;
    const show = () => {
      rect ??= rectangle();
      draw(rect, inputs(place).map((input) => Number(input.value)));
    };
    place.addEventListener("input", show);
    if (inputs(place).some((input) => input.value)) show();
  }

  if (!places.length) return;
  document.querySelector("[data-drag]").hidden = false;
  picture.classList.add("faces--draggable");

  const at = (event) => {
    const box = picture.getBoundingClientRect();
    const part = (value) => Math.min(Math.max(value * 100, 0), 100);
    return [part((event.clientX - box.left) / box.width), part((event.clientY - box.top) / box.height)];
  };

  picture.addEventListener("pointerdown", (event) => {
    const place = places.find((one) => inputs(one).every((input) => !input.value));
    if (!place || event.button) return;
    event.preventDefault();
    const [startX, startY] = at(event);

    const move = (moved) => {
      const [x, y] = at(moved);
      const sides = [Math.min(x, startX), Math.min(y, startY), Math.abs(x - startX), Math.abs(y - startY)];
      inputs(place).forEach((input, index) => { input.value = sides[index].toFixed(1); });
      place.dispatchEvent(new Event("input"));
    };
    const stop = () => {
      picture.removeEventListener("pointermove", move);
      const [, , width, height] = inputs(place).map((input) => Number(input.value));
      if (width && height) return;
      inputs(place).forEach((input) => { input.value = ""; });
      place.dispatchEvent(new Event("input"));
    };
    picture.setPointerCapture(event.pointerId);
    picture.addEventListener("pointermove", move);
    picture.addEventListener("lostpointercapture", stop, { once: true });
  });
})();
