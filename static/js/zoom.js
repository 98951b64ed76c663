// One picture over the whole screen. Fingers: pinch, pan, double tap, swipe to turn, swipe down to close. Mouse: click,
// wheel, drag. Keys: arrows, + − 0; Esc is the browser's.
(() => {
  const dialog = document.getElementById("zoom");
  const stage = dialog?.querySelector(".zoom-stage");
  if (!stage) return;
  const image = stage.querySelector("img");
  const counter = dialog.querySelector(".zoom-count");
  const LARGEST = 4;
  const NEAR = 2.5;
  const TAP = 10;
  const SWIPE = 60;
  const fingers = new Map();
  let view = { scale: 1, x: 0, y: 0 };
  let began = null;
  let pinch = null;
  let lastTap = { at: 0, x: 0, y: 0 };

  const bounded = (value, limit) => Math.min(Math.max(value, -limit), limit);
  const draw = () => {
    image.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    stage.classList.toggle("is-zoomed", view.scale > 1);
  };
  const place = (scale, x, y) => {
    // The picture's edge never comes further in than the screen's.
    const width = Math.max(0, (image.offsetWidth * scale - stage.clientWidth) / 2);
    const height = Math.max(0, (image.offsetHeight * scale - stage.clientHeight) / 2);
    view = { scale, x: bounded(x, width), y: bounded(y, height) };
    draw();
  };
  const reset = () => place(1, 0, 0);
  // What is under the point stays under it.
  const zoomAt = (wanted, clientX, clientY) => {
    const scale = Math.min(Math.max(wanted, 1), LARGEST);
    const box = stage.getBoundingClientRect();
    const x = clientX - box.left - box.width / 2;
    const y = clientY - box.top - box.height / 2;
    place(scale, x - ((x - view.x) * scale) / view.scale, y - ((y - view.y) * scale) / view.scale);
  };
  const zoomBy = (factor) => zoomAt(view.scale * factor, innerWidth / 2, innerHeight / 2);
  const turn = (step) => dialog.dispatchEvent(new CustomEvent("gallery:turn", { detail: step }));

  dialog.addEventListener("gallery:show", ({ detail }) => {
    image.src = detail.url;
    if (counter) counter.textContent = `${detail.number} / ${detail.count}`;
    reset();
  });

  const spread = () => {
    const [a, b] = [...fingers.values()];
    return { distance: Math.hypot(a.x - b.x, a.y - b.y) || 1, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  };
  stage.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    pinch = fingers.size === 2 ? spread() : null;
    // A gesture that was a pinch once is no tap and no swipe.
    began = fingers.size === 1 ? { x: event.clientX, y: event.clientY, viewX: view.x, viewY: view.y } : null;
  });
  stage.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (pinch && fingers.size === 2) {
      const now = spread();
      zoomAt((view.scale * now.distance) / pinch.distance, now.x, now.y);
      place(view.scale, view.x + now.x - pinch.x, view.y + now.y - pinch.y);
      pinch = now;
    } else if (began && view.scale > 1) {
      place(view.scale, began.viewX + event.clientX - began.x, began.viewY + event.clientY - began.y);
    } else if (began && event.pointerType !== "mouse") {
      view = { scale: 1, x: event.clientX - began.x, y: Math.max(0, event.clientY - began.y) };
      draw();
    }
  });

  const tapped = (event) => {
    const twice = event.timeStamp - lastTap.at < 320 && Math.hypot(event.clientX - lastTap.x, event.clientY - lastTap.y) < 40;
    lastTap = { at: twice ? 0 : event.timeStamp, x: event.clientX, y: event.clientY };
    if (event.pointerType !== "mouse" && !twice) return;
    if (event.target === image || view.scale > 1 || twice) zoomAt(view.scale > 1 ? 1 : NEAR, event.clientX, event.clientY);
    else dialog.close();
  };
  const swiped = (x, y) => {
    const across = Math.abs(x) > Math.abs(y);
    reset();
    if (across && Math.abs(x) > SWIPE && counter) turn(x < 0 ? 1 : -1);
    else if (!across && y > 2 * SWIPE) dialog.close();
  };
  const lifted = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    pinch = null;
    const gesture = began;
    began = null;
    if (fingers.size === 1) {
      // The finger that stays goes on panning.
      const [left] = fingers.values();
      if (view.scale > 1) began = { x: left.x, y: left.y, viewX: view.x, viewY: view.y, rest: true };
      return;
    }
    if (!gesture || event.type === "pointercancel" || gesture.rest) return place(view.scale, view.x, view.y);
    const x = event.clientX - gesture.x;
    const y = event.clientY - gesture.y;
    if (Math.hypot(x, y) < TAP) {
      if (view.scale === 1) reset();
      tapped({ timeStamp: event.timeStamp, clientX: event.clientX, clientY: event.clientY, pointerType: event.pointerType, target: document.elementFromPoint(event.clientX, event.clientY) });
    } else if (view.scale === 1 && event.pointerType !== "mouse") swiped(x, y);
  };
  ["pointerup", "pointercancel"].forEach((name) => stage.addEventListener(name, lifted));

  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomAt(view.scale * Math.exp(-event.deltaY / 400), event.clientX, event.clientY);
  }, { passive: false });
  dialog.querySelectorAll("[data-turn]").forEach((button) => button.addEventListener("click", () => turn(Number(button.dataset.turn))));
  dialog.addEventListener("keydown", (event) => {
    const act = {
      ArrowLeft: () => counter && turn(-1),
      ArrowRight: () => counter && turn(1),
      "+": () => zoomBy(1.5),
      "=": () => zoomBy(1.5),
      "-": () => zoomBy(1 / 1.5),
      0: reset,
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  addEventListener("resize", () => { if (dialog.open) place(view.scale, view.x, view.y); });
  dialog.addEventListener("close", () => {
    fingers.clear();
    began = pinch = null;
    reset();
  });
})();
